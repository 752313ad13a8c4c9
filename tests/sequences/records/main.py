"""Takes objects and gives objects."""

content_type = "application/x-ndjson"


async def run(context, input):
    async for record in input:
        yield {"got": record}
