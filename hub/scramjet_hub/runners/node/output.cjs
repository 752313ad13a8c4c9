"use strict";

const net = require("node:net");
const { Readable } = require("node:stream");
const { DataStream, isForeignStream, isIterable } = require("./streaming.cjs");

/** How much to collect before sending, even if more may follow at once, in characters or bytes. */
const BATCH = 64 * 1024;
/** How many items are written before other tasks may run. */
const TURN = 1000;

const turn = () => new Promise(resolve => setImmediate(resolve));

/** The output channel. */
class Output {
    /** @param {number} fd Its descriptor. */
    constructor(fd) {
        this._socket = new net.Socket({ fd, readable: false, writable: true });
        this._socket.on("error", () => process.exit(20)); // the Hub is gone
        this._parts = [];
        this._size = 0;
        this._timer = undefined;
    }

    /**
     * Write the result of a Sequence.
     *
     * Streams are written unchanged, those with an encoding as the bytes they decode. A value that is not an object is
     * written as text. Everything else is written as one JSON document per line, including texts from an array or a
     * generator.
     *
     * @param {unknown} result A stream, an iterable, an async iterable, a function that returns one of these, or a
     *     single value; undefined and null write nothing, and an error is thrown.
     * @param {string} contentType The type of the output; with ndjson, streams are written as one JSON document per line.
     */
    async give(result, contentType) {
        if (result === undefined || result === null) return;
        if (result instanceof Error) throw result;
        if (typeof result === "function") await this._giveItems(DataStream.from(result), encodeRecord);
        else if (typeof result !== "object") this._put(String(result));
        else if (isOldStream(result)) await this._giveItems(new Readable({ objectMode: true }).wrap(result), encodeChunk);
        else if (isIterable(result)) await this._giveItems(result, encoder(result, contentType));
        else this._put(encodeRecord(result));
    }

    /** Resolve when everything is written. */
    async flush() {
        this._send();
        if (this._socket.writableLength) await new Promise(resolve => this._socket.write("", resolve));
    }

    /** Resolve when everything is written and the output is closed. */
    async end() {
        await this.flush();
        await new Promise(resolve => this._socket.end(resolve));
    }

    /** Send the collected data, waiting while the Hub reads nothing. */
    hurry() {
        this._send();
    }

    async _giveItems(items, encode) {
        let count = 0;
        for await (const item of items) {
            this._put(encode(item));
            if (this._size >= BATCH && !this._send()) await new Promise(resolve => this._socket.once("drain", resolve));
            if (++count % TURN === 0) await turn();
        }
    }

    _put(data) {
        if (!data.length) return;
        this._parts.push(data);
        this._size += data.length;
        // Runs when the Sequence waits for something: until then more data may follow.
        this._timer ??= setImmediate(() => this._send());
    }

    /** Send the collected data; return whether more may follow at once. */
    _send() {
        clearImmediate(this._timer);
        this._timer = undefined;
        if (!this._size) return true;
        const parts = this._parts;
        this._parts = [];
        this._size = 0;
        if (parts.every(part => typeof part === "string")) return this._socket.write(parts.join(""));
        return this._socket.write(Buffer.concat(parts.map(part => Buffer.from(part))));
    }
}

function encoder(result, contentType) {
    if (isRecords(contentType) || !isForeignStream(result)) return encodeRecord;
    const encoding = result.readableEncoding ?? "utf8";
    return item => encodeChunk(item, encoding);
}

/** Whether this is an old stream without async iteration, which some packages still include. */
function isOldStream(value) {
    return isForeignStream(value) && !isIterable(value);
}

function isRecords(contentType) {
    return contentType.split(";")[0].trim().endsWith("/x-ndjson");
}

/** Encode one JSON document per line, nothing for values without one; Buffers are taken for finished lines. */
function encodeRecord(item) {
    if (item instanceof Uint8Array) return item;
    const document = JSON.stringify(item);
    return document === undefined ? "" : document + "\n";
}

/** Encode a chunk of a stream: text is decoded bytes. Objects cannot be written to a socket. */
function encodeChunk(item, encoding = "utf8") {
    if (typeof item === "string") return encoding === "utf8" ? item : Buffer.from(item, encoding);
    return encodeRecord(item);
}

module.exports = { Output };
