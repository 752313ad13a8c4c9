/** The client: `openapi-fetch` with the types of the API, and what it lacks for streams. */

import createClient, { type Client, type ClientOptions } from "openapi-fetch";

import { type Chunk, live, serialize, StreamingRequest } from "./bodies.js";
import { ok } from "./errors.js";
import type { paths } from "./schema.js";
import { bytes, lines, records } from "./streams.js";

/** How to reach a server. */
export interface Options extends Omit<ClientOptions, "baseUrl" | "bodySerializer" | "Request"> {
  /** What a Platform wants, or a Hub with tokens. */
  token?: string;
}

/** Every operation, by its method and path: `api.GET("/version")`. */
export type Api = Client<paths>;

type Replies<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: infer C } } } } ? C : never;

/** Paths with a stream to read. */
export type StreamPath = {
  [P in keyof paths]: Replies<P> extends { "application/octet-stream": unknown } ? P : never;
}[keyof paths];

/** One record of the stream at a path. */
export type RecordAt<P extends StreamPath> = Exclude<Replies<P>[keyof Replies<P>], Blob>;

/** What a request of a stream may say: the parameters of its path, its headers, and what ends it. */
export interface Reading {
  path?: Record<string, string>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * Connect to a Hub, a Space or a Platform.
 *
 * @param baseUrl - Its API base, such as `http://127.0.0.1:8000/api/v1`.
 */
export function connect(baseUrl: string, { token, headers, ...options }: Options = {}): Api {
  const merged = new Headers(headers as HeadersInit | undefined);
  if (token !== undefined) {
    merged.set("authorization", `Bearer ${token}`);
  }
  return createClient<paths>({
    ...options,
    baseUrl,
    headers: merged,
    bodySerializer: serialize,
    Request: StreamingRequest,
  });
}

/**
 * Begin to read a stream.
 *
 * @returns Its bytes, as soon as the server replies, which is long before there is data.
 * @throws ApiError if the server refuses.
 */
export async function open(api: Api, path: StreamPath, reading: Reading = {}): Promise<ReadableStream<Uint8Array>> {
  const { path: parameters, ...init } = reading;
  // One signature for all paths: which parameters each wants is known to the types of `api.GET` alone.
  const get = api.GET as unknown as (path: string, init: object) => Promise<{ data?: unknown; response: Response }>;
  const call = get(path, { ...init, params: { path: parameters }, parseAs: "stream" });
  return (await ok(call)) as ReadableStream<Uint8Array>;
}

/** Read the lines of a stream one by one. Whoever leaves the loop closes it. */
export async function* readLines(api: Api, path: StreamPath, reading?: Reading): AsyncGenerator<string, void> {
  yield* lines(await open(api, path, reading));
}

/** Read the records of a stream one by one, typed by its path. Whoever leaves the loop closes it. */
export async function* readRecords<P extends StreamPath>(
  api: Api,
  path: P,
  reading?: Reading,
): AsyncGenerator<RecordAt<P>, void> {
  yield* records<RecordAt<P>>(await open(api, path, reading));
}

/**
 * Write to an Instance's input and read its output at once.
 *
 * The request is sent with the first part that is written, so nothing waits for a reply before that.
 *
 * @param parts - What to write.
 * @param reading - `headers` name the content type of what is written, `text/plain` if they do not.
 * @returns The output, as it comes.
 */
export async function* inout(
  api: Api,
  id: string,
  parts: AsyncIterable<Chunk> | Iterable<Chunk>,
  { headers, signal }: Omit<Reading, "path"> = {},
): AsyncGenerator<Uint8Array, void> {
  const call = api.POST("/instance/{id}/inout", {
    params: { path: { id } },
    headers: { "content-type": "text/plain", ...headers },
    body: live(parts),
    parseAs: "stream",
    ...(signal ? { signal } : {}),
  });
  yield* bytes((await ok(call)) as ReadableStream<Uint8Array>);
}
