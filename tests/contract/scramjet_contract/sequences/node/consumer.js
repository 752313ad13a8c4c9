// Reads the topic that its package names and returns its lines in capitals.
const { Readable } = require("stream");

async function* capitals(input) {
    for await (const text of input) yield String(text).toUpperCase();
}

module.exports = [
    { requires: "TOPIC", contentType: "text/plain" },
    (input) => Readable.from(capitals(input), { objectMode: false }),
];
