"""Streams within a server: fan-out to many readers, bounded memory, back-pressure."""
