// Copied from client/typescript/src/errors.ts by `make clients`; edit that file.

/** Failures, by their status. */

import type { components } from "./schema.js";

type Schemas = components["schemas"];

/** What a server says of a failure: a text where it was no JSON, and nothing if there was no body. */
export type Failure = Schemas["ErrorReply"] | Schemas["PlatformErrorReply"] | Schemas["HubHealth"] | string | undefined;

/** A reply with a status from 400 on. */
export class ApiError extends Error {
  /**
   * @param status - The status.
   * @param body - What the server says.
   * @param url - What was asked for.
   */
  constructor(
    readonly status: number,
    readonly body: Failure,
    readonly url: string,
  ) {
    super(`${status} from ${url}: ${reason(body)}`);
    this.name = new.target.name;
  }
}

export class BadRequestError extends ApiError {}
export class UnauthorizedError extends ApiError {}
export class ForbiddenError extends ApiError {}
export class NotFoundError extends ApiError {}
export class MethodNotAllowedError extends ApiError {}
export class NotAcceptableError extends ApiError {}
export class ConflictError extends ApiError {}
export class TooLargeError extends ApiError {}
export class UnsupportedMediaTypeError extends ApiError {}
export class UnprocessableError extends ApiError {}
export class ServerError extends ApiError {}

const KINDS: Readonly<Record<number, typeof ApiError>> = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  405: MethodNotAllowedError,
  406: NotAcceptableError,
  409: ConflictError,
  413: TooLargeError,
  415: UnsupportedMediaTypeError,
  422: UnprocessableError,
};

/** What a call of `openapi-fetch` gives. */
export interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * Wait for a call, and return what it replies.
 *
 * @throws ApiError of the class of its status, if that is 400 or more.
 */
export async function ok<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    const kind = KINDS[response.status] ?? (response.status >= 500 ? ServerError : ApiError);
    throw new kind(response.status, error as Failure, response.url);
  }
  return data as T;
}

function reason(body: Failure): string {
  if (typeof body !== "object") {
    return body || "no reason given";
  }
  const told = "error" in body ? body.error : "message" in body ? body.message : body;
  if (typeof told === "object" && told !== null) {
    return "message" in told && typeof told.message === "string" ? told.message : JSON.stringify(told);
  }
  return String(told);
}
