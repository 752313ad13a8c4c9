# Copied by `make generate` from client/runtime/sync/__init__.py: edit it there.
"""The blocking side of the runtime."""
