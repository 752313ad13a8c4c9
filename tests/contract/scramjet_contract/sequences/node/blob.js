// Writes every byte value over and over, to reveal text conversions on the way.
const { Readable } = require("stream");

const block = Buffer.alloc(256 * 64, Buffer.from(Array.from({ length: 256 }, (_, value) => value)));

function* blocks(count) {
    for (let number = 0; number < count; number++) yield Buffer.from(block);
}

module.exports = (input, count = 1) => Readable.from(blocks(count), { objectMode: false });
