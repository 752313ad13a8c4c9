"use strict";

// A Sequence that calls every method of `this.hub` and says, a line each, what came of it.

const fs = require("node:fs");
const path = require("node:path");
const { PassThrough, Readable } = require("node:stream");

const text = async stream => {
    let all = "";
    for await (const chunk of stream.setEncoding("utf8")) all += chunk;
    return all;
};

const firstOf = stream => new Promise((resolve, reject) => {
    stream.once("error", reject).once("data", chunk => { resolve(String(chunk)); stream.destroy(); });
});

/** How an Instance ended: its output ends then, and the API says the rest. */
const terminated = async instance => {
    for (;;) {
        await text(await instance.getStream("output"));
        const { terminated } = await instance.getInfo();
        if (terminated) return terminated;
    }
};

const packageFile = () => fs.createReadStream(path.join(__dirname, "echo.tar.gz"));

/** Calls the methods one after the other. */
async function* hubSteps(hub) {
    yield ["getVersion", (await hub.getVersion()).apiVersion];
    yield ["getDescription", (await hub.getDescription()).openapi.slice(0, 2)];
    yield ["getDescriptionYaml", (await hub.getDescriptionYaml()).includes("openapi: 3.")];
    yield ["getStatus", typeof await hub.getStatus()];
    yield ["getConfig", typeof (await hub.getConfig()).host];
    yield ["getHealth", (await hub.getHealth()).healthy];
    yield ["getMetrics", (await hub.getMetrics()).startsWith("# ")];
    yield ["getLoadCheck", typeof (await hub.getLoadCheck()).avgLoad];
    yield ["getLoad", typeof (await hub.getLoad()).avgLoad];
    yield ["getLogStream", (await firstOf(await hub.getLogStream())).length > 0];
    const audit = hub.getAuditStream().then(firstOf);
    yield ["getAuditStream", (await audit).length > 0];
    yield ["listEntities", Object.keys(await hub.listEntities()).length > 0];
    yield ["client.get", (await hub.client.get("version")).apiVersion];
}

async function* topicSteps(hub) {
    yield ["createTopic", (await hub.createTopic("road-1", "text/plain")).contentType];
    const sent = hub.sendTopic("road-1", "over the topic\n", {}, "text/plain", true);
    yield ["getTopic", await firstOf(await hub.getTopic("road-1", undefined, "text/plain"))];
    await sent;
    yield ["getTopics", (await hub.getTopics()).some(topic => topic.topicName === "road-1")];
    yield ["listTopics", (await hub.listTopics()).length > 0];
    yield ["deleteTopic", await hub.deleteTopic("road-1")];
    const records = hub.sendNamedData("road-2", [{ n: 1 }, { n: 2 }], {}, "application/x-ndjson");
    const named = await hub.getNamedData("road-2", { headers: { "Content-Type": "application/x-ndjson" } });
    yield ["sendNamedData", await firstOf(named)];
    await records;
    await hub.deleteTopic("road-2");
}

async function* sequenceSteps(hub) {
    const sequence = await hub.sendSequence(packageFile());
    yield ["sendSequence", (await hub.getSequence(sequence.id)).id === sequence.id];
    yield ["listSequences", (await hub.listSequences()).some(({ id }) => id === sequence.id)];
    yield ["getSequenceClient", (await hub.getSequenceClient(sequence.id).getInfo()).id === sequence.id];
    yield ["overwrite", (await sequence.overwrite(packageFile())).id === sequence.id];
    yield* instanceSteps(hub, sequence);
    yield ["listInstances of it", await sequence.listInstances()];
    yield ["deleteSequence", await hub.deleteSequence(sequence.id, { force: true })];
    yield ["gone", await hub.getSequence(sequence.id).catch(({ code, status }) => [code, status])];
}

async function* instanceSteps(hub, sequence) {
    const instance = await sequence.start({ appConfig: { loud: true } });
    yield ["start", (await hub.getInstanceInfo(instance.id)).sequence.id === sequence.id];
    yield ["listInstances", (await hub.listInstances()).some(({ id }) => id === instance.id)];
    yield ["getInstance", (await sequence.getInstance(instance.id)).id === instance.id];
    yield ["getInfo", (await instance.getInfo()).appConfig];
    yield ["getHealth of it", (await instance.getHealth()).healthy];
    const events = await instance.getEventStream("pong");
    const next = instance.getNextEvent("pong");
    yield ["sendEvent", (await instance.sendEvent("ping", "a")).accepted];
    yield ["getEventStream", await firstOf(events)];
    yield ["getNextEvent", await next];
    yield ["getEvent", await instance.getEvent("pong")];
    yield ["setMonitoringRate", (await instance.setMonitoringRate(500)).accepted];
    await instance.sendStdin("to stdin\n", {}, { end: true });
    yield ["stdin to stdout", await firstOf(await instance.getStream("stdout"))];
    const input = new PassThrough();
    const written = instance.sendInput(input, {}, { type: "text/plain" });
    input.write("one ");
    const output = await instance.getStream("output");
    yield ["a chunk while it is written", await firstOf({ once: (...given) => output.once(...given), destroy: () => undefined })];
    output.pause();
    input.end("two");
    await written;
    yield ["sendInput", await text(output)];
    yield ["stderr", await text(await instance.getStream("stderr"))];
    yield ["log", (await text(await instance.getStream("log"))).includes("hello from echo")];
    const second = await hub.startSequence(sequence.id, { args: ["x"] });
    const talk = new PassThrough();
    const answer = await second.inout(talk, {}, { type: "text/plain" });
    talk.end("said");
    yield ["inout", await text(answer)];
    const third = hub.getInstanceClient((await hub.getSequenceClient(sequence.id).start()).id);
    await third.stop(60000, false);
    yield ["stop", (await terminated(third)).exitcode];
    const happening = await hub.getInstanceEventStream();
    const fourth = await sequence.start();
    yield ["getInstanceEventStream", (await firstOf(happening)).includes('"type"')];
    await fourth.kill();
    yield ["kill", (await terminated(fourth)).exitcode];
    const { events: past } = await hub.listInstanceEvents();
    const types = past.filter(event => event.instance_id === third.id).map(({ type }) => type);
    yield ["listInstanceEvents", [types[0], types.at(-1)]];
}

async function* refusals(hub) {
    for (const id of ["..", ".", "", undefined]) {
        yield [`id ${id}`, await hub.getSequence(id).then(() => "asked", ({ code }) => code)];
    }
    yield ["slash", await hub.getSequence("a/b").catch(({ status }) => status)];
    yield ["no Hub", await new hub.constructor("http://127.0.0.1:1/api/v1").getVersion().catch(({ code }) => code)];
    const broken = Readable.from((function* () { yield "a"; throw new Error("out of data"); })());
    yield ["broken source", await hub.sendTopic("broken", broken).catch(({ message }) => message.includes("out of data"))];
}

const PARTS = { hub: hubSteps, topics: topicSteps, sequences: sequenceSteps, refusals };

module.exports = async function* (input, part) {
    for await (const [step, result] of PARTS[part](this.hub)) {
        yield [step, result];
    }
};
