"use strict";

const fs = require("node:fs");
const codes = require("./codes.cjs");
const { Context, NotKeptError } = require("./context.cjs");
const { Control } = require("./control.cjs");
const { load } = require("./loading.cjs");
const { Logger, write } = require("./logger.cjs");
const { Output } = require("./output.cjs");
const { Input } = require("./source.cjs");
const { DataStream } = require("./streaming.cjs");

const DEFAULT_TYPE = "text/plain";
/** Milliseconds between health reports, until the Hub sets another rate. */
const MONITORING_RATE = 1000;
/** Milliseconds for the remaining work of a Sequence after the end of its output. */
const LINGER = 10000;

/** Runs one Sequence: from the first message to the exit code. See ../PROTOCOL.md. */
class Runner {
    constructor() {
        this.stopHandlers = [];
        this.killHandlers = [];
        this._handlers = new Map();
        this._rate = MONITORING_RATE;
        this._beat = undefined;
        this._healthChecks = [];
        this._prolonged = false;
        this._exiting = false;
        this._logger = new Logger(codes.FDS.log);
        this._control = new Control(codes.FDS.control, (code, data) => this._handle(code, data), () => process.exit(20));
        this._output = new Output(codes.FDS.output);
    }

    /** Ask the Hub what to run; its answer starts it. */
    start() {
        process.on("uncaughtException", error => this._fail(codes.UNCAUGHT, "Uncaught", error));
        process.on("unhandledRejection", error => this._fail(codes.UNCAUGHT, "Uncaught", error));
        this._control.send(codes.PING, {});
    }

    // The Sequence itself

    async _run(start) {
        const { path } = start;
        try {
            Object.assign(process.env, start.environ);
            process.chdir(start.directory);
        } catch (error) {
            return this._exit(codes.BAD_ENVIRONMENT, `The runner could not settle in: ${describe(error)}`);
        }
        process.argv[1] = path;
        if (!fs.existsSync(path)) return this._exit(codes.BAD_PATH, `There is no file ${path}`);
        let sequence;
        try {
            sequence = await load(path);
        } catch (error) {
            return this._fail(codes.FAILED_ON_START, "Sequence could not be loaded", error);
        }
        this._announceInput(start, sequence);
        this._monitor();
        return this._runStages(start, sequence);
    }

    async _runStages(start, { stages, provides }) {
        const context = new Context(this, start.appConfig ?? {}, this._logger, process.env.INSTANCE_ID);
        let result = new Input(codes.FDS.input);
        for (const [number, stage] of stages.entries()) {
            try {
                result = stage.call(context, number ? DataStream.from(result) : result, ...(start.args ?? []));
            } catch (error) {
                return this._fail(codes.FAILED_ON_START, "Sequence failed on start", error);
            }
            try {
                result = await result;
            } catch (error) {
                return this._fail(codes.FAILED_WHILE_RUNNING, "Sequence failed", error);
            }
        }
        try {
            await this._output.give(result, this._announceOutput(start, provides, result));
        } catch (error) {
            return this._fail(codes.FAILED_WHILE_RUNNING, "Sequence failed", error);
        }
        await this._output.end();
        // It may still be working, and ends when nothing is left to wait for. Without a result, that work is its only
        // purpose and has no time limit.
        this._control.unref();
        process.once("beforeExit", () => this._exit(codes.SUCCESS));
        if (result !== undefined) setTimeout(() => this._exit(codes.SUCCESS), LINGER).unref();
    }

    _announceInput(start, { requires }) {
        const topic = start.inputTopic || requires.requires || "";
        this._control.send(codes.PANG, { requires: topic, contentType: topic ? requires.contentType ?? "" : "" });
    }

    /** Announce the topic of the output to the Hub; return the output's content type. */
    _announceOutput(start, provides, result) {
        const told = result !== null && ["object", "function"].includes(typeof result) ? result : {};
        const topic = start.outputTopic || told.topic || told.provides || provides.provides || "";
        const contentType = told.contentType || provides.contentType || start.outputContentType || DEFAULT_TYPE;
        this._control.send(codes.PANG, { provides: topic, contentType });
        return contentType;
    }

