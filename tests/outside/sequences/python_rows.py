"""Python Sequences of the shapes that people write, and what STH gives for each."""

from __future__ import annotations

from typing import Any

from tests.outside.sequences.rows import (
    Health,
    Hear,
    Input,
    Kill,
    Link,
    ReadTopic,
    Row,
    Seen,
    Send,
    Stdin,
    Stop,
    Until,
    WriteTopic,
)

NDJSON = "application/x-ndjson"
OCTETS = "application/octet-stream"

# Why rows differ, where several do for the same reason.
NO_STREAM = "STH wants a Stream (1.0.1 an async generator, too); there is only one thing that this can mean."
SYNCHRONOUS = "STH's sys.stdin can only be awaited; here it is a file as everywhere else, too."
EXITS_WITH_1 = "STH's Python runner exits with 1 whenever something fails or it is told to."
STOPS_LATER = "STH 0.18.7 waits until the time is over after the stop handlers, and exits with 1."

REFUSED = "Traceback"


def python(name: str, source: str, output: bytes = b"", *steps: Any, **more: Any) -> Row:
    """A row with this main file; what it gives besides its output is among the further arguments."""
    seen = {key: more.pop(key) for key in ("stdout", "stderr", "log", "answers", "code") if key in more}
    return Row(name, "python", source, Seen(output, **seen), steps, **more)


