"""Node Sequences of the shapes that people write, and what STH gives for each."""

from __future__ import annotations

import json
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
REFUSED = "STH takes this for an error; there is only one thing that it can mean."
FAILS_OTHERWISE = "STH 0.18.7 has other exit codes for failures than 1.0.1, and says nothing on stderr."
STOPPED_CODE = "A stop ends with 138 since STH 1.0.1; before, with that of the kill that comes after the handlers."
NO_ENCODINGS = "STH gives the original bytes since 1.0.1; 0.18.7 writes what the stream made of them."
BOTH = "STH gives output that goes to a topic to those who read /output, too."
BYTES = "Bytes go as they are; what STH makes of them, JSON of numbers, is of no use to anybody."


def node(name: str, source: str, output: bytes = b"", *steps: Any, **more: Any) -> Row:
    """A row whose main file exports this; what it gives besides its output is among the further arguments."""
    seen = {key: more.pop(key) for key in ("stdout", "stderr", "log", "answers", "code") if key in more}
    return Row(name, "node", f"module.exports = {source};", Seen(output, **seen), steps, **more)


def stream(expression: str, options: str = "") -> str:
    """A function that gives a PassThrough into which something was written."""
    return f"""() => {{
    const {{ PassThrough }} = require("stream");
    const output = new PassThrough({options});
    {expression};
    return output;
}}"""


def running(*lines: str) -> str:
    """A function that gives a stream, `output`, into which it has written `up`, after these lines."""
    body = "".join(f"    {line}\n" for line in lines)
    return f"""function () {{
    const output = new (require("stream").PassThrough)();
    output.write("up");
{body}    return output;
}}"""


RUNS = (Until("output", b"up"),)

RETURNS = (
    node("a text", "() => 'text'", b"text"),
    node("a number", "() => 7", b"7"),
    node("a boolean", "() => true", b"true"),
    node("a promise of a text", "async () => 'later'", b"later"),
    node("an empty text", "() => ''"),
    node(
        "nothing",
        "function () {}",
        sth=Seen(b"undefined"),
        why="STH writes the word undefined, which the Sequence has not said.",
    ),
    node("null", "() => null", sth=Seen(code=20), why=REFUSED),
    node("a big integer", "() => 10n", b"10", sth=Seen(code=20), why=REFUSED),
    node("an object", "() => ({ a: 1 })", b'{"a":1}\n', sth=Seen(code=20), why=REFUSED),
    node("an array", "() => ['a', 1, { b: [true, null] }, '', 0, false]", b'"a"\n1\n{"b":[true,null]}\n""\n0\nfalse\n'),
    node("an array with a gap", "() => ['a', undefined, 1]", b'"a"\n1\n'),
    node("an array of promises", "() => [Promise.resolve(1), 2]", b"1\n2\n"),
    node("a promise of an array", "async () => [1]", b"1\n"),
    node("a set and a map", "() => [...new Set([1, 1, 'b']), ...new Map([[1, { a: 2 }]])]", b'1\n"b"\n[1,{"a":2}]\n'),
    node("a set", "() => new Set([1, 'b'])", b'1\n"b"\n'),
    node("a map", "() => new Map([[1, { a: 2 }]])", b'[1,{"a":2}]\n'),
    node("an iterator", "() => 'ab'[Symbol.iterator]()", b'"a"\n"b"\n'),
    node("a generator", "function* () { yield 'one\\n'; yield { two: 2 }; yield 3; }", b'"one\\n"\n{"two":2}\n3\n'),
    node("an async generator", "async function* () { yield 'ü '; await null; yield 'two'; }", '"ü "\n"two"\n'.encode()),
    node("a generator that gives undefined", "function* () { yield 'a'; yield undefined; yield 1; }", b'"a"\n1\n'),
    node("dates and not-a-number", "() => [new Date(0), NaN]", b'"1970-01-01T00:00:00.000Z"\nnull\n'),
    node("bytes", "() => Buffer.from([0, 255])", b"\x00\xff", sth=Seen(b"0\n255\n"), why=BYTES),
    node(
        "bytes in an array",
        "() => ['a', Buffer.from('b\\n'), 1]",
        b'"a"\nb\n1\n',
        sth=Seen(b'"a"\n{"type":"Buffer","data":[98,10]}\n1\n'),
        why=BYTES,
    ),
    node(
        "null in a generator",
        "function* () { yield 'a'; yield null; yield 1; }",
        b'"a"\nnull\n1\n',
        sth=Seen(b'"a"\n'),
        why="STH's streams take null for their end, and lose what comes after it.",
    ),
)

