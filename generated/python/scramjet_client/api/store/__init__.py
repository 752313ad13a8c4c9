"""The operations tagged `store`.

The packages that a Space keeps for its Hubs.
"""
