"""Works with the streams of scramjet-framework-py, on both sides."""

from scramjet.streams import Stream


def run(context, input):
    assert isinstance(input, Stream)
    return input.map(lambda line: line.upper()).filter(lambda line: line != "NO\n")
