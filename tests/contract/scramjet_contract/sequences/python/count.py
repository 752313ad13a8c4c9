"""Writes as many numbered lines as requested, each padded to a width."""

from runners import given


def run(context, input, lines=10, width=0):
    return given(_numbered(int(lines), int(width)))


async def _numbered(lines, width):
    for number in range(lines):
        yield f"{number} {'.' * width}\n"