OTHERS = (
    node(
        "an object to iterate over",
        "() => ({ *[Symbol.iterator]() { yield 'x'; yield { a: 1 }; } })",
        b'"x"\n{"a":1}\n',
    ),
    node("an object to await", "() => ({ async *[Symbol.asyncIterator]() { yield 'x'; } })", b'"x"\n'),
    node("arrays in an array", "() => [[1, [2]], [3]]", b"[1,[2]]\n[3]\n"),
    node("a web stream", "() => new ReadableStream({ start(c) { c.enqueue('a'); c.close(); } })", b'"a"\n'),
    node("stdin", "() => process.stdin", b"a\nb", Stdin(b"a\nb")),
    node("the stdout of a program", "() => require('child_process').spawn('echo', ['hi']).stdout", b"hi\n"),
    node("lines", "input => require('readline').createInterface({ input })", b'"a"\n"b"\n', Input(b"a\nb")),
    node(
        "packed and unpacked",
        "input => input.pipe(require('zlib').createGzip()).pipe(require('zlib').createGunzip())",
        b"abc",
        Input(b"abc"),
    ),
    node(
        "a pipeline",
        "input => require('stream').pipeline(input, async function* (xs) {"
        " for await (const x of xs) yield x.toUpperCase(); }, () => {})",
        b"A\nB",
        Input(b"a\nb"),
    ),
    node(
        "an error as a value",
        "() => new Error('boom')",
        stderr="Error: boom",
        code=23,
        sth=Seen(code=20),
        why=FAILS_OTHERWISE,
    ),
)

# What goes on after the end of the output has ten seconds on STH, too.
AFTERWARDS = (
    node(
        "work after a text",
        "() => { setTimeout(() => console.log('later'), 100); return 'x'; }",
        b"x",
        Until("stdout", b"later\n"),
        stdout=b"later\n",
    ),
    node(
        "work after a stream",
        "() => { setTimeout(() => console.log('later'), 100); return [1]; }",
        b"1\n",
        Until("stdout", b"later\n"),
        stdout=b"later\n",
    ),
    node(
        "input that goes elsewhere",
        "input => { input.on('data', chunk => console.log(chunk)); return 'x'; }",
        b"x",
        Input(b"a\nb"),
        Until("stdout", b"a\nb\n"),
        stdout=b"a\nb\n",
    ),
    node(
        "input that is piped elsewhere",
        "input => { input.pipe(process.stdout); return new Promise(resolve => input.on('end', () => resolve('x'))); }",
        b"x",
        Input(b"a\nb"),
        stdout=b"a\nb",
    ),
)

FUNCTIONS = (
    node("an async generator function", "() => async function* () { yield 'a\\n'; yield 1; }", b'"a\\n"\n1\n'),
    node("a generator function", "() => function* () { yield 'a\\n'; yield 1; }", b'"a\\n"\n1\n'),
    node("a promise of an async generator function", "async () => async function* () { yield 'a\\n'; }", b'"a\\n"\n'),
    node("a promise of a generator function", "async () => function* () { yield { a: 1 }; }", b'{"a":1}\n'),
    node("a function that gives a text", "() => () => 'ab'", b'"a"\n"b"\n'),
    node("an async function", "() => async () => ['ab', 1]", b'"ab"\n1\n'),
    node(
        "a function that gives a stream",
        "() => " + stream("output.end(Buffer.from('a'))"),
        b"a",
        sth=Seen(b'{"type":"Buffer","data":[97]}\n'),
        why=BYTES,
    ),
    node(
        "a generator function as the first stage",
        "[() => async function* () { yield 'a\\n'; yield 'b'; },"
        " async function* (xs) { for await (const x of xs) yield x + '!'; }]",
        b'"a\\n!"\n"b!"\n',
    ),
    node(
        "a generator function as a later stage",
        "[() => [1, 2], xs => async function* () { for await (const x of xs) yield x * 2; }, xs => xs]",
        b"2\n4\n",
    ),
    node("a generator function as the last stage", "[xs => [7], () => function* () { yield 'a\\n'; }]", b'"a\\n"\n'),
)

