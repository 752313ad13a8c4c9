"""Uses the methods of a stream without importing scramjet-framework-py."""


def run(context, input):
    return input.map(lambda line: f"<{line.strip()}>")
