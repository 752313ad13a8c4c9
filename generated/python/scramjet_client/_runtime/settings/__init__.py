# Copied by `make generate` from client/runtime/settings/__init__.py: edit it there.
"""Where and how to connect."""
