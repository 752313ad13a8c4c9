"use strict";

const net = require("node:net");
const { StringDecoder } = require("node:string_decoder");

const { DataStream } = require("./streaming.cjs");

const HEAD_END = Buffer.from("\r\n\r\n");

/**
 * The input of a Sequence: a stream of Buffers (application/octet-stream), of texts (text/plain) or of objects (ndjson),
 * depending on the content type that arrives with the first bytes. Nothing is read before the Sequence reads.
 */
class Input extends DataStream {
    /** @param {number} fd The descriptor of the input channel. */
    constructor(fd) {
        super();
        this.contentType = undefined;
        this._fd = fd;
        this._socket = undefined;
        this._head = Buffer.alloc(0);
        this._decode = undefined;
    }

    _read() {
        if (this._socket) this._socket.resume();
        else this._open();
    }

    _destroy(error, callback) {
        if (this._socket) this._socket.destroy();
        callback(error);
    }

    _open() {
        this._socket = new net.Socket({ fd: this._fd, readable: true, writable: false });
        this._socket.on("data", data => this._take(() => this._decode ? this._decode.take(data) : this._begin(data)));
        this._socket.on("end", () => this._take(() => this._decode ? this._decode.end() : []) && this.push(null));
        this._socket.on("error", error => this.destroy(error));
    }

    /** Push the result of `decode`; return whether it succeeded. */
    _take(decode) {
        try {
            let more = true;
            for (const item of decode()) more = this.push(item);
            if (!more) this._socket.pause();
            return true;
        } catch (error) {
            this._socket.destroy();
            this.fail(error);
            return false;
        }
    }

    _begin(data) {
        this._head = Buffer.concat([this._head, data]);
        const end = this._head.indexOf(HEAD_END);
        if (end < 0) return [];
        const [, type] = this._head.toString("latin1", 0, end).split(/:\s*/);
        this.contentType = type.split(";")[0].trim().toLowerCase();
        this._decode = decoder(this.contentType);
        const rest = this._head.subarray(end + HEAD_END.length);
        return rest.length ? this._decode.take(rest) : [];
    }
}

function decoder(contentType) {
    if (contentType.endsWith("/x-ndjson")) return new Records();
    return contentType.startsWith("text/") ? new Texts() : { take: data => [data], end: () => [] };
}

class Texts {
    constructor() {
        this._decoder = new StringDecoder("utf8");
    }

    take(data) {
        const text = this._decoder.write(data);
        return text ? [text] : [];
    }

    end() {
        const text = this._decoder.end();
        return text ? [text] : [];
    }
}

class Records {
    constructor() {
        this._texts = new Texts();
        this._rest = "";
    }

    take(data) {
        const lines = (this._rest + this._texts.take(data).join("")).split("\n");
        this._rest = lines.pop();
        return parse(lines);
    }

    end() {
        return parse([this._rest + this._texts.end().join("")]);
    }
}

function* parse(lines) {
    for (const line of lines) {
        if (!line.trim()) continue;
        const value = JSON.parse(line);
        // A stream takes null for its end.
        if (value !== null) yield value;
    }
}

module.exports = { Input };
