"""The operations tagged `store`.

The packages that a Space stores for its Hubs. A package is a file with a name; the item that lists
it has an id of its own, created by the Space.
"""
