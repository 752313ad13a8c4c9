// Reports itself as unhealthy.
const { PassThrough } = require("stream");

module.exports = function () {
    this.addMonitoringHandler(async () => ({ healthy: false }));
    const output = new PassThrough({ encoding: "utf-8" });
    output.write("up\n");
    return output;
};
