// Writes text to descriptor 3, where a runner of the embedded Hub has its control channel.
const fs = require("fs");

module.exports = function (input, text) {
    fs.writeSync(3, text + "\n");
    return "told\n";
};
