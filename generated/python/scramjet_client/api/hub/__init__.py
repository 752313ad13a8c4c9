"""The operations tagged `hub`.

The Hub itself, its state, load and logs.
"""
