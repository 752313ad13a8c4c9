"""Fails before it has given anything."""


def run(context, input):
    raise RuntimeError("no luck")