STAGES = (
    node(
        "two stages", "[() => [1, 2, 3], async function* (xs) { for await (const x of xs) yield x * 2; }]", b"2\n4\n6\n"
    ),
    node("async stages", "[async () => [1, 2], async xs => xs]", b"1\n2\n"),
    node("a text for the next stage", "[() => 'text', xs => xs]", b'"t"\n"e"\n"x"\n"t"\n'),
    node("a stream for the next stage", "[() => require('stream').Readable.from(['x', 'y']), xs => xs]", b'"x"\n"y"\n'),
    node(
        "a stream with an encoding for the next stage",
        "[" + stream("output.end('ab')", "{ encoding: 'hex' }") + ", xs => xs]",
        b'"6162"\n',
    ),
    node(
        "each stage has the arguments",
        "[(_, a) => [a], (xs, a) => xs.map(x => [x, a])]",
        b'["q","q"]\n',
        start={"args": ["q"]},
    ),
    node(
        "this is the same in each stage",
        "[function () { this.x = 1; return [2]; }, function (xs) { return [this.x]; }]",
        b"1\n",
    ),
    node("nothing for the next stage", "[() => {}, xs => xs]", sth=Seen(code=20), why=REFUSED),
    node("a number for the next stage", "[() => 7, xs => xs]", b"7\n", sth=Seen(code=20), why=REFUSED),
)

STREAMS = (
    node("a stream of texts", "() => require('stream').Readable.from(['x\\n', 'ü'])", "x\nü".encode()),
    node(
        "a stream of bytes", "() => require('stream').Readable.from([Buffer.from([0, 255]), 'ü'])", b"\x00\xff\xc3\xbc"
    ),
    node(
        "a file", "() => require('fs').createReadStream(__dirname + '/data.txt')", b"data", files={"data.txt": "data"}
    ),
    node("a promise of a stream", "async () => (" + stream("output.end('a')") + ")()", b"a"),
    node("utf-8", stream("output.end('ü')", "{ encoding: 'utf-8' }"), "ü".encode()),
    *(
        node(
            encoding,
            stream("output.end(Buffer.from([255, 0, 128, 65]))", f"{{ encoding: '{encoding}' }}"),
            b"\xff\x00\x80A",
            sth=Seen(b"\xff\x00\x80A".decode("latin-1").encode() if text is None else text),
            why=NO_ENCODINGS,
        )
        for encoding, text in (("binary", None), ("latin1", None), ("base64", b"/wCAQQ=="), ("hex", b"ff008041"))
    ),
    node(
        "hex set later",
        stream("output.setEncoding('hex'); output.write('a'); output.end(Buffer.from([255]))"),
        b"a\xff",
        sth=Seen(b"61ff"),
        why=NO_ENCODINGS,
    ),
    node(
        "a stream of objects",
        "() => require('stream').Readable.from(['x', { y: 1 }])",
        b'x{"y":1}\n',
        sth=Seen(b"x", code=1),
        why=REFUSED,
    ),
    node(
        "a stream of records",
        f"() => Object.assign(require('stream').Readable.from(['x', {{ y: 1 }}]), {{ contentType: '{NDJSON}' }})",
        b'"x"\n{"y":1}\n',
    ),
    node(
        "a stream of records, as text",
        "() => Object.assign(require('stream').Readable.from(['x', 1]), { contentType: 'text/x-ndjson' })",
        b'"x"\n1\n',
    ),
    node(
        "a stream of plain text",
        "() => Object.assign(require('stream').Readable.from(['x', 'y']), { contentType: 'text/plain' })",
        b"xy",
    ),
    node(
        "a generator of plain text",
        "() => Object.assign((function* () { yield 'a'; })(), { contentType: 'text/plain' })",
        b'"a"\n',
    ),
)

