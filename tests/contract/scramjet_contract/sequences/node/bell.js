// Answers events: `ping` with `pong` and the same message, `burst` with the given number of numbered `tick`s.
const { PassThrough } = require("stream");

module.exports = function () {
    this.on("ping", (message) => this.emit("pong", message));
    this.on("other", (message) => this.emit("reply", message));
    this.on("burst", (count) => {
        for (let number = 0; number < count; number++) this.emit("tick", number);
    });
    this.on("log", (message) => this.logger.info(message));
    this.emit("ready", true);
    const output = new PassThrough({ encoding: "utf-8" });
    output.write("ready\n");
    return output;
};
