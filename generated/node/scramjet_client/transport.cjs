// Copied by `make generate` from client/node/transport.cjs: edit it there.
"use strict";

const http = require("node:http");
const https = require("node:https");
const { Readable, pipeline } = require("node:stream");

const JSON_TYPE = "application/json";
const BYTES_TYPE = "application/octet-stream";
/** The most bytes of an error's body to keep. */
const ERROR_BODY_LIMIT = 64 * 1024;

/** The error codes of npm's clients by status; other statuses have one code for each hundred. */
const CODES = {
    400: "BAD_PARAMETERS",
    401: "NEED_AUTHENTICATION",
    403: "NOT_AUTHORIZED",
    404: "NOT_FOUND",
    410: "GONE",
    419: "INSUFFICIENT_RESOURCES",
    422: "UNPROCESSABLE_ENTITY",
};

/** A request that failed: it was refused, or there was no reply. */
class ClientError extends Error {
    /**
     * @param {string} code The error code of npm's clients, such as `NOT_FOUND` or `CANNOT_CONNECT`.
     * @param {string} message A description for people.
     * @param {{status?: number, body?: string, reason?: Error}} [details] The reply, or the failure instead of one.
     */
    constructor(code, message, { status, body, reason } = {}) {
        super(message, { cause: reason });
        this.name = "ClientError";
        this.code = code;
        /** A string, as in npm's clients. */
        this.status = status === undefined ? undefined : String(status);
        this.body = body;
        this.reason = reason;
    }

    /** The parsed body of the reply; rejects if it is not JSON. */
    async toJSON() {
        return JSON.parse(this.body);
    }
}

/** Sends the requests of the client classes: one connection each, no time limit on an idle stream. */
class ClientUtils {
    /**
     * @param {string} apiBase The API, such as `http://127.0.0.1:8000/api/v1`.
     * @param {Record<string, string>} [headers] Sent with every request.
     */
    constructor(apiBase, headers = {}) {
        this.apiBase = apiBase.replace(/\/$/, "");
        // The token must not show when a Sequence prints its context.
        Object.defineProperty(this, "_headers", { value: headers });
    }

    /** Get a JSON value. */
    async get(url, init) {
        return parsed(await this.request("GET", url, init), "json");
    }

    /** Get a body as a stream of bytes, as soon as the headers have arrived. */
    async getStream(url, init) {
        return this.request("GET", url, init);
    }

    /** Get a body as text. */
    async getText(url, init) {
        return parsed(await this.request("GET", url, init), "text");
    }

    /** Post a body; as JSON, with `json: true`. `parse` says how to return the reply: json, text or stream. */
    async post(url, data, init, options) {
        return this._send("POST", url, data, init, options);
    }

    /** The same with PUT. */
    async put(url, data, init, options) {
        return this._send("PUT", url, data, init, options);
    }

    /** Delete something; resolves with the parsed reply. */
    async delete(url, init) {
        const headers = { "content-type": JSON_TYPE };
        return parsed(await this.request("DELETE", url, withHeaders(init, headers)), "json");
    }

    /** Post (or, with `put`, put) a stream, bytes or text. `end: false` leaves the target stream open. */
    async sendStream(url, stream, init, { type, end, parseResponse = "json", put = false } = {}) {
        const headers = { "content-type": type ?? init?.headers?.["content-type"] ?? BYTES_TYPE };
        if (end !== undefined) headers["x-end-stream"] = String(Boolean(end));
        return this._send(put ? "PUT" : "POST", url, stream, withHeaders(init, headers), { parse: parseResponse });
    }

    /**
     * Send a request; resolves with the reply once its headers have arrived.
     *
     * @param {string} method
     * @param {string} url The path below the API, without a leading slash.
     * @param {{headers?: Record<string, string>, signal?: AbortSignal}} [init]
     * @param {string | Uint8Array | Readable | AsyncIterable<unknown> | Iterable<unknown>} [body] Objects become lines of JSON.
     * @returns {Promise<http.IncomingMessage>}
     * @throws {ClientError} It could not be sent, or the reply has an error status.
     */
    async request(method, url, init = {}, body = undefined) {
        const address = new URL(`${this.apiBase}/${url}`);
        const response = await this._reply(method, address, init, body);
        if (response.statusCode < 300) return response;
        throw await refusal(method, address, response);
    }

    _send(method, url, data, init, { json = false, parse = "stream" } = {}) {
        const headers = json ? { "content-type": JSON_TYPE } : {};
        const body = json ? JSON.stringify(data ?? {}) : data;
        return this.request(method, url, withHeaders(init, headers), body).then(response => parsed(response, parse));
    }

    _reply(method, address, init, body) {
        const { request } = address.protocol === "https:" ? https : http;
        return new Promise((resolve, reject) => {
            const fail = reason => reject(new ClientError("CANNOT_CONNECT", `${method} ${address}: ${reason.message}`, { reason }));
            const headers = withHeaders({ headers: this._headers }, init.headers).headers;
            // No keep-alive: a request on a connection that the Hub is just closing would fail.
            const sent = request(address, { method, headers, signal: init.signal, agent: false });
            sent.once("response", resolve);
            sent.on("error", fail);
            const content = encoded(body);
            if (!(content instanceof Readable)) return sent.end(content);
            // The reply may come before there is data to send, but Node would delay the request's headers until then.
            sent.flushHeaders();
            return pipeline(content, sent, error => error && fail(error));
        });
    }
}

/** Merge headers, their names case-insensitive; later ones win. */
function withHeaders(init = {}, headers = {}) {
    const joined = {};
    for (const [name, value] of [...Object.entries(init?.headers ?? {}), ...Object.entries(headers)]) {
        if (value !== undefined) joined[name.toLowerCase()] = value;
    }
    return { ...init, headers: joined };
}

/** Converts a Sequence's data for sending: text and bytes stay as they are, objects of streams become lines of JSON. */
function encoded(body) {
    if (body === undefined || body === null) return undefined;
    if (typeof body === "string" || body instanceof Uint8Array) return body;
    if (body instanceof Readable && !body.readableObjectMode) return body;
    if (body[Symbol.asyncIterator] || body[Symbol.iterator]) return Readable.from(lines(body), { objectMode: false });
    throw new TypeError("A stream, text or bytes can be sent, and what can be iterated over; JSON is sent with post");
}

async function* lines(source) {
    for await (const item of source) {
        yield typeof item === "string" || item instanceof Uint8Array ? item : `${JSON.stringify(item)}\n`;
    }
}

async function parsed(response, as) {
    if (as === "stream") return response;
    const text = await textOf(response);
    if (as === "text") return text;
    // Some replies without content have no body.
    return text.trim() ? JSON.parse(text) : undefined;
}

async function textOf(response, limit = Infinity) {
    const chunks = [];
    let size = 0;
    for await (const chunk of response) {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= limit) break;
    }
    return Buffer.concat(chunks).toString();
}

async function refusal(method, address, response) {
    const { statusCode: status } = response;
    const body = await textOf(response, ERROR_BODY_LIMIT).catch(() => "");
    const code = CODES[status] ?? (status >= 500 ? "SERVER_ERROR" : status >= 400 ? "REQUEST_ERROR" : "UNKNOWN_ERROR");
    const told = response.headers.location ?? body;
    return new ClientError(code, `${status} from ${method} ${address}: ${told}`, { status, body });
}

module.exports = { ClientError, ClientUtils, withHeaders };
