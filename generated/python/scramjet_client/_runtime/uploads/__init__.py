# Copied by `make generate` from client/runtime/uploads/__init__.py: edit it there.
"""Uploads: packages, files and streams as request bodies."""
