"use strict";

const net = require("node:net");

/** What is gathered before it is sent although more may follow at once, in characters or bytes. */
const BATCH = 64 * 1024;
/** How many items go before others get to run. */
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
     * Write whatever a Sequence returned.
     *
     * @param {unknown} result A stream, an iterable, an async iterable, or a single value; undefined and null are nothing.
     * @param {string} contentType How items are written.
     */
    async give(result, contentType) {
        if (result === undefined || result === null) return;
        const encode = isByteStream(result) ? encodeItem : encoder(contentType);
        if (isIterable(result)) await this._giveItems(result, encode);
        else this._put(encode(result));
    }

    /** Resolve when all is written. */
    async flush() {
        this._send();
        if (this._socket.writableLength) await new Promise(resolve => this._socket.write("", resolve));
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
        // Runs when the Sequence waits for something: until then more may come.
        this._timer ??= setImmediate(() => this._send());
    }

    /** Send what is gathered; whether more may follow at once. */
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

/** A readable stream whose chunks are bytes or text already, to be passed on as they are. */
function isByteStream(value) {
    return typeof value.pipe === "function" && value.readableObjectMode === false;
}

function isIterable(value) {
    if (typeof value === "string" || value instanceof Uint8Array) return false;
    return typeof value[Symbol.asyncIterator] === "function" || typeof value[Symbol.iterator] === "function";
}

function encoder(contentType) {
    return contentType.split(";")[0].trim().endsWith("/x-ndjson") ? encodeRecord : encodeItem;
}

/** One JSON document a line; Buffers are taken for lines that are made already. */
function encodeRecord(item) {
    return item instanceof Uint8Array ? item : JSON.stringify(item) + "\n";
}

/** Texts and Buffers as they are, nothing for what is not there, a JSON document a line for other objects. */
function encodeItem(item) {
    if (typeof item === "string" || item instanceof Uint8Array) return item;
    return item === undefined || item === null ? "" : JSON.stringify(item) + "\n";
}

module.exports = { Output, isIterable };
