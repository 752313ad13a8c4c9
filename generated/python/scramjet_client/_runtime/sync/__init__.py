# Made by `make generate` from client/runtime/sync/__init__.py: edit that file, not this one.
"""The blocking side of the runtime."""
