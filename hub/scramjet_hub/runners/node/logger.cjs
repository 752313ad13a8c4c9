"use strict";

const fs = require("node:fs");
const util = require("node:util");

const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal"];

/** The Sequence's logger: a method for each level, whose entries become JSON lines for the Hub. */
class Logger {
    /** @param {number} fd The descriptor to write to; writes may block. */
    constructor(fd) {
        this._fd = fd;
        for (const level of LEVELS) this[level] = (...args) => this._write(level.toUpperCase(), args);
        this.log = this.info;
        this._outputs = [];
    }

    /** Log at a named level: `write("INFO", message, ...data)`. */
    write(level, message, ...data) {
        this._write(String(level).toUpperCase(), [message, ...data]);
    }

    /** Also write every entry to a stream: as an object in object mode, else as a line of JSON. */
    addOutput(output) {
        this._outputs.push(output);
    }

    /** Same as `addOutput`. */
    pipe(output) {
        this.addOutput(output);
        return output;
    }

    /** Undo `addOutput`, or `pipe`. */
    unpipe(output) {
        this._outputs = this._outputs.filter(other => other !== output);
    }

    _write(level, [message, ...data]) {
        const entry = { level, msg: text(message), ts: Date.now(), from: "Sequence" };
        if (data.length) entry.data = data.map(plain);
        else if (message instanceof Error) entry.data = [message.stack];
        const line = JSON.stringify(entry) + "\n";
        write(this._fd, line);
        for (const output of this._outputs) output.write(output.writableObjectMode ? entry : line);
    }
}

function text(message) {
    if (message instanceof Error) return `${message.name}: ${message.message}`;
    // A complete entry, which the logger of STH also accepts.
    if (typeof message?.msg === "string") return message.msg;
    return typeof message === "string" ? message : util.inspect(message);
}

/** Convert any value into one with a JSON form. */
function plain(value) {
    if (value instanceof Error) return value.stack;
    try {
        return JSON.stringify(value) === undefined ? util.inspect(value) : value;
    } catch {
        return util.inspect(value);
    }
}

/** Write a whole text at once; if the Hub is gone, this process will end, too. */
function write(fd, line) {
    let data = Buffer.from(line);
    try {
        while (data.length) data = data.subarray(fs.writeSync(fd, data));
    } catch {
        // The Hub is gone, so the error cannot be reported.
    }
}

module.exports = { Logger, write };