INPUT = (
    node("input as it came", "input => input", b'"one\\ntwo"\n', Input(b"one\ntwo")),
    node("records as they came", "input => input", b'{"a":1}\n2\n"x"\n', Input(b'{"a":1}\n2\n"x"', NDJSON)),
    node(
        "input through a stream",
        "input => input.pipe(new (require('stream').PassThrough)())",
        b"one\ntwo",
        Input(b"one\ntwo"),
    ),
    node(
        "bytes through a stream",
        "input => input.pipe(new (require('stream').PassThrough)())",
        b"\x00ab",
        Input(b"\x00ab", OCTETS),
    ),
    node(
        "input in a loop",
        "async function* (input) { for await (const x of input) yield x.length; }",
        b"7\n",
        Input(b"one\ntwo"),
    ),
    node(
        "input by its events",
        """input => new Promise(resolve => {
    let text = "";
    input.on("data", chunk => { text += chunk; }).on("end", () => resolve(text));
})""",
        b"one\ntwo",
        Input(b"one\ntwo"),
    ),
    node("map", "input => input.map(x => x.toUpperCase())", b'"ONE\\nTWO"\n', Input(b"one\ntwo")),
    node(
        "async map and filter",
        "input => input.map(async x => x.a).filter(a => a > 1)",
        b"2\n3\n",
        Input(b'{"a":1}\n{"a":2}\n{"a":3}\n', NDJSON),
    ),
    node(
        "each",
        "input => input.each(x => console.log(x.a))",
        b'{"a":1}\n{"a":2}\n',
        Input(b'{"a":1}\n{"a":2}\n', NDJSON),
        stdout=b"1\n2\n",
    ),
    node("flatMap", "input => input.flatMap(x => [x, -x])", b"1\n-1\n2\n-2\n", Input(b"1\n2\n", NDJSON)),
    node("batch", "input => input.batch(2)", b"[1,2]\n[3]\n", Input(b"1\n2\n3\n", NDJSON)),
    node("reduce", "input => input.reduce((a, b) => a + b, 0)", b"6", Input(b"1\n2\n3\n", NDJSON)),
    node("toArray", "async input => [await input.toArray()]", b"[1,2]\n", Input(b"1\n2\n", NDJSON)),
    node("stringify", "input => input.stringify(x => x + ';')", b"1;2;", Input(b"1\n2\n", NDJSON)),
    node("JSONStringify", "input => input.JSONStringify()", b'"one\\ntwo"\n', Input(b"one\ntwo")),
    node(
        "run",
        "input => input.each(x => console.log(x)).run().then(() => 'ran')",
        b"ran",
        Input(b"1\n2\n", NDJSON),
        stdout=b"1\n2\n",
    ),
    node(
        "an input that ends without a byte",
        "async input => { for await (const x of input) return 'some'; return 'none'; }",
        b"none",
        Input(b""),
    ),
)

