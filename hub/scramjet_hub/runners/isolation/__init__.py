"""Isolation: what a Sequence may see and change, and how many resources its Instance may use."""
