// Writes as many numbered lines as requested, each padded to a width.
const { Readable } = require("stream");

function* lines(count, width) {
    for (let number = 0; number < count; number++) yield `${number} ${".".repeat(width)}\n`;
}

module.exports = (input, count = 10, width = 0) => Readable.from(lines(count, width), { objectMode: false });
