# Made by `make generate` from client/runtime/aio/__init__.py: edit that file, not this one.
"""The async side of the runtime."""
