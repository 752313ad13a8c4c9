"""The async side of the runtime."""
