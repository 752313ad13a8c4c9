# Copied by `make generate` from client/runtime/uploads/__init__.py: edit it there.
"""What uploads are made of."""
