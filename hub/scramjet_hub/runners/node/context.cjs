"use strict";

const { hubClient } = require("./hub.cjs");

/** The state of a Sequence is not kept; a stop handler that throws this has not failed. */
class NotKeptError extends Error {
    constructor() {
        super("save: Method not implemented. A Hub keeps no state of a Sequence: write it to a file or a topic.");
        this.name = "NotKeptError";
    }
}

/** The `this` of a Sequence. */
class Context {
    /**
     * @param {object} runner The runner, which serves the context's calls.
     * @param {object} config The `appConfig` given at start.
     * @param {import("./logger.cjs").Logger} logger The Sequence's logger.
     * @param {string} instanceId The id of the Instance.
     */
    constructor(runner, config, logger, instanceId) {
        this.config = config;
        this.logger = logger;
        this.instanceId = instanceId;
        /** The Space of the Hub; this Hub has none. */
        this.space = undefined;
        this.definition = { mode: "buffer", name: "anonymous function" };
        Object.defineProperty(this, "_runner", { value: runner });
    }

    /** A client of the Hub that runs this Instance, with the methods of npm's `@scramjet/api-client`. */
    get hub() {
        const client = hubClient(process.env.SCRAMJET_HUB_URL, process.env.SCRAMJET_HUB_TOKEN);
        Object.defineProperty(this, "hub", { value: client, enumerable: true, writable: true });
        return client;
    }

    /** Call a handler with the message of every event of this name that is sent to the Instance. */
    on(eventName, handler) {
        this._runner.subscribe(eventName, handler);
        return this;
    }

    /** Emit an event; message is any value with a JSON form. */
    emit(eventName, message) {
        this._runner.emit(eventName, message);
        return this;
    }

    /** Ask for more time while stopping: this many milliseconds from now. */
    keepAlive(milliseconds = 0) {
        this._runner.prolong(milliseconds);
        return this;
    }

    /** End the Sequence with the output so far; it counts as completed. */
    end() {
        this._runner.finish();
        return this;
    }

    /** End the Sequence; it counts as failed. */
    destroy(error) {
        this._runner.finish(error ?? new Error("Sequence destroyed itself"));
        return this;
    }

    /**
     * Always throws, because states are not kept. It exists for Sequences that handle this.
     *
     * @throws {NotKeptError}
     */
    save() {
        throw new NotKeptError();
    }

    /** Declare the kind of this function; it has no effect. */
    describe(definition) {
        Object.assign(this.definition, definition);
        return this;
    }

    /** Call `handler(timeout, canKeepAlive)` when the Instance has to stop; timeout is in milliseconds. */
    addStopHandler(handler) {
        this._runner.stopHandlers.push(checked(handler));
        return this;
    }

    /** Call `handler()` before the process exits after a stop or kill; it has a few seconds. */
    addKillHandler(handler) {
        this._runner.killHandlers.push(checked(handler));
        return this;
    }

    /**
     * Use `handler({healthy})` for health checks; it returns `{healthy, ...}` or a promise of that. Of several
     * handlers, each gets the result of the previous ones, and the Instance is healthy only if all say so.
     */
    addMonitoringHandler(handler) {
        this._runner.checkHealthWith(checked(handler));
        return this;
    }
}

function checked(handler) {
    if (typeof handler !== "function") throw new Error("Handler must be a function");
    return handler;
}

module.exports = { Context, NotKeptError };
