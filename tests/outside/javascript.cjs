// Takes one version of `@scramjet/api-client` through all it can do with a Hub.
// Each step is a line of JSON on stdout: {step}, {step, error} or {step, leftOut}.
"use strict";

const assert = require("node:assert/strict");
const { randomBytes } = require("node:crypto");
const { createReadStream, readFileSync } = require("node:fs");
const { Readable } = require("node:stream");
const { setTimeout: sleep } = require("node:timers/promises");

const [folder, version, url, openUrl, token, packages] = process.argv.slice(2);
const { HostClient, InstanceClient, SequenceClient } = require(folder);
const PATIENCE = 30000; // milliseconds
const NDJSON = "application/x-ndjson";
const TEXT = "text/plain";
const OCTETS = "application/octet-stream";

const steps = [];
const step = (name, play, needs = []) => steps.push({ name, play, needs });
const host = new HostClient(openUrl);

// The versions differ in what they give and take; the steps do not.

const first = version === "0.15.1";
const last = version === "0.26.1";

/** What a call gives: the first version wraps it in {status, data}. */
async function given(call) {
    const reply = await call;
    return first ? reply.data : reply;
}

async function json(call) {
    const reply = await given(call);
    return typeof reply.json === "function" ? reply.json() : reply;
}

async function bytes(call) {
    const chunks = [];
    for await (const chunk of await given(call)) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
}

const text = async call => (await bytes(call)).toString();

/** Wait until what was sent is taken: the reply's body ends. */
async function sent(call) {
    const reply = await given(call);
    for await (const _ of reply.body ?? reply);
}

const start = (sequence, appConfig, args, more = {}) =>
    last ? sequence.start({ appConfig, args, ...more }) : sequence.start(appConfig, args);
const sendInput = (instance, data, options) =>
    sent(last ? instance.sendInput(data, {}, options) : instance.sendInput(data, options));
const sendTopic = (topic, data, type, end) =>
    sent(last ? host.sendNamedData(topic, data, {}, type, end) : host.sendNamedData(topic, data, type, end));

/** How a refused call shows: the first version does not fail, but tells the status. */
async function refused(call, status, code) {
    if (first) return assert.equal((await call).status, status);
    await assert.rejects(call, error => error.code === code && String(error.status) === String(status));
}

async function until(holds) {
    const deadline = Date.now() + PATIENCE;
    while (!(await holds())) {
        assert.ok(Date.now() < deadline, `not so within ${PATIENCE} ms: ${holds}`);
        await sleep(20);
    }
}

const info = id => given(host.getInstanceInfo(id));
const running = instance => until(async () => (await info(instance.id)).status === "running");

async function ended(instance) {
    await until(async () => ["completed", "errored"].includes((await info(instance.id)).status));
    return (await info(instance.id)).terminated.exitcode;
}

/** The lines of a stream as they come. */
class Lines {
    static async of(call) {
        return new Lines((await given(call))[Symbol.asyncIterator]());
    }

    constructor(chunks) {
        this.chunks = chunks;
        this.rest = "";
    }

    async next() {
        while (!this.rest.includes("\n")) {
            const { value, done } = await this.chunks.next();
            assert.ok(!done, `the stream ended with ${JSON.stringify(this.rest)}`);
            this.rest += Buffer.from(value).toString();
        }
        const end = this.rest.indexOf("\n");
        const line = this.rest.slice(0, end);
        this.rest = this.rest.slice(end + 1);
        return line;
    }

    close = () => this.chunks.return();
}

const upload = (label, language) => host.sendSequence(createReadStream(`${packages}/${language}-${label}.tar.gz`));

// The Hub itself.

