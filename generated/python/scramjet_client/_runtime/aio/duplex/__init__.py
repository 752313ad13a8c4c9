# Copied by `make generate` from client/runtime/aio/duplex/__init__.py: edit it there.
"""Full-duplex connections, which can read and write at the same time; those of httpx cannot."""