def run(body: str, *, head: str = "", plain: bool = False) -> str:
    """A main file whose `run` has this body, of one or several lines."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    imports = "import asyncio, os, sys\nfrom scramjet.streams import Stream, StringStream\n"
    return f"{imports}{head}\n{'' if plain else 'async '}def run(context, input, *args):\n{lines}"


def plain(expression: str, *, head: str = "") -> str:
    """A main file whose `run`, not a coroutine, returns this."""
    return run(f"return {expression}", head=head, plain=True)


ASYNC_WORDS = "async def words():\n    yield 'a'\n    yield 'b\\n'\n"

RETURNS = (
    python("nothing", run("pass")),
    python("None", plain("None")),
    python("a Stream of texts", plain("Stream.read_from(['a', 'ü\\n'])"), "aü\n".encode()),
    python("a Stream out of a coroutine", run("return Stream.read_from(['a', 'b'])"), b"ab"),
    python("a Stream of an async generator", plain("Stream.read_from(words())", head=ASYNC_WORDS), b"ab\n"),
    python("a Stream of a generator", plain("Stream.read_from(str(n) for n in range(3))"), b"012"),
    python(
        "a Stream with async steps",
        plain("Stream.read_from(range(3)).map(f).map(str)", head="async def f(n):\n    return n * n\n"),
        b"014",
    ),
    python(
        "a Stream of all kinds of steps",
        plain(
            "Stream.read_from(range(6)).filter(lambda n: n % 2).each(print)"
            ".flatmap(lambda n: [n, -n]).batch(lambda n: n < -2).map(str)"
        ),
        b"[1, -1, 3, -3][5, -5]",
        stdout=b"1\n3\n5\n",
    ),
    python(
        "words of a StringStream",
        plain("StringStream.read_from(['a b', 'c d']).split().map(lambda w: w + ';')"),
        b"a;bc;d;",
    ),
    python(
        "parts of a StringStream",
        plain("StringStream.read_from(['a1b2']).match(r'[0-9]').map(lambda d: d + '!')"),
        b"1!2!",
    ),
    python(
        "records",
        plain("Stream.read_from([{'a': 1, 'ü': [None, True]}, 'x', 1.5])", head=f"output_type = '{NDJSON}'"),
        b'{"a": 1, "\\u00fc": [null, true]}\n"x"\n1.5\n',
    ),
    python("bytes", plain("Stream.read_from([b'\\xff', b'\\x00'])", head=f"output_type = '{OCTETS}'"), b"\xff\x00"),
    python("plain text by its name", plain("Stream.read_from(['x'])", head="output_type = 'text/plain'"), b"x"),
    python("a text", plain("'text'"), b"text", sth=Seen(stderr=REFUSED, code=1), why=NO_STREAM),
    python(
        "a generator",
        "def run(context, input):\n    yield 'a'\n    yield 'b'\n",
        b"ab",
        sth=Seen(stderr=REFUSED, code=1),
        why=NO_STREAM,
    ),
    python(
        "an async generator",
        "async def run(context, input):\n    yield 'a'\n    yield 'b'\n",
        b"ab",
        sth=Seen(stderr=REFUSED, code=1),
        why=NO_STREAM,
    ),
    python("a list", plain("['a', 'b']"), b"ab", sth=Seen(stderr=REFUSED, code=1), why=NO_STREAM),
    python("an object", plain("{'a': 1}"), b'{"a":1}\n', sth=Seen(stderr=REFUSED, code=1), why=NO_STREAM),
    python(
        "objects without a type",
        plain("Stream.read_from([{'a': 1}])"),
        b'{"a":1}\n',
        sth=Seen(stderr="SystemExit", code=1),
        sth_steps=(Kill(),),
        why=NO_STREAM,
    ),
    python(
        "bytes without a type",
        plain("Stream.read_from([b'ab'])"),
        b"ab",
        sth=Seen(stderr="SystemExit", code=1),
        sth_steps=(Kill(),),
        why=NO_STREAM,
    ),
)

INPUT = (
    python("input as it came", plain("input"), b"one\ntwo", Input(b"one\ntwo")),
    python("input by lines", plain("input.map(lambda line: f'<{line}>')"), b"<one\n><two>", Input(b"one\ntwo")),
    python(
        "input in a loop",
        run("async for line in input: print(repr(line))"),
        b"",
        Input(b"one\r\n\ntwo"),
        stdout=b"'one\\r\\n'\n'\\n'\n'two'\n",
    ),
    python(
        "input as a list",
        run("return Stream.read_from([repr(await input.to_list())])"),
        b"['one\\n', 'two']",
        Input(b"one\ntwo"),
    ),
    python(
        "input reduced",
        run("return Stream.read_from([await input.reduce(lambda a, b: a + b)])"),
        b"one\ntwo",
        Input(b"one\ntwo"),
    ),
    python(
        "input item by item",
        run("print(repr(await input.read()), repr(await input.read()), await input.read())"),
        b"",
        Input(b"a\nb"),
        stdout=b"'a\\n' 'b' None\n",
    ),
    python(
        "bytes of the input", plain("input.map(lambda chunk: repr(chunk))"), b"b'\\x00ab'", Input(b"\x00ab", OCTETS)
    ),
    python("input into a Stream", plain("input.pipe(Stream().map(str.upper))"), b"ONE\nTWO", Input(b"one\ntwo")),
    python(
        "records of the input",
        run("async for record in input: print(record)"),
        b"",
        Input(b'{"a": 1}\n2\n', NDJSON),
        stdout=b"{'a': 1}\n2\n",
        sth=Seen(stderr="SystemExit", code=1),
        sth_steps=(Input(b'{"a": 1}\n2\n', NDJSON), Kill()),
        why="STH's Python runner takes no records.",
    ),
    python("an input that ends without a byte", run("print(await input.to_list())"), b"", Input(b""), stdout=b"[]\n"),
)

LINES = b"one\r\ntwo\nthree"
STDIN = (
    python(
        "stdin read",
        run("for _ in range(4): print(repr(await sys.stdin.read()))"),
        b"",
        Stdin(LINES),
        stdout=b"'one\\r\\n'\n'two\\n'\n'three'\nNone\n",
    ),
    python(
        "stdin in a loop",
        run("async for line in sys.stdin: print(repr(line))"),
        b"",
        Stdin(LINES),
        stdout=b"'one\\r\\n'\n'two\\n'\n'three'\n",
    ),
    python("stdin as a Stream", plain("sys.stdin.map(lambda line: line.upper())"), b"ONE\r\nTWO\nTHREE", Stdin(LINES)),
    python("words of stdin", plain("sys.stdin.split().map(lambda word: word + ';')"), b"a;b;c;", Stdin(b"a b\nc\n")),
    python("a list of stdin", run("print(await sys.stdin.to_list())"), b"", Stdin(b"a\nb"), stdout=b"['a\\n', 'b']\n"),
    python("a Stream of stdin", plain("Stream.read_from(sys.stdin)"), LINES, Stdin(LINES)),
    python("stdin piped", plain("sys.stdin.pipe(Stream().map(lambda line: line + '!'))"), b"a\n!b!", Stdin(b"a\nb")),
    python(
        "stdin within a time",
        run("print(repr(await asyncio.wait_for(sys.stdin.read(), 60)))"),
        b"",
        Stdin(LINES),
        stdout=b"'one\\r\\n'\n",
    ),
    python(
        "stdin in a task",
        run("task = asyncio.create_task(sys.stdin.read())\nprint(repr(await task))"),
        b"",
        Stdin(b"a\n"),
        stdout=b"'a\\n'\n",
    ),
    python(
        "stdin several times at once",
        run("print(await asyncio.gather(sys.stdin.read(), sys.stdin.read()))"),
        b"",
        Stdin(b"a\nb\n"),
        stdout=b"['a\\n', 'b\\n']\n",
    ),
    python(
        "stdin in parts",
        run("print('first', repr(await sys.stdin.read()))\nprint(repr(await sys.stdin.read()))"),
        b"",
        Stdin(b"a\nb", end=False),
        Until("stdout", b"first 'a\\n'\n"),
        Stdin(b"c\n"),
        stdout=b"first 'a\\n'\n'bc\\n'\n",
    ),
    python(
        "stdin of other letters",
        run("print(await sys.stdin.read())"),
        b"",
        Stdin("zażółć\n".encode()),
        stdout="zażółć\n\n".encode(),
    ),
    python(
        "stdin as a file",
        run("for line in sys.stdin: print(repr(line))", plain=True),
        b"",
        Stdin(LINES),
        stdout=b"'one\\n'\n'two\\n'\n'three'\n",
        sth=Seen(stderr="not iterable", code=1),
        why=SYNCHRONOUS,
    ),
    python(
        "stdin as a file, as a whole",
        run("print(len(sys.stdin.read()))", plain=True),
        b"",
        Stdin(LINES),
        stdout=b"13\n",
        sth=Seen(stderr="has no len", code=1),
        why=SYNCHRONOUS,
    ),
    python(
        "a line of stdin",
        run("print(repr(sys.stdin.readline()))", plain=True),
        b"",
        Stdin(LINES),
        stdout=b"'one\\n'\n",
        sth=Seen(stderr="no attribute 'readline'", code=1),
        why=SYNCHRONOUS,
    ),
    python(
        "a line of stdin, awaited",
        run("print(repr(await sys.stdin.readline()))"),
        b"",
        Stdin(LINES),
        stdout=b"'one\\r\\n'\n",
        sth=Seen(stderr="no attribute 'readline'", code=1),
        why=SYNCHRONOUS,
    ),
)

SURROUNDINGS = (
    python(
        "configuration, arguments and folder",
        run("print(context.config, args, os.getcwd() == os.path.dirname(os.path.abspath(__file__)))"),
        b"",
        stdout=b"{'a': {'b': 1}} ('x', 2, None, []) True\n",
        start={"appConfig": {"a": {"b": 1}}, "args": ["x", 2, None, []]},
    ),
    python(
        "stdout and stderr",
        run("print('a', end='')\nprint('b')\nsys.stdout.write('c')\nsys.stdout.flush()\nprint('x', file=sys.stderr)"),
        b"",
        stdout=b"ab\nc",
        stderr=r"^x\n$",
    ),
    python(
        "the log at every level",
        run(
            "for level in ('debug', 'info', 'warn', 'warning', 'error', 'critical', 'fatal'):\n"
            "    getattr(context.logger, level)('said %s', level)"
        ),
        b"",
        log=(
            ("DEBUG", "said debug"),
            ("INFO", "said info"),
            ("WARN", "said warn"),
            ("WARN", "said warning"),
            ("ERROR", "said error"),
            ("FATAL", "said critical"),
            ("FATAL", "said fatal"),
        ),
    ),
    python(
        "an exception in the log",
        run("try:\n    1 / 0\nexcept ZeroDivisionError:\n    context.logger.exception('said error')"),
        b"",
        log=(("ERROR", "said error"),),
    ),
    python(
        "files of its own",
        plain("Stream.read_from(words.WORDS + [open('data.txt').read()])", head="import words"),
        b"abdata",
        files={"words.py": "WORDS = ['a', 'b']", "data.txt": "data"},
    ),
    python(
        "a symbolic link",
        plain("Stream.read_from([alias.WORD, open('alias.txt').read()])", head="import alias"),
        b"realdata",
        files={
            "lib/real.py": "WORD = 'real'",
            "alias.py": Link("lib/real.py"),
            "data.txt": "data",
            "alias.txt": Link("data.txt"),
        },
    ),
)

UP = "print('up')\n"
RUNS = (Until("stdout", b"up\n"),)
FOREVER = "await asyncio.sleep(600)"

HANDLERS = (
    python(
        "events both ways",
        run(
            "done = asyncio.Event()\n"
            "context.on('ask', lambda message: context.emit('answer', {'asked': message}))\n"
            "context.on('end', lambda message: done.set())\n"
            "print('up')\n"
            "await done.wait()"
        ),
        b"",
        *RUNS,
        Send("ask", "what"),
        Hear("answer"),
        Send("end", "now"),
        stdout=b"up\n",
        answers=({"asked": "what"},),
    ),
    python(
        "an event without a message",
        run(
            "context.emit('bare')\n"
            "print('up')\n"
            "done = asyncio.Event()\n"
            "context.on('end', lambda message: done.set())\n"
            "await done.wait()"
        ),
        b"",
        *RUNS,
        Hear("bare"),
        Send("end", "now"),
        stdout=b"up\n",
        answers=("",),
    ),
    python(
        "a health check",
        run(
            "done = asyncio.Event()\n"
            "context.set_health_check(lambda: {'healthy': False})\n"
            "context.on('end', lambda message: done.set())\n"
            "print('up')\n"
            "await done.wait()"
        ),
        b"",
        *RUNS,
        Health(healthy=False),
        Send("end", "now"),
        stdout=b"up\n",
        answers=(False,),
    ),
    python(
        "a kill",
        run(
            f"try:\n    print('up')\n    {FOREVER}\nfinally:\n    print('finally')",
            head="import atexit\natexit.register(lambda: print('at exit'))",
        ),
        b"",
        *RUNS,
        Kill(),
        stdout=b"up\nfinally\nat exit\n",
        code=137,
        sth=Seen(stdout=b"up\nfinally\nat exit\n", stderr="SystemExit", code=1),
        why=EXITS_WITH_1,
    ),
    python(
        "a stop handler",
        run(f"async def stop(*_):\n    print('stop')\ncontext.set_stop_handler(stop)\nprint('up')\n{FOREVER}"),
        b"",
        *RUNS,
        Stop(1500),
        stdout=b"up\nstop\n",
        code=138,
        sth=Seen(stdout=b"up\nstop\n", stderr="SystemExit", code=1),
        why=STOPS_LATER,
    ),
    python(
        "a stop handler without arguments",
        run(f"def stop():\n    print('stop')\ncontext.set_stop_handler(stop)\nprint('up')\n{FOREVER}"),
        b"",
        *RUNS,
        Stop(1500),
        stdout=b"up\nstop\n",
        code=138,
        sth=Seen(stdout=b"up\nstop\n", stderr="SystemExit", code=1),
        why=STOPS_LATER,
    ),
    python(
        "an error at the call",
        run("raise ValueError('boom')", plain=True),
        b"",
        stderr="ValueError: boom",
        code=22,
        sth=Seen(stderr="ValueError: boom", code=1),
        why=EXITS_WITH_1,
    ),
    python(
        "an error later",
        run("await asyncio.sleep(0)\nraise ValueError('boom')"),
        b"",
        stderr="ValueError: boom",
        code=23,
        sth=Seen(stderr="ValueError: boom", code=1),
        why=EXITS_WITH_1,
    ),
    python(
        "an error while loading",
        "raise ValueError('boom')\n",
        b"",
        stderr="ValueError: boom",
        code=22,
        sth=Seen(stderr="ValueError: boom", code=1),
        why=EXITS_WITH_1,
    ),
    python("an exit of its own", run("sys.exit(3)"), b"", code=3),
)

NO_END = "done = asyncio.Event()\n"
AT_END = "context.on('end', lambda message: done.set())\nprint('up')\nawait done.wait()"

AFTERWARDS = (
    python(
        "a thread",
        run(
            "import threading, time\n"
            "threading.Thread(target=lambda: (time.sleep(0.1), print('later'))).start()\n"
            "return Stream.read_from(['x'])"
        ),
        b"x",
        stdout=b"later\n",
    ),
    python(
        "work of an executor",
        run(
            "import time\n"
            "asyncio.get_running_loop().run_in_executor(None, lambda: (time.sleep(0.1), print('later')))\n"
            "return Stream.read_from(['x'])"
        ),
        b"x",
        stdout=b"later\n",
    ),
    python(
        "a task",
        run(
            "async def other():\n"
            "    try:\n"
            "        await asyncio.sleep(600)\n"
            "    finally:\n"
            "        print('finally')\n"
            "task = asyncio.create_task(other())\n"
            "await asyncio.sleep(0)\n"
            "return Stream.read_from(['x'])"
        ),
        b"x",
        stdout=b"finally\n",
    ),
)

MORE_HANDLERS = (
    python(
        "two handlers of an event",
        run(f"{NO_END}context.on('a', lambda m: print(1, m))\ncontext.on('a', lambda m: print(2, m))\n{AT_END}"),
        b"",
        *RUNS,
        Send("a", "m"),
        Send("end", "now"),
        stdout=b"up\n1 m\n2 m\n",
    ),
    python(
        "events of all kinds",
        run(f"{NO_END}for n, m in enumerate([None, [1, {{'x': 'ü'}}], 1.5]): context.emit(f'e{{n}}', m)\n{AT_END}"),
        b"",
        *RUNS,
        Hear("e0"),
        Hear("e1"),
        Hear("e2"),
        Send("end", "now"),
        stdout=b"up\n",
        answers=(None, [1, {"x": "ü"}], 1.5),
    ),
    python(
        "an async event handler",
        run(f"{NO_END}async def handle(message):\n    print('got', message)\ncontext.on('a', handle)\n{AT_END}"),
        b"",
        *RUNS,
        Send("a", "m"),
        Send("end", "now"),
        stdout=b"up\ngot m\n",
        sth=Seen(stdout=b"up\n", stderr="was never awaited"),
        why="STH 0.18.7 calls it and forgets it; 1.0.1 awaits it.",
    ),
    python(
        "two stop handlers",
        run(f"for n in 1, 2: context.set_stop_handler(lambda *_, n=n: print(n))\nprint('up')\n{FOREVER}"),
        b"",
        *RUNS,
        Stop(1500),
        stdout=b"up\n1\n2\n",
        code=138,
        sth=Seen(stdout=b"up\n2\n", stderr="SystemExit", code=1),
        why="STH 0.18.7 has one stop handler, the last; 1.0.1 calls all of them.",
    ),
)

TOPICS = (
    python(
        "a topic that is provided",
        plain(
            "Stream.read_from(['a\\n', 'b\\n'])",
            head="provides = {'provides': 'python-told', 'contentType': 'text/plain'}",
        ),
        b"",
        ReadTopic("python-told", 4),
        answers=(b"a\nb\n",),
        sth=Seen(b"a\nb\n", answers=(b"a\nb\n",)),
        why="STH gives output that goes to a topic to those who read /output, too.",
    ),
    python(
        "a topic that is required",
        plain("input.map(str.upper)", head="requires = {'requires': 'python-wanted', 'contentType': 'text/plain'}"),
        b"X\nY",
        WriteTopic("python-wanted", b"x\ny"),
    ),
)

PYTHON_ROWS = (*RETURNS, *INPUT, *STDIN, *SURROUNDINGS, *HANDLERS, *MORE_HANDLERS, *AFTERWARDS, *TOPICS)
