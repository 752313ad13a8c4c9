"use strict";

const { PassThrough } = require("node:stream");

// Gives its input back, and stdin on stdout; answers each "ping" with a "pong".
module.exports = function (input) {
    this.logger.info("hello from echo");
    this.on("ping", message => this.emit("pong", message));
    process.stdin.pipe(process.stdout);
    process.stderr.write("on stderr");
    return input.pipe(new PassThrough({ encoding: undefined }));
};
