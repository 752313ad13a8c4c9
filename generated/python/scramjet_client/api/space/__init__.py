"""The operations tagged `space`.

A Space gathers Hubs. What it lists is what its Hubs last told it, so a change on a Hub may show a
moment later. A topic of a Space spans its Hubs: what is written on one can be read on all.
"""
