"""Writes numbered lines to the topic its package names."""

provides = {"provides": "TOPIC", "contentType": "text/plain"}


async def run(context, input, lines=5):
    for number in range(int(lines)):
        yield f"{number}\n"
