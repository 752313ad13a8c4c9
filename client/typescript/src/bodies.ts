/** Bodies that are sent as they are: bytes, text, or a stream that is sent as it comes. */

/** What a binary body can be. */
export type Binary = Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | string;

/** One part of a body that is sent as it comes. */
export type Chunk = string | Uint8Array;

/**
 * Make a body that is sent part by part, as the parts come.
 *
 * @param parts - The parts; text is sent as UTF-8. It is asked for the next one when the server is ready for it,
 *   and ended (`return`) when the server takes no more.
 */
export function live(parts: AsyncIterable<Chunk> | Iterable<Chunk>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = toAsync(parts);
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
      }
    },
    async cancel() {
      await iterator.return(undefined);
    },
  }, { highWaterMark: 0 });
}

async function* toAsync(parts: AsyncIterable<Chunk> | Iterable<Chunk>): AsyncGenerator<Chunk, void> {
  yield* parts;
}

/** Write a body as it is sent: JSON, unless it is a form or its type is another one. */
export function serialize(body: unknown, headers?: unknown): BodyInit {
  const type = contentType(headers);
  if (body instanceof FormData || (type !== "" && !/^application\/json\b/i.test(type))) {
    return body as BodyInit;
  }
  return JSON.stringify(body);
}

function contentType(headers: unknown): string {
  return new Headers(headers as HeadersInit | undefined).get("content-type") ?? "";
}

/** A request whose body may be a stream: `fetch` wants to be told that it is sent before the reply begins. */
export class StreamingRequest extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(input, init?.body instanceof ReadableStream ? ({ ...init, duplex: "half" } as RequestInit) : init);
  }
}
