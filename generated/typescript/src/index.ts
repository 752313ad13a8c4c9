// Copied from client/typescript/src/index.ts by `make clients`; edit that file.

/** A typed client of the Scramjet API. */

export { type Binary, type Chunk, live } from "./bodies.js";
export {
  type Api,
  connect,
  inout,
  open,
  type Options,
  readLines,
  readRecords,
  type Reading,
  type RecordAt,
  type StreamPath,
} from "./client.js";
export * from "./errors.js";
export type { components, operations, paths } from "./schema.js";
export { bytes, lines, records } from "./streams.js";
