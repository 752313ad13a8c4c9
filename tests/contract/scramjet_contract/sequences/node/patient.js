// Runs until stopped, and writes what its stop handler received; asks for more time if it may.
const { PassThrough } = require("stream");
const { setTimeout: sleep } = require("timers/promises");

module.exports = function (input, extra = 0, repeats = 0) {
    const output = new PassThrough({ encoding: "utf-8" });
    this.addStopHandler(async (timeout, canKeepAlive) => {
        output.write(`stop ${timeout} ${Boolean(canKeepAlive)}\n`);
        for (let turn = 0; canKeepAlive && turn < repeats; turn++) {
            await this.keepAlive(extra);
            await sleep(extra / 2);
        }
        output.end("stopped\n");
    });
    output.write("waiting\n");
    return output;
};
