"""Writes objects, which become one JSON document per line."""

from runners import given, of_type

provides, output_type = of_type("application/x-ndjson")


def run(context, input, count=3):
    return given(_records(int(count)))


async def _records(count):
    for number in range(count):
        yield {"number": number, "text": "\u2028 \u0085 line?"}
