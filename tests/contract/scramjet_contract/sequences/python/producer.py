"""Writes numbered lines to the topic that its package names."""

from runners import given

provides = {"provides": "TOPIC", "contentType": "text/plain"}


def run(context, input, lines=5):
    return given(_numbered(int(lines)))


async def _numbered(lines):
    for number in range(lines):
        yield f"{number}\n"
