"""The runner of Python Sequences. It runs in the Sequence's process and needs nothing but the standard library."""
