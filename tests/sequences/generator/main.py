"""A generator that sleeps between its items, and uses a package of its own."""

import time

import counting


def run(context, input, count=3):
    for number in counting.up_to(count):
        yield f"{number}\n"
        time.sleep(0.01)
