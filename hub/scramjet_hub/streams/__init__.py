"""Streams within the Hub: one writer, many readers, bounded memory."""
