"""The runner of Python Sequences. It runs in the Sequence's process and needs only the standard library."""
