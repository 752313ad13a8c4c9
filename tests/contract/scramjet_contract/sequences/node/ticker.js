// Sends an event, a line on every stream and a log entry, many times a second, until it is stopped.
const { Readable } = require("stream");
const { setTimeout: sleep } = require("timers/promises");

async function* ticks(context) {
    for (let number = 0; ; number++) {
        context.emit("tick", number);
        context.logger.info(`tick ${number}`);
        process.stdout.write(`${number}\n`);
        process.stderr.write(`${number}\n`);
        yield `${number}\n`;
        await sleep(50);
    }
}

module.exports = function () {
    return Readable.from(ticks(this), { objectMode: false });
};
