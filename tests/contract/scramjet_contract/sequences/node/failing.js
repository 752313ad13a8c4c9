// Fails: `start` before any output, `half` after one line, `exit` with an exit code, `crash` by a signal.
const { Readable } = require("stream");
const { setTimeout: sleep } = require("timers/promises");

async function* half(how) {
    yield "first line\n";
    await sleep(100);
    if (how === "exit") process.exit(7);
    if (how === "crash") process.kill(process.pid, "SIGSEGV");
    throw new Error("fails half-way");
}

module.exports = (input, how = "start") => {
    if (how === "start") throw new Error("refuses to start");
    return Readable.from(half(how), { objectMode: false });
};
