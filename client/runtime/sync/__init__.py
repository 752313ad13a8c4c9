"""The blocking side of the runtime."""
