"""Objects: one JSON document a line on the way out."""


class Records(list):
    content_type = "application/x-ndjson"


def run(context, input, count=3):
    return Records({"number": number, "text": "\u2028 \u0085 line?"} for number in range(int(count)))
