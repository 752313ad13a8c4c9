"""Sequences: packages stored by the Hub."""
