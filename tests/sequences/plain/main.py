"""A plain function that returns a text made of its configuration, its arguments and a file beside it."""

from pathlib import Path


def run(context, input, *args):
    greeting = Path("greeting.txt").read_text()
    return f"{greeting.strip()}, {context.config['name']} {args!r}\n"
