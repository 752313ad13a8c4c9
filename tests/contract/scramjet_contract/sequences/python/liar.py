"""Writes text to descriptor 3, where a runner of the embedded Hub has its control channel."""

import os


def run(context, input, text):
    os.write(3, text.encode() + b"\n")
    return "told\n"