step("version", async () => assert.equal((await given(host.getVersion())).apiVersion, "v1"));
step("load", async () => assert.ok((await given(host.getLoadCheck())).memFree > 0));
step("configuration", async () => assert.equal((await host.getConfig()).host.apiBase, "/api/v1"), [HostClient, "getConfig"]);
step("nothing is there yet", async () => {
    assert.deepEqual(await given(host.listSequences()), []);
    assert.deepEqual(await given(host.listInstances()), []);
});
step("an unknown sequence", () => refused(host.getSequence("nope"), 404, "NOT_FOUND"));
step("an unknown instance", () => refused(host.getInstanceInfo("nope"), 404, "NOT_FOUND"));
step("a package that is none", async () => {
    const call = host.sendSequence(Readable.from([Buffer.from("no archive")]));
    if (first) await assert.rejects(call, /Invalid id/);
    else await assert.rejects(call, error => error.code === "UNPROCESSABLE_ENTITY" || error.status === 422);
});
step("a Hub that wants a token", async () => {
    const { ClientUtils } = require(require.resolve("@scramjet/client-utils", { paths: [folder] }));
    const guarded = new HostClient(url);
    await assert.rejects(guarded.listSequences(), error => error.code === "NEED_AUTHENTICATION");
    ClientUtils.setDefaultHeaders({ Authorization: `Bearer ${token}` });
    try {
        assert.deepEqual(await guarded.listSequences(), []);
    } finally {
        ClientUtils.setDefaultHeaders({});
    }
}, last ? [] : ["a token cannot be given to it"]);
step("a logger", async () => {
    const heard = [];
    const logged = new HostClient(openUrl);
    logged.client.addLogger({ ok: reply => heard.push(reply.status), error: error => heard.push(error) });
    await logged.getVersion();
    assert.deepEqual(heard, [200]);
});
step("the log of the Hub", async () => {
    await upload("hello", "node");
    const log = await Lines.of(host.getLogStream());
    while (JSON.parse(await log.next()).msg !== "Sequence added");
    log.close();
});

// Sequences, Instances and their streams, in both languages.

