"""The differences between the runners of Python Sequences; part of each package, beside its main."""

import sys

STH = {"logging_setup", "scramjet.streams"} <= sys.modules.keys()
"""Whether STH's runner runs this Sequence."""


def given(items):
    """Return an async generator in the form that the runner accepts: that of STH 0.18.7 accepts only its Stream."""
    return sys.modules["scramjet.streams"].Stream.read_from(items) if STH else items


def of_type(content_type):
    """Return the module attributes `provides` and `output_type` for an output of this type: for newer and older STH."""
    return {"provides": "", "contentType": content_type}, content_type


async def stdin_lines():
    """Return the lines of stdin, which is an async stream of text pieces on STH, and a file on other Hubs."""
    rest = ""
    async for piece in _pieces():
        *lines, rest = (rest + piece).split("\n")
        for line in lines:
            yield line
    if rest:
        yield rest


async def _pieces():
    if hasattr(sys.stdin, "__aiter__"):
        async for piece in sys.stdin:
            yield piece
    else:
        for line in sys.stdin:
            yield line
