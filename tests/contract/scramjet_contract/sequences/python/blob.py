"""Every byte value in turn, over and over: what a text conversion on the way would spoil."""


def run(context, input, blocks=1):
    for _ in range(int(blocks)):
        yield bytes(range(256)) * 64
