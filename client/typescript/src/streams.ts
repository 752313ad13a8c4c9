/** Streams that are read as they come: bytes, lines and records. */

/**
 * Read a stream's bytes as they come. Whoever leaves the loop closes the stream.
 */
export async function* bytes(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = stream.getReader();
  let whole = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        whole = true;
        return;
      }
      yield value;
    }
  } finally {
    if (!whole) {
      await reader.cancel().catch(() => undefined);
    }
  }
}

/**
 * Read a stream line by line, without the `\n` at their ends. An empty rest after the last one is no line.
 */
export async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of bytes(stream)) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  rest += decoder.decode();
  if (rest !== "") {
    yield rest;
  }
}

/**
 * Read a stream of records: a JSON value a line. Empty lines are left out.
 *
 * @throws SyntaxError if a line is not JSON.
 */
export async function* records<T = unknown>(stream: ReadableStream<Uint8Array>): AsyncGenerator<T, void> {
  for await (const line of lines(stream)) {
    if (line.trim() !== "") {
      yield JSON.parse(line) as T;
    }
  }
}
