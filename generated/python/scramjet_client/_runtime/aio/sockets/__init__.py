# Copied by `make generate` from client/runtime/aio/sockets/__init__.py: edit it there.
"""Connections of the client's own, which read and write at once; httpx's cannot."""
