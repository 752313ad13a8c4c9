"""What differs between the runners that Python Sequences meet; goes into each package, beside its main."""

import sys

STH = {"logging_setup", "scramjet.streams"} <= sys.modules.keys()
"""Whether STH's runner runs this."""


def given(items):
    """An async generator in the form in which the runner takes it: that of STH 0.18.7 takes nothing but its Stream."""
    return sys.modules["scramjet.streams"].Stream.read_from(items) if STH else items


def of_type(content_type):
    """The attributes `provides` and `output_type` of a module whose output has this type: newer and older STH."""
    return {"provides": "", "contentType": content_type}, content_type


async def stdin_lines():
    """The lines of stdin, which STH makes an async stream of text in pieces, and others a file."""
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
