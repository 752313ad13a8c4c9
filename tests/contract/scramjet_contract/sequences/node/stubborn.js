// Does not stop: ignores SIGTERM and the stop handler, has a child process that does too, and beats until killed.
const { spawn } = require("child_process");
const { Readable } = require("stream");
const { setTimeout: sleep } = require("timers/promises");

const CHILD = "process.on('SIGTERM', () => {}); setTimeout(() => {}, 600000)";

async function* beats() {
    for (let number = 0; ; number++) {
        yield `beat ${number}\n`;
        await sleep(20);
    }
}

module.exports = function () {
    process.on("SIGTERM", () => {});
    const child = spawn(process.execPath, ["-e", CHILD], { stdio: "ignore" });
    process.stdout.write(`${process.pid} ${child.pid}\n`);
    this.addStopHandler(() => sleep(600000));
    return Readable.from(beats(), { objectMode: false });
};
