"""The operations tagged `platform`.

A Platform gathers Spaces and knows who may use them.
"""
