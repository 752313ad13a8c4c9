// Copies stdin to stdout and, in brackets, to stderr; ends where stdin ends.
const { createInterface } = require("readline");

module.exports = async () => {
    for await (const line of createInterface({ input: process.stdin })) {
        process.stdout.write(`${line}\n`);
        process.stderr.write(`[${line}]\n`);
    }
    process.stdout.write("end of stdin\n");
    return "";
};
