"""Connections of the client's own, which read and write at once; httpx's cannot."""
