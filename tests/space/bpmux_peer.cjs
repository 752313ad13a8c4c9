// The other end of a connection that carries channels: the real bpmux. It listens, tells its port, and on each channel
// that it gets sends back what arrives. It opens one channel itself, writes argv[3] bytes on it, and ends.
"use strict";

const net = require("node:net");
const { createRequire } = require("node:module");

const { BPMux } = createRequire(`${process.argv[2]}/`)("bpmux");

process.stdin.on("end", () => process.exit(0)).resume();

const server = net.createServer((socket) => {
    const mux = new BPMux(socket);
    mux.on("error", (error) => console.error(error));
    mux.on("peer_multiplex", (duplex) => {
        duplex.on("error", () => duplex.destroy()); // as servers of node:http do
        duplex.pipe(duplex);
    });
    mux.on("removed", () => process.stdout.write(`open ${mux.duplexes.size}\n`));
    const own = mux.multiplex();
    own.on("error", () => own.destroy());
    own.resume();
    own.end(Buffer.alloc(Number(process.argv[3]), "x"));
    socket.on("error", () => {});
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.address().port}\n`));
