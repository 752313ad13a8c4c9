"""Sequences: packages that the Hub keeps."""
