"""Tells what it was started with."""

import json


def run(context, input, *args):
    return json.dumps({"config": context.config, "args": list(args)}) + "\n"
