"""Numbered lines, as many as asked for, each filled up to a width."""


def run(context, input, lines=10, width=0):
    for number in range(int(lines)):
        yield f"{number} {'.' * int(width)}\n"
