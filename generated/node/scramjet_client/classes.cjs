// Copied by `make generate` from client/node/classes.cjs: edit it there.
"use strict";

const { HostOperations, InstanceOperations, SequenceOperations } = require("./operations.cjs");
const { ClientUtils } = require("./transport.cjs");

/** A Hub. The methods that only make a request are in `HostOperations`. */
class HostClient extends HostOperations {
    /**
     * @param {string} apiBase The API of the Hub, such as `http://127.0.0.1:8000/api/v1`.
     * @param {ClientUtils} [utils] Sends the requests.
     */
    constructor(apiBase, utils = new ClientUtils(apiBase)) {
        super();
        this.apiBase = apiBase.replace(/\/$/, "");
        this.client = utils;
    }

    /** A client for an Instance; makes no request. */
    getInstanceClient(id) {
        return InstanceClient.from(id, this);
    }

    /** A client for a Sequence; makes no request. */
    getSequenceClient(id) {
        return SequenceClient.from(id, this);
    }

    /** Upload a package (a stream or bytes of a `.tar.gz`); resolves with a client for its Sequence. */
    async sendSequence(sequencePackage, init) {
        const { id } = await super.sendSequence(sequencePackage, init);
        return SequenceClient.from(id, this);
    }

    /** Delete a Sequence; with `force`, even if it has running Instances. */
    async deleteSequence(id, { force = false, ...init } = {}) {
        return super.deleteSequence(id, { ...init, headers: { ...(force && { "x-seq-kill-inst": "true" }), ...init.headers } });
    }

    /** Start a Sequence by its id or name; resolves with a client for the Instance. */
    async startSequence(id, payload) {
        return SequenceClient.from(id, this).start(payload);
    }
}

/** The operations of something on a Hub, with its id and the client of that Hub. */
const onHost = Operations => class extends Operations {
    static from(id, host) {
        return new this(id, host);
    }

    constructor(id, host) {
        super();
        if (!id) throw new Error("No id provided");
        this.host = host;
        this._id = id;
    }

    get id() {
        return this._id;
    }

    get client() {
        return this.host.client;
    }
};

/** A Sequence on a Hub. */
class SequenceClient extends onHost(SequenceOperations) {
    /** Start it; resolves with a client for the Instance. */
    async start(payload = {}) {
        const { id } = await super.start(payload);
        return InstanceClient.from(id, this.host);
    }

    /** A client for an Instance. */
    async getInstance(id, host = this.host) {
        return InstanceClient.from(id, host);
    }
}

/** The names of an Instance's streams, by the methods that read and write them. */
const READ = { stdout: "getStdout", stderr: "getStderr", output: "getOutput", log: "getLogStream" };
const WRITTEN = { stdin: "sendStdin", input: "sendInput" };

/** An Instance on a Hub. */
class InstanceClient extends onHost(InstanceOperations) {
    /** Read stdout, stderr, output or log. */
    async getStream(streamId, init) {
        return this[method(READ, streamId)](init);
    }

    /** Write to stdin or input. */
    async sendStream(streamId, stream, init, options) {
        return this[method(WRITTEN, streamId)](stream, init, options);
    }
}

function method(methods, streamId) {
    if (Object.hasOwn(methods, streamId)) return methods[streamId];
    throw new TypeError(`There is no stream ${streamId}: it is one of ${Object.keys(methods).join(", ")}`);
}

module.exports = { HostClient, InstanceClient, SequenceClient };
