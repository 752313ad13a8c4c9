import assert from "node:assert/strict";
import { test } from "node:test";

import { live, lines, records, bytes } from "../src/index.js";

function stream(...chunks: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return live(chunks);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    found.push(item);
  }
  return found;
}

test("lines are cut at line feeds alone, wherever chunks end", async () => {
  assert.deepEqual(await all(lines(stream("a\u2028b\r\nc", "d\n\nlast"))), ["a\u2028b\r", "cd", "", "last"]);
});

test("a character that is cut by chunks stays whole", async () => {
  const [first, second, third] = new TextEncoder().encode("€");
  const cut = [Uint8Array.of(first ?? 0), Uint8Array.of(second ?? 0, third ?? 0)];
  assert.deepEqual(await all(lines(stream(...cut, "\n"))), ["€"]);
});

test("a line is there before the next chunk comes", async () => {
  let asked = 0;
  async function* slowly(): AsyncGenerator<string> {
    asked = 1;
    yield "one\n";
    asked = 2;
    await new Promise(() => undefined);
  }
  const reading = lines(live(slowly()));
  assert.equal((await reading.next()).value, "one");
  assert.equal(asked, 1);
});

test("records are values of JSON, without empty lines", async () => {
  assert.deepEqual(await all(records(stream('{"a": 1}\n', "\n", "null\n3"))), [{ a: 1 }, null, 3]);
  await assert.rejects(all(records(stream("no JSON\n"))), SyntaxError);
});

test("who leaves the loop closes the stream, and ends what feeds it", async () => {
  let ended = false;
  function* feed(): Generator<string> {
    try {
      for (;;) {
        yield "more\n";
      }
    } finally {
      ended = true;
    }
  }
  for await (const _ of bytes(live(feed()))) {
    break;
  }
  assert.ok(ended);
});

test("a stream that breaks is an error, not an end", async () => {
  const broken = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.error(new Error("connection reset"));
    },
  });
  await assert.rejects(all(lines(broken)), /connection reset/);
});
