"""The operations tagged `sequences`.

A Sequence is a program that a Hub keeps. It comes as a `tar.gz` with a `package.json` at its root
(or in its only folder), which names the file to run as `main`. `engines` says what runs it:
`python3`, or `node`; without either a `main` that ends in `.py` is Python, anything else Node.

A Sequence is addressed by its id or by the name it was given at upload. A Hub keeps Sequences over
a restart.
"""
