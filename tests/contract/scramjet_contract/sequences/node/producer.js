// Writes numbered lines to the topic that its package names.
const { Readable } = require("stream");

function* lines(count) {
    for (let number = 0; number < count; number++) yield `${number}\n`;
}

module.exports = [
    { provides: "TOPIC", contentType: "text/plain" },
    (input, count = 5) => Readable.from(lines(count), { objectMode: false }),
];
