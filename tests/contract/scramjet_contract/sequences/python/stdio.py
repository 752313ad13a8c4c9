"""Copies stdin to stdout and, in brackets, to stderr; ends where stdin ends."""

import sys


def run(context, input):
    for line in sys.stdin:
        print(line, end="", flush=True)
        print(f"[{line.rstrip()}]", file=sys.stderr, flush=True)
    print("end of stdin", flush=True)
