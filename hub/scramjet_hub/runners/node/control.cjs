"use strict";

const net = require("node:net");

/** The runner's end of the control channel; see ../PROTOCOL.md. */
class Control {
    /**
     * @param {number} fd The descriptor of the connection.
     * @param {(code: number, data: object) => void} handle Called with each message.
     * @param {() => void} lost Called when the Hub is gone.
     */
    constructor(fd, handle, lost) {
        this._socket = new net.Socket({ fd, readable: true, writable: true });
        this._rest = "";
        this._socket.setEncoding("utf8");
        this._socket.on("data", text => this._take(text, handle));
        this._socket.on("end", lost);
        this._socket.on("error", lost);
    }

    /** Send a message; throws if data has no JSON form. */
    send(code, data) {
        if (!this._socket.destroyed) this._socket.write(JSON.stringify([code, data]) + "\n");
    }

    /** Resolve when everything sent has been written. */
    flush() {
        return new Promise(resolve => this._socket.destroyed ? resolve() : this._socket.write("", () => resolve()));
    }

    /** Stop keeping the process alive. */
    unref() {
        this._socket.unref();
    }

    _take(text, handle) {
        const lines = (this._rest + text).split("\n");
        this._rest = lines.pop();
        for (const line of lines) handle(...JSON.parse(line));
    }
}

module.exports = { Control };
