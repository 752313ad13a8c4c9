# Copied by `make generate` from client/runtime/sync/sockets/__init__.py: edit it there.
"""Connections of the client's own, which read and write at once; httpx's cannot."""
