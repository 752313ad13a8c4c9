"""Takes numbers from a topic."""

requires = {"requires": "numbers", "contentType": "application/x-ndjson"}


async def run(context, input, count=10):
    total = 0
    async for record in input:
        total += record["number"]
        count -= 1
        if not count:
            break
    yield f"{total}\n"
