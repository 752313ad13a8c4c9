"""Gives numbers to a topic."""

provides = {"provides": "numbers", "contentType": "application/x-ndjson"}


async def run(context, input, count=10):
    for number in range(count):
        yield {"number": number}
