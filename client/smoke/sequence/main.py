"""What the smokes of all languages run: it counts without end, or gives back its input."""

import asyncio


async def run(context, input, what, greeting="hello"):
    """Give one line after another.

    Args:
        context: The context of the Sequence.
        input: Its input.
        what: `count` gives `GREETING NUMBER` without end; `echo` gives each line of the input back after GREETING.
        greeting: How a line begins.
    """
    context.on("ping", lambda message: context.emit("pong", message))
    context.logger.info(f"{what} begins")
    if what == "echo":
        async for line in input:
            yield f"{greeting} {line}"
        return
    number = 0
    while True:
        number += 1
        yield f"{greeting} {number}\n"
        await asyncio.sleep(0.05)
