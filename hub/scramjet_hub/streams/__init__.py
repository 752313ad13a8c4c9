"""Streams within the Hub: fan-out to many readers, bounded memory, back-pressure."""
