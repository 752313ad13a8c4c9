// Writes the settings it was started with.
module.exports = function (input, ...args) {
    return `${JSON.stringify({ config: this.config, args })}\n`;
};
