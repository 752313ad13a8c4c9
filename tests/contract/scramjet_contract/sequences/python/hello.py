"""Says one line and ends."""


def run(context, input):
    return "hello\n"
