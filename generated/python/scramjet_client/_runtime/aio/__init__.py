# Copied by `make generate` from client/runtime/aio/__init__.py: edit it there.
"""The async side of the runtime."""
