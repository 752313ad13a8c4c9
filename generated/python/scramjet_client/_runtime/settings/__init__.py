# Copied by `make generate` from client/runtime/settings/__init__.py: edit it there.
"""The settings of the connection."""
