"use strict";

const { hubClient } = require("./hub.cjs");

/** Says that nothing keeps the state of a Sequence; a stop handler that runs into it has not failed. */
class NotKeptError extends Error {
    constructor() {
        super("save: Method not implemented. A Hub keeps no state of a Sequence: write it to a file or a topic.");
        this.name = "NotKeptError";
    }
}

/** What a Sequence is called with as `this`. */
class Context {
    /**
     * @param {object} runner What the context asks for things.
     * @param {object} config The `appConfig` given at start.
     * @param {import("./logger.cjs").Logger} logger Where the Sequence logs.
     * @param {string} instanceId The id of the Instance.
     */
    constructor(runner, config, logger, instanceId) {
        this.config = config;
        this.logger = logger;
        this.instanceId = instanceId;
        /** The Space that the Hub belongs to; this Hub belongs to none. */
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

    /** Call a handler with the message of every event of this name that is sent here. */
    on(eventName, handler) {
        this._runner.subscribe(eventName, handler);
        return this;
    }

    /** Emit an event; message is anything that has a JSON form. */
    emit(eventName, message) {
        this._runner.emit(eventName, message);
        return this;
    }

    /** Ask for more time while stopping: this many milliseconds from now. */
    keepAlive(milliseconds = 0) {
        this._runner.prolong(milliseconds);
        return this;
    }

    /** End the Sequence with what it has given so far; it counts as completed. */
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
     * Always throws: nothing keeps what it is given. It is there for Sequences that have a way out.
     *
     * @throws {NotKeptError}
     */
    save() {
        throw new NotKeptError();
    }

    /** Say what kind of function this is; nothing depends on it. */
    describe(definition) {
        Object.assign(this.definition, definition);
        return this;
    }

    /** Call `handler(timeout, canKeepAlive)` when the Instance is to stop; timeout is in milliseconds. */
    addStopHandler(handler) {
        this._runner.stopHandlers.push(checked(handler));
        return this;
    }

    /** Call `handler()` before the process exits because it was stopped or killed; it has a few seconds. */
    addKillHandler(handler) {
        this._runner.killHandlers.push(checked(handler));
        return this;
    }

    /**
     * Ask `handler({healthy})` for the Instance's health; it gives `{healthy, ...}` or a promise of it. If there are
     * several, each is given what those before it say, and all have to agree that it is healthy.
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