SURROUNDINGS = (
    node(
        "configuration and arguments",
        "function (_, ...args) { return [this.config, args]; }",
        b'{"a":{"b":1}}\n["x",2,null,[]]\n',
        start={"appConfig": {"a": {"b": 1}}, "args": ["x", 2, None, []]},
    ),
    node(
        "stdout and stderr",
        "() => { console.log('out', { a: 1 }); console.error('err'); process.stdout.write('w'); return 'x'; }",
        b"x",
        stdout=b"out { a: 1 }\nw",
        stderr=r"^err\n$",
    ),
    node(
        "stdin by its events",
        """() => new Promise(resolve => {
    process.stdin.on("data", data => console.log(JSON.stringify(data.toString()))).on("end", () => resolve("end"));
})""",
        b"end",
        Stdin(b"one\ntwo"),
        stdout=b'"one\\ntwo"\n',
    ),
    node(
        "stdin in a loop",
        """async () => {
    let text = "";
    process.stdin.setEncoding("utf8");
    for await (const chunk of process.stdin) text += chunk;
    return text;
}""",
        b"one\ntwo",
        Stdin(b"one\n", end=False),
        Stdin(b"two"),
    ),
    node(
        "the log at every level",
        """function () {
    const levels = ["trace", "debug", "info", "warn", "error", "fatal"];
    for (const level of levels) this.logger[level]("said " + level, { a: 1 }, 2);
    this.logger.info({ msg: "said as an entry" });
    this.logger.write("INFO", "said at a level by its name");
    return "x";
}""",
        b"x",
        log=(
            *((level, f"said {level.lower()}") for level in ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")),
            ("INFO", "said as an entry"),
            ("INFO", "said at a level by its name"),
        ),
    ),
    node(
        "an error in the log",
        "function () { this.logger.error(new Error('said error')); return 'x'; }",
        b"x",
        log=(("ERROR", "Error: said error"),),
        sth=Seen(b"x", log=(("ERROR", None),)),
        why="STH logs the field msg of what it is given, and an Error has none.",
    ),
    node(
        "the folder",
        "() => require('fs').readFileSync('data.txt', 'utf8')",
        b"data",
        files={"data.txt": "data"},
        sth=Seen(code=20),
        why="STH 0.18.7 starts Node Sequences in its own folder.",
    ),
    node(
        "the context's own methods",
        """function () {
    const handlers = ["addStopHandler", "addKillHandler", "addMonitoringHandler"];
    return ["save", "describe", "on", "emit", "end", "destroy", "keepAlive", ...handlers]
        .filter(name => typeof this[name] !== "function").length;
}""",
        b"0",
    ),
    node(
        "the context's methods give the context",
        "function () { return this.on('a', () => {}).emit('b').describe({}).addStopHandler(() => {})"
        ".addKillHandler(() => {}).addMonitoringHandler(x => x) === this; }",
        b"true",
    ),
    node(
        "a handler that is none",
        "function () { try { this.addStopHandler('x'); } catch (error) { return error.message; } }",
        b"Handler must be a function",
    ),
    node(
        "save",
        "function () { try { this.save({ a: 1 }); }"
        " catch (error) { return error.message.includes('not implemented'); } }",
        b"true",
    ),
    node(
        "the id of the Instance",
        "function () { return String(this.instanceId).length; }",
        b"36",
        sth=Seen(b"9"),
        why="this.instanceId is there since STH 1.0.1.",
    ),
    node(
        "the Hub",
        "async function () { return (await this.hub.getVersion()).apiVersion; }",
        b"v1",
        sth=Seen(code=20),
        why="this.hub is there since STH 1.0.1.",
    ),
)

PACKAGES = (
    node(
        "files of its own",
        "() => require('./lib/words').map(word => require('./words.json')[word])",
        b"1\n2\n",
        files={"lib/words.js": "module.exports = ['one', 'two'];", "words.json": '{"one": 1, "two": 2}'},
    ),
    node(
        "a package of its own",
        "() => require('thing')",
        b"thing",
        files={
            "node_modules/thing/package.json": '{"main": "it.js"}',
            "node_modules/thing/it.js": "module.exports = 'thing';",
        },
    ),
    node(
        "a symbolic link to a file",
        "() => require('./alias') + require('fs').readFileSync(__dirname + '/alias.txt')",
        b"realdata",
        files={
            "lib/real.js": "module.exports = 'real';",
            "alias.js": Link("lib/real.js"),
            "data.txt": "data",
            "alias.txt": Link("data.txt"),
        },
    ),
    node(
        "a symbolic link to a folder",
        "() => require('./alias/real') + require('thing')",
        b"realthing",
        files={
            "lib/real.js": "module.exports = 'real';",
            "alias": Link("lib"),
            "packages/thing/index.js": "module.exports = 'thing';",
            "node_modules/thing": Link("../packages/thing"),
        },
    ),
    Row(
        "a default export, compiled",
        "node",
        "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = () => 'x';",
        Seen(b"x"),
    ),
    Row(
        "an array as the default export",
        "node",
        "exports.default = [() => [1], xs => xs.map(x => x + 1)];",
        Seen(b"2\n"),
    ),
    Row(
        "an ES module",
        "node",
        "import fs from 'node:fs'; export default () => typeof fs.readFileSync;",
        Seen(b"function"),
        files={
            "package.json": json.dumps(
                {"name": "esm", "version": "1.0.0", "main": "index.js", "type": "module", "engines": {"node": "*"}}
            )
        },
        sth=Seen(code=21),
        why="STH 0.18.7 loads CommonJS only.",
    ),
)

HANDLERS = (
    node(
        "a stop handler",
        running(
            "this.addStopHandler(async (timeout, can) => { console.log('stop', timeout, can); output.end('!'); });"
        ),
        b"up!",
        *RUNS,
        Stop(1500),
        stdout=b"stop 1500 false\n",
        code=138,
        sth=Seen(b"up!", b"stop 1500 false\n", code=137),
        why=STOPPED_CODE,
    ),
    node(
        "two stop handlers",
        running(
            "this.addStopHandler(async () => { await null; console.log(1); });",
            "this.addStopHandler(() => { console.log(2); output.end(); });",
        ),
        b"up",
        *RUNS,
        Stop(1500),
        stdout=b"1\n2\n",
        code=138,
        sth=Seen(b"up", b"1\n2\n", code=137),
        why=STOPPED_CODE,
    ),
    node(
        "a stop handler that saves",
        running("this.addStopHandler(() => { console.log(1);", "this.save({}); console.log(2); });"),
        b"up",
        *RUNS,
        Stop(1500),
        stdout=b"1\n",
        stderr="Method not implemented",
        code=138,
        sth=Seen(b"up", b"1\n", code=137),
        why=STOPPED_CODE,
    ),
    node(
        "a stop without a handler",
        running(""),
        b"up",
        *RUNS,
        Stop(1500),
        code=138,
        sth=Seen(b"up", code=137),
        why=STOPPED_CODE,
    ),
    node("a kill without a handler", running(""), b"up", *RUNS, Kill(), code=137),
    node(
        "kill handlers",
        running(
            "this.addKillHandler(() => { console.log('killed'); });",
            "this.addKillHandler(() => { console.log('killed too'); });",
        ),
        b"up",
        *RUNS,
        Kill(),
        stdout=b"killed\nkilled too\n",
        code=137,
    ),
    node(
        "kill handlers after stop handlers",
        running(
            "this.addKillHandler(() => { console.log('killed'); });",
            "this.addStopHandler(() => { console.log('stopped'); });",
        ),
        b"up",
        *RUNS,
        Stop(1500),
        stdout=b"stopped\nkilled\n",
        code=138,
        sth=Seen(b"up", b"stopped\nkilled\n", code=137),
        why=STOPPED_CODE,
    ),
    node(
        "keep-alive",
        running(
            "this.addStopHandler((timeout, can) => {",
            "    console.log(can);",
            "    this.keepAlive(60000);",
            "    setTimeout(() => output.end(' and done'), 1500);",
            "});",
        ),
        b"up and done",
        *RUNS,
        Stop(1000, keep_alive=True),
        stdout=b"true\n",
    ),
    node(
        "events both ways",
        running(
            "this.on('ask', message => this.emit('answer', { asked: message, ü: [1, null] }));",
            "this.on('end', () => output.end());",
        ),
        b"up",
        *RUNS,
        Send("ask", "what"),
        Hear("answer"),
        Send("end", "now"),
        answers=({"asked": "what", "ü": [1, None]},),
    ),
    node(
        "handlers of the same event",
        running("this.on('a', m => console.log(1, m));", "this.on('a', m => { console.log(2, m); output.end(); });"),
        b"up",
        *RUNS,
        Send("b", "other"),
        Send("a", "m"),
        stdout=b"1 m\n2 m\n",
    ),
    node(
        "a health check",
        running("this.addMonitoringHandler(async () => ({ healthy: false }));", "this.on('end', () => output.end());"),
        b"up",
        *RUNS,
        Health(healthy=False),
        Send("end", "now"),
        answers=(False,),
    ),
    node(
        "two health checks",
        running(
            "this.addMonitoringHandler(() => ({ healthy: false }));",
            "this.addMonitoringHandler(() => ({ healthy: true }));",
            "this.on('end', () => output.end());",
        ),
        b"up",
        *RUNS,
        Health(healthy=False),
        Send("end", "now"),
        answers=(False,),
    ),
)

FAILURES = (
    node(
        "an error at the call",
        "() => { throw new Error('boom'); }",
        stderr="Error: boom",
        code=22,
        sth=Seen(code=20),
        why=FAILS_OTHERWISE,
    ),
    node(
        "a promise that fails",
        "async () => { throw new Error('boom'); }",
        stderr="Error: boom",
        code=23,
        sth=Seen(code=20),
        why=FAILS_OTHERWISE,
    ),
    node(
        "a generator that fails",
        "function* () { yield 1; throw new Error('boom'); }",
        b"1\n",
        stderr="Error: boom",
        code=23,
        sth=Seen(b"1\n", code=1),
        why=FAILS_OTHERWISE,
    ),
    node(
        "a file that is not there",
        "() => require('fs').createReadStream('/none')",
        stderr="ENOENT",
        code=23,
        sth=Seen(code=1),
        why=FAILS_OTHERWISE,
    ),
    node(
        "an error later",
        running("setTimeout(() => { throw new Error('late'); }, 20);"),
        b"up",
        stderr="Error: late",
        code=101,
        sth=Seen(b"up", code=1),
        why=FAILS_OTHERWISE,
    ),
    node(
        "a rejection that is not handled",
        running("setTimeout(() => Promise.reject(new Error('late')), 20);"),
        b"up",
        stderr="Error: late",
        code=101,
        sth=Seen(b"up", code=1),
        why=FAILS_OTHERWISE,
    ),
    node("an exit of its own", running("setTimeout(() => process.exit(3), 100);"), b"up", code=3),
    Row(
        "an error while loading",
        "node",
        "throw new Error('loading');",
        Seen(stderr="Error: loading", code=22),
        sth=Seen(code=21),
        why=FAILS_OTHERWISE,
    ),
    Row(
        "an empty array",
        "node",
        "module.exports = [];",
        Seen(stderr="exports no function", code=22),
        sth=Seen(code=22),
        why=FAILS_OTHERWISE,
    ),
)

TOPICS = (
    node(
        "a topic that a stream names",
        "() => Object.assign(require('stream').Readable.from(['a\\n', 'b\\n']),"
        " { topic: 'node-told', contentType: 'text/plain' })",
        b"",
        ReadTopic("node-told", 4),
        answers=(b"a\nb\n",),
        sth=Seen(b"a\nb\n", answers=(b"a\nb\n",)),
        why=BOTH,
    ),
    node(
        "a topic that a generator names",
        "() => Object.assign((function* () { yield { a: 1 }; })(),"
        f" {{ topic: 'node-records', contentType: '{NDJSON}' }})",
        b"",
        ReadTopic("node-records", 8, NDJSON),
        answers=(b'{"a":1}\n',),
        sth=Seen(b'{"a":1}\n', answers=(b'{"a":1}\n',)),
        why=BOTH,
    ),
    node(
        "a topic that is required",
        "[{ requires: 'node-wanted', contentType: 'text/plain' }, input => input]",
        b'"x\\ny"\n',
        WriteTopic("node-wanted", b"x\ny"),
    ),
    node(
        "a topic that is provided",
        "[{ provides: 'node-provided', contentType: 'text/plain' },"
        " () => require('stream').Readable.from(['a\\n', 'b\\n'])]",
        b"",
        ReadTopic("node-provided", 4),
        answers=(b"a\nb\n",),
        sth=Seen(code=137),
        sth_steps=(Kill(),),
        why="STH 0.18.7 takes any object before the functions for one that requires a topic, and waits for that.",
    ),
    node(
        "topics at the start",
        "input => input.pipe(new (require('stream').PassThrough)())",
        b"",
        WriteTopic("node-start-in", b"a\n"),
        ReadTopic("node-start-out", 2),
        answers=(b"a\n",),
        start={"inputTopic": "node-start-in", "outputTopic": "node-start-out"},
        sth=Seen(b"b\n"),
        sth_steps=(Input(b"b\n"),),
        why="Topics may be given at the start since STH 1.0.1; before, they were overlooked.",
    ),
    node(
        "records of a topic that is required",
        f"[{{ requires: 'node-numbers', contentType: '{NDJSON}' }}, input => input.map(x => x.n)]",
        b"1\n2\n",
        WriteTopic("node-numbers", b'{"n":1}\n{"n":2}\n', NDJSON),
    ),
)

NODE_ROWS = (
    *RETURNS,
    *OTHERS,
    *AFTERWARDS,
    *FUNCTIONS,
    *STAGES,
    *STREAMS,
    *INPUT,
    *SURROUNDINGS,
    *PACKAGES,
    *HANDLERS,
    *FAILURES,
    *TOPICS,
)
