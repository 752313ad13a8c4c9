// Returns its input: bytes and text unchanged, other records as JSON.
const { Readable } = require("stream");

const render = (item) =>
    Buffer.isBuffer(item) || typeof item === "string" ? item : `${JSON.stringify(item)}\n`;

async function* echo(input) {
    for await (const item of input) yield render(item);
}

module.exports = (input) => Readable.from(echo(input), { objectMode: false });
