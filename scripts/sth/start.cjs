// Starts STH on loopback with the configuration given as JSON in argv[2],
// then tells its ports, one JSON line, on the file descriptor given in argv[3].
"use strict";

const fs = require("node:fs");
const net = require("node:net");
const { createRequire } = require("node:module");

// The packages are installed in a folder of their own, which is not where this file is.
const installed = createRequire(`${process.argv[4]}/`);

// STH binds the server for its runners to every interface and has no option for it.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function listenOnLoopback(port, host, ...rest) {
    return typeof host === "string"
        ? listen.call(this, port, host, ...rest)
        : listen.call(this, port, "127.0.0.1", host, ...rest);
};

// The parent process holds standard input: when it is gone, for any reason,
// STH and its runners, one process group, must not outlive them.
process.stdin.on("end", () => process.kill(0, "SIGKILL")).resume();

// STH's own merge skips what is false, 0 or empty: with it port 0 would stay 8000.
function assign(target, source) {
    for (const [key, value] of Object.entries(source)) {
        if (typeof value === "object" && typeof target[key] === "object") assign(target[key], value);
        else target[key] = value;
    }
}

async function main() {
    const { ConfigService } = installed("@scramjet/sth-config");
    const { startHost } = installed("@scramjet/host");
    const config = new ConfigService().getConfig();
    assign(config, JSON.parse(process.argv[2]));
    const host = await startHost({}, config, { identifyExisting: false });
    const instances = host.socketServer.server.address();
    // Runners are told this port; it was 0, "any", until now.
    config.host.instancesServerPort = instances.port;
    const api = host.api.server.address();
    fs.writeSync(Number(process.argv[3]), `${JSON.stringify({ api, instances })}\n`);
}

main().catch((error) => {
    console.error(error);
    process.exit(1);
});