for (const language of ["node", "python"]) {
    const named = (name, play, needs) => step(`${language}: ${name}`, play, needs);
    let sequence, instance, output;
    const begin = async (label, ...args) => {
        instance = await start(await upload(label, language), {}, args);
        return instance;
    };

    named("upload a stream", async () => {
        sequence = await upload("settings", language);
        assert.ok(sequence instanceof SequenceClient);
    });
    named("upload bytes", async () => {
        const other = await host.sendSequence(readFileSync(`${packages}/${language}-hello.tar.gz`));
        assert.notEqual(other.id, sequence.id);
    });
    named("list sequences", async () => {
        const listed = await given(host.listSequences());
        assert.ok(listed.some(({ id }) => id === sequence.id));
    });
    named("show a sequence", async () => {
        const shown = await given(host.getSequence(sequence.id));
        assert.equal(shown.config.name, `${language}-settings`);
        assert.deepEqual(await given(sequence.getInfo()), shown);
    });
    named("start with configuration and arguments", async () => {
        instance = await start(sequence, { "ü": [1, null] }, [1, "zwei", { drei: true }]);
        assert.ok(instance instanceof InstanceClient);
        const told = JSON.parse(await text(instance.getStream("output")));
        assert.deepEqual(told, { config: { "ü": [1, null] }, args: [1, "zwei", { drei: true }] });
        assert.equal(await ended(instance), 0);
    });
    named("start with nothing", async () => {
        instance = await sequence.start(...(last ? [{}] : []));
        assert.deepEqual(JSON.parse(await text(instance.getStream("output"))), { config: {}, args: [] });
    });
    named("start what is not there", async () => {
        const unknown = SequenceClient.from("00000000-0000-4000-8000-000000000000", host);
        await assert.rejects(start(unknown, {}, []));
    });
    named("start what cannot be started", async () => {
        const failing = await start(await upload("failing", language), {}, []);
        assert.equal(await ended(failing), 22);
        assert.match(await text(failing.getStream("stderr")), /refuses to start/);
    });
    named("list the instances of a sequence", async () => {
        await begin("bell");
        sequence = SequenceClient.from((await info(instance.id)).sequence.id, host);
        assert.deepEqual(await given(sequence.listInstances()), [instance.id]);
        assert.equal((await sequence.getInstance(instance.id, host)).id, instance.id);
    });
    named("list instances", async () => {
        assert.ok((await given(host.listInstances())).some(({ id }) => id === instance.id));
    });
    named("show an instance", async () => {
        await running(instance);
        const shown = await given(instance.getInfo());
        assert.deepEqual([shown.id, shown.status, shown.sequence.id], [instance.id, "running", sequence.id]);
    });
    named("health", () => until(async () => (await given(instance.getHealth())).healthy));
    named("bad health", async () => {
        const unwell = await start(await upload("unwell", language), {}, []);
        assert.equal((await given(unwell.getHealth())).healthy, false);
        await json(unwell.kill());
    });
    named("status", async () => assert.equal((await instance.getStatus()).status, 404), [InstanceClient, "getStatus"]);
    named("clients made of ids", async () => {
        assert.deepEqual(await host.getInstanceClient(instance.id).getInfo(), await instance.getInfo());
        assert.deepEqual(await host.getSequenceClient(sequence.id).getInfo(), await sequence.getInfo());
    }, [HostClient, "getInstanceClient"]);
    named("the next event", async () => {
        const events = await Lines.of(instance.getEventStream("reply"));
        const next = given(instance.getNextEvent("reply"));
        // Whoever waits for the next event has to wait before it comes: the stream tells that the Hub has come this far.
        let heard = false;
        next.then(() => (heard = true));
        await until(async () => {
            assert.deepEqual(await json(instance.sendEvent("other", "next")), { accepted: "OK" });
            return heard;
        });
        assert.equal(await next, "next");
        assert.equal(await events.next(), '"next"');
        events.close();
    });
    named("the last event", async () => {
        await json(instance.sendEvent("ping", "one"));
        assert.equal(await given(instance.getEvent("pong")), "one");
    });
    named("an event with a structure", async () => {
        const events = await Lines.of(instance.getEventStream("pong"));
        await json(instance.sendEvent("ping", { a: [1, null, "ü"] }));
        assert.deepEqual(JSON.parse(await events.next()), { a: [1, null, "ü"] });
        events.close();
    });
    named("an event without a message", async () => {
        const events = await Lines.of(instance.getEventStream("pong"));
        await json(instance.sendEvent("ping"));
        await events.next();
        events.close();
    });
    named("the log of an instance", async () => {
        await json(instance.sendEvent("log", "heard of it"));
        const log = await Lines.of(instance.getStream("log"));
        while (!(await log.next()).includes("heard of it"));
        log.close();
    });
    named("delete what is in use", () => {
        if (first) return refused(host.client.delete(`sequence/${sequence.id}`), 409);
        return refused(host.deleteSequence(sequence.id), 409, "REQUEST_ERROR");
    });
    named("kill", async () => {
        const shown = await json(instance.kill());
        assert.deepEqual([shown.id, shown.status], [instance.id, "killing"]);
        assert.equal(await ended(instance), 137);
    });
    named("kill and forget", async () => {
        await begin("bell");
        await running(instance);
        await instance.kill({ removeImmediately: true });
        await until(async () => (await host.listInstances()).every(({ id }) => id !== instance.id));
    }, last ? [] : ["kill() takes no options"]);
    named("stop", async () => {
        await begin("patient");
        output = await Lines.of(instance.getStream("output"));
        assert.equal(await output.next(), "waiting");
        const shown = await json(instance.stop(7000, false));
        assert.deepEqual([shown.id, shown.status], [instance.id, "stopping"]);
        assert.match(await output.next(), /^stop (7000|7|7\.0) false$/);
        assert.equal(await output.next(), "stopped");
        await ended(instance);
    });
    named("stop with keep-alive", async () => {
        await begin("patient", 20, 2);
        output = await Lines.of(instance.getStream("output"));
        assert.equal(await output.next(), "waiting");
        await json(instance.stop(60000, true));
        assert.match(await output.next(), /^stop (60000|60|60\.0) true$/);
        assert.equal(await output.next(), "stopped");
        await ended(instance);
    });
    named("stop with the defaults", async () => {
        await begin("patient");
        output = await Lines.of(instance.getStream("output"));
        assert.equal(await output.next(), "waiting");
        await json(instance.stop());
        assert.match(await output.next(), /^stop (7000|7|7\.0) false$/);
        await ended(instance);
    });
    named("stop what is stubborn", async () => {
        await begin("stubborn");
        await (await Lines.of(instance.getStream("output"))).next();
        await json(instance.stop(100, false));
        assert.equal(await ended(instance), 137);
    });
    named("stop what has ended", () => refused(instance.stop(100, false), 400, "BAD_PARAMETERS"));
    named("input in turns", async () => {
        await begin("echo");
        output = await Lines.of(instance.getStream("output"));
        await sendInput(instance, Readable.from(["one\n"]), { type: TEXT, end: false });
        assert.equal(await output.next(), "one");
        await sendInput(instance, "two\n", { type: TEXT, end: true });
        assert.equal(await output.next(), "two");
        assert.equal(await ended(instance), 0);
    });
    named("input of bytes", async () => {
        await begin("echo");
        const data = randomBytes(1 << 20);
        const back = bytes(instance.getStream("output"));
        await sendInput(instance, Readable.from([data]));
        assert.ok(data.equals(await back));
    });
    named("input of records", async () => {
        await begin("echo");
        const back = text(instance.getStream("output"));
        await sendInput(instance, '{"a":1}\n[2]\n"drei"\n', { type: NDJSON });
        assert.match(await back, /^\{"a":1\}\n\[2\]\n("drei"\n|drei\n?)$/);
    });
    named("input of another type", async () => {
        await begin("echo");
        await sendInput(instance, "one\n", { type: TEXT, end: false });
        await refused(instance.sendStream("input", "{}", ...(last ? [{}] : []), { type: NDJSON }), 415, "REQUEST_ERROR");
        await json(instance.kill());
    });
    named("stdin, stdout, stderr", async () => {
        await begin("stdio");
        const streams = [text(instance.getStream("stdout")), text(instance.getStream("stderr"))];
        await sent(instance.sendStdin(Readable.from(["one\n", "two\n"])));
        assert.deepEqual(await Promise.all(streams), ["one\ntwo\nend of stdin\n", "[one]\n[two]\n"]);
    });
    named("output that is long", async () => {
        await begin("count", 20000, 90);
        const lines = (await text(instance.getStream("output"))).split("\n");
        assert.deepEqual([lines.length, lines[19999], lines[20000]], [20001, `19999 ${".".repeat(90)}`, ""]);
    });
    named("a topic from a sequence to a client", async () => {
        await begin("producer");
        assert.equal(await (async () => {
            const lines = await Lines.of(host.getNamedData(`${language}-topic`));
            const read = [];
            while (read.length < 5) read.push(await lines.next());
            lines.close();
            return read.join();
        })(), "0,1,2,3,4");
        assert.equal((await info(instance.id)).provides, `${language}-topic`);
    });
    named("a topic from a client to a sequence", async () => {
        await begin("consumer");
        await running(instance);
        await sendTopic(`${language}-topic`, Readable.from(["one\n", "two\n"]), TEXT, true);
        assert.equal(await text(instance.getStream("output")), "ONE\nTWO\n");
    });
    named("topics given at start", async () => {
        const more = { inputTopic: `${language}-in`, outputTopic: `${language}-out` };
        instance = await start(await upload("echo", language), {}, [], more);
        await running(instance);
        const out = await Lines.of(host.getNamedData(more.outputTopic));
        await sendTopic(more.inputTopic, "one\ntwo\n", TEXT, true);
        assert.deepEqual([await out.next(), await out.next()], ["one", "two"]);
        out.close();
        const shown = await info(instance.id);
        assert.deepEqual([shown.requires, shown.provides], [more.inputTopic, more.outputTopic]);
    }, last ? [] : ["start() takes no topics"]);
    named("empty topics at start", async () => {
        const more = { inputTopic: "", outputTopic: "", limits: {} };
        instance = await start(await upload("hello", language), {}, [], more);
        assert.equal(await text(instance.getStream("output")), "hello\n");
    }, last ? [] : ["start() takes no topics"]);
    named("delete a sequence", async () => {
        const idle = await upload("hello", language);
        await host.deleteSequence(idle.id);
        assert.ok((await given(host.listSequences())).every(({ id }) => id !== idle.id));
    });
    named("delete what is not there", () => refused(host.deleteSequence("nope"), 404, "NOT_FOUND"));
    named("overwrite a sequence", async () => {
        const idle = await upload("hello", language);
        await assert.rejects(idle.overwrite(), /Not yet implemented/);
    }, ["overwrite() is not implemented"]);
}