    // Called by the Sequence through its context

    subscribe(eventName, handler) {
        this._handlers.set(eventName, [...(this._handlers.get(eventName) ?? []), handler]);
    }

    emit(eventName, message) {
        this._control.send(codes.EVENT, { eventName, message: message === undefined ? "" : message });
    }

    prolong(milliseconds) {
        this._prolonged = true;
        this._control.send(codes.ALIVE, { keepAlive: Math.max(0, Math.round(milliseconds)) });
    }

    finish(error) {
        if (error === undefined) this._exit(codes.SUCCESS);
        else this._exit(codes.FAILED_WHILE_RUNNING, `Sequence failed: ${describe(error)}`);
    }

    checkHealthWith(check) {
        this._healthChecks.push(check);
        if (this._beat) this._monitor();
    }

    // Called by the Hub

    _handle(code, data) {
        switch (code) {
        case codes.PONG:
            this._run(data);
            break;
        case codes.EVENT:
            for (const handler of this._handlers.get(data.eventName) ?? []) handler(data.message);
            break;
        case codes.STOP:
            this._stop(data.timeout, data.canCallKeepalive);
            break;
        case codes.KILL:
            this._kill();
            break;
        case codes.MONITORING_RATE:
            this._rate = data.monitoringRate;
            this._monitor();
            break;
        }
    }

    async _stop(timeout, canKeepAlive) {
        this._prolonged = false;
        let failure = "";
        for (const handler of this.stopHandlers) {
            try {
                await handler(timeout, canKeepAlive);
            } catch (error) {
                const told = this._tell("A stop handler failed", error);
                if (!(error instanceof NotKeptError)) failure = told;
            }
        }
        if (canKeepAlive && this._prolonged) return;
        await this._runKillHandlers();
        this._exit(codes.STOPPED, failure);
    }

    async _kill() {
        // Shows the Hub that the process is not stuck, so that it waits for the handlers.
        this._control.send(codes.ACKNOWLEDGE, {});
        await this._runKillHandlers();
        this._output.hurry();
        await this._control.flush();
        process.exit(codes.KILLED);
    }

    async _runKillHandlers() {
        const handlers = this.killHandlers.splice(0);
        const failed = error => this._tell("A kill handler failed", error);
        await Promise.all(handlers.map(async handler => handler()).map(done => done.catch(failed)));
    }

    /** Report the health now, and from now on at the current rate. */
    _monitor() {
        clearTimeout(this._beat);
        this._beat = setTimeout(() => this._monitor(), this._rate).unref();
        setImmediate(() => this._reportHealth());
    }

    async _reportHealth() {
        try {
            let report = { healthy: true };
            for (const check of this._healthChecks) report = combined(report, await check(report));
            this._control.send(codes.MONITORING, report);
        } catch (error) {
            this._control.send(codes.MONITORING, { healthy: false, error: describe(error) });
        }
    }

    // Its end

    _fail(code, what, error) {
        this._exit(code, this._tell(what, error));
    }

    /** Log an error where clients can see it; return it as one line. */
    _tell(what, error) {
        const reason = `${what}: ${describe(error)}`;
        this._logger.error(reason, error);
        write(codes.FDS.stderr, `${error instanceof Error ? error.stack : reason}\n`);
        return reason;
    }

    async _exit(code, reason = "") {
        if (this._exiting) return;
        this._exiting = true;
        await this._output.flush();
        if (code === codes.SUCCESS) this._control.send(codes.SEQUENCE_COMPLETED, {});
        else this._control.send(codes.SEQUENCE_STOPPED, reason ? { error: reason } : {});
        await this._control.flush();
        process.exit(code);
    }
}

/** Combine the health so far with one more check: healthy only if both are. */
function combined(report, health) {
    const said = health !== null && typeof health === "object" ? health : { healthy: Boolean(health) };
    return { ...report, ...said, healthy: Boolean(report.healthy && (said.healthy ?? true)) };
}

function describe(error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

new Runner().start();