// Topics, without Sequences.

for (const [type, data] of [[NDJSON, '{"a":1}\n[2]\n'], [TEXT, "one\ntwo\n"], [OCTETS, randomBytes(1 << 16)]]) {
    step(`a topic of ${type}`, async () => {
        const topic = `own-${type.replace(/\W/g, "-")}`;
        await sendTopic(topic, Readable.from([data]), type, true);
        assert.ok(Buffer.from(data).equals(await bytes(host.getNamedData(topic))));
    });
    step(`a topic of ${type}, read before it is written`, async () => {
        const topic = `early-${type.replace(/\W/g, "-")}`;
        const reading = bytes(host.getNamedData(topic));
        await until(async () => (await (await fetch(`${openUrl}/topics`)).json()).some(known => known.topic === topic));
        await sendTopic(topic, data, type, true);
        assert.ok(Buffer.from(data).equals(await reading));
    });
}
step("a topic without a type", async () => {
    await sendTopic("untyped", "bytes", undefined, true);
    assert.equal(await text(host.getNamedData("untyped")), "bytes");
});
step("a topic of another type", async () => {
    const call = last ? host.sendNamedData("untyped", "x", {}, TEXT) : host.sendNamedData("untyped", "x", TEXT);
    await refused(call, 415, "REQUEST_ERROR");
});
step("list topics", async () => {
    const listed = await host.getTopics();
    assert.equal(listed.find(({ topic }) => topic === "untyped").contentType, OCTETS);
}, [HostClient, "getTopics"]);
step("clean up", async () => {
    for (const { id, status } of await given(host.listInstances())) {
        if (!["completed", "errored"].includes(status)) await InstanceClient.from(id, host).kill();
    }
    await until(async () => (await given(host.listSequences())).every(({ instances }) => !instances.length));
    await Promise.all((await given(host.listSequences())).map(({ id }) => host.deleteSequence(id)));
    assert.deepEqual(await given(host.listSequences()), []);
});

/** Why this version cannot take a step: a reason, or a class without the method. */
function lacking([what, method]) {
    if (typeof what === "string") return what;
    return what && typeof what.prototype[method] !== "function" ? `${what.name} has no ${method}()` : "";
}

async function play({ name, play, needs }) {
    const leftOut = lacking(needs);
    if (leftOut) return { step: name, leftOut };
    const timer = new AbortController();
    const late = sleep(PATIENCE, undefined, { signal: timer.signal }).then(() => {
        throw new Error(`it took more than ${PATIENCE} ms`);
    });
    late.catch(() => undefined);
    try {
        await Promise.race([play(), late]);
        return { step: name };
    } catch (error) {
        return { step: name, error: `${error.stack ?? error}\n${error.body ?? ""}` };
    } finally {
        timer.abort();
    }
}

(async () => {
    for (const one of steps) console.log(JSON.stringify(await play(one)));
    process.exit();
})();
