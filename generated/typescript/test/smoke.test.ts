// Copied from client/typescript/test/smoke.test.ts by `make clients`; edit that file.

/** Takes a client through every step of client/smoke/steps.json with a running Hub: `npm run smoke`. */

import assert from "node:assert/strict";
import { appendFileSync, openAsBlob, readFileSync } from "node:fs";
import { before, test } from "node:test";
import { env } from "node:process";

import {
  type Api,
  bytes,
  connect,
  inout,
  lines,
  live,
  NotFoundError,
  ok,
  open,
  readLines,
  readRecords,
  type components,
} from "../src/index.js";

type Instance = components["schemas"]["Instance"];

const api: Api = connect(variable("SMOKE_HUB"));
const steps = JSON.parse(readFileSync(variable("SMOKE_STEPS"), "utf8")) as { name: string }[];
const FORCE = { "x-seq-kill-inst": true };
const TIME = { timeout: 120_000 };

let sequence = "";
let counting = "";
let echoing = "";

const STEPS: Record<string, () => Promise<void>> = {
  async version() {
    const version = await ok(api.GET("/version"));
    assert.equal(version.apiVersion, "v1");
  },

  async upload() {
    const body = await openAsBlob(variable("SMOKE_PACKAGE"));
    const headers = { "content-type": "application/octet-stream", "x-name": "smoke" };
    sequence = (await ok(api.POST("/sequence", { headers, body }))).id;
    assert.equal((await ok(api.GET("/sequence/{id}", at(sequence)))).name, "smoke");
  },

  async "upload-form"() {
    const form = new FormData();
    form.set("appConfig", JSON.stringify({ colour: "green" }));
    form.set("package", await openAsBlob(variable("SMOKE_PACKAGE")), "package.tar.gz");
    const { id } = await ok(api.POST("/sequence", { body: form as never }));
    assert.notEqual(id, sequence);
    const { id: instance } = await ok(api.POST("/sequence/{id}/start", { ...at(id), body: { args: ["echo"] } }));
    const { appConfig } = await ok(api.GET("/instance/{id}", at(instance)));
    assert.deepEqual(appConfig, { colour: "green" });
    await ok(api.POST("/instance/{id}/_kill", { ...at(instance), body: { removeImmediately: true } }));
    await ok(api.DELETE("/sequence/{id}", { params: { path: { id }, header: FORCE } }));
  },

  async start() {
    const body = { args: ["count", "line"] };
    counting = (await ok(api.POST("/sequence/{id}/start", { ...at(sequence), body }))).id;
    const instance = await ok(api.GET("/instance/{id}", at(counting)));
    assert.deepEqual(instance.args, ["count", "line"]);
  },

  async output() {
    const seen: string[] = [];
    for await (const line of readLines(api, "/instance/{id}/output", { path: { id: counting } })) {
      seen.push(line);
      if (seen.length === 3) {
        break;
      }
    }
    assert.deepEqual(seen, ["line 1", "line 2", "line 3"]);
  },

  async input() {
    echoing = (await ok(api.POST("/sequence/{id}/start", { ...at(sequence), body: { args: ["echo", "got"] } }))).id;
    const output = lines(await open(api, "/instance/{id}/output", { path: { id: echoing } }));
    const seen: (string | undefined)[] = [];
    // Each line is written once the one before has come back: only a live body can do that.
    async function* write(): AsyncGenerator<string> {
      for (const word of ["one", "two", "three"]) {
        yield `${word}\n`;
        seen.push((await output.next()).value as string | undefined);
      }
    }
    await ok(
      api.POST("/instance/{id}/input", { ...at(echoing), headers: { "content-type": "text/plain" }, body: live(write()) }),
    );
    assert.deepEqual(seen, ["got one", "got two", "got three"]);
    assert.equal((await output.next()).done, true);
  },

  async event() {
    const events = readRecords(api, "/instance/{id}/events/{name}", { path: { id: counting, name: "pong" } });
    const next = events.next();
    await ok(api.POST("/instance/{id}/_event", { ...at(counting), body: { eventName: "ping", message: { n: 1 } } }));
    assert.deepEqual((await next).value, { n: 1 });
    await events.return();
    // As older Hubs want it: behind its message code.
    const pair: components["schemas"]["EventMessage"] = [5001, { eventName: "ping", message: "again" }];
    assert.deepEqual(await ok(api.POST("/instance/{id}/_event", { ...at(counting), body: pair })), { accepted: "OK" });
  },

  async union() {
    const { sequence: of } = await ok(api.GET("/instance/{id}", at(counting)));
    assert.equal(typeof of === "string" ? of : of.id, sequence);
  },

  async "not-found"() {
    await assert.rejects(ok(api.GET("/instance/{id}", at("no-such-instance"))), (error) => {
      assert.ok(error instanceof NotFoundError);
      assert.equal(error.status, 404);
      assert.match(error.message, /no-such-instance/);
      return true;
    });
  },

  async log() {
    for await (const record of readRecords(api, "/instance/{id}/log", { path: { id: counting } })) {
      const age: number = Date.now() - record.ts;
      assert.ok(Math.abs(age) < 24 * 3600 * 1000, `ts ${record.ts}`);
      assert.equal(typeof record.msg, "string");
      return;
    }
    assert.fail("the log has no record");
  },

  async inout() {
    const { id } = await ok(api.POST("/sequence/{id}/start", { ...at(sequence), body: { args: ["echo", "both"] } }));
    let heard = "";
    let wake = (): void => undefined;
    async function* speak(): AsyncGenerator<string> {
      yield "first\n";
      // The second line is written once the first has come back.
      await new Promise<void>((resolve) => (wake = resolve));
      yield "second\n";
    }
    for await (const chunk of inout(api, id, speak())) {
      heard += new TextDecoder().decode(chunk);
      if (heard.includes("both first\n")) {
        wake();
      }
    }
    assert.equal(heard, "both first\nboth second\n");
  },

  async topic() {
    const topic = { params: { path: { topic: "smoke" } } };
    const headers = { "content-type": "application/x-ndjson" };
    const reading = readRecords(api, "/topic/{topic}", { path: { topic: "smoke" }, headers });
    const first = reading.next();
    await ok(api.POST("/topic/{topic}", { ...topic, headers, body: live(['{"n": 1}\n', '{"n": 2}\n']) }));
    assert.deepEqual((await first).value, { n: 1 });
    assert.deepEqual((await reading.next()).value, { n: 2 });
    const last = { ...topic, headers: { ...headers, "x-end-stream": "true" }, body: live(['{"n": 3}\n']) };
    await ok(api.POST("/topic/{topic}", last));
    assert.deepEqual((await reading.next()).value, { n: 3 });
    assert.equal((await reading.next()).done, true);
    await ok(api.DELETE("/topics/{topic}", topic));
  },

  async load() {
    const { fsSize } = await ok(api.GET("/load-check"));
    assert.ok(fsSize.length > 0);
    for (const { size, used, available } of fsSize) {
      assert.ok(size >= 0 && used >= 0 && available >= 0);
    }
  },

  async stop() {
    const { id } = await ok(api.POST("/sequence/{id}/start", { ...at(sequence), body: { args: ["count"] } }));
    const stopped: Instance = await ok(api.POST("/instance/{id}/_stop", { ...at(id), body: { timeout: 5000 } }));
    assert.equal(stopped.id, id);
    await ended(id);
  },

  async kill() {
    const killed: Instance = await ok(api.POST("/instance/{id}/_kill", { ...at(counting), body: {} }));
    assert.equal(killed.id, counting);
    assert.equal((await ended(counting)).terminated?.exitcode, 137);
  },

  async delete() {
    await ok(api.POST("/sequence/{id}/start", { ...at(sequence), body: { args: ["count"] } }));
    await ok(api.DELETE("/sequence/{id}", { params: { path: { id: sequence }, header: FORCE } }));
    await assert.rejects(ok(api.GET("/sequence/{id}", at(sequence))), NotFoundError);
  },
};

/** Wait for an Instance's end, which its output tells, and return it. */
async function ended(id: string): Promise<Instance> {
  for await (const _ of bytes(await open(api, "/instance/{id}/output", { path: { id } }))) {
    // Only the end counts.
  }
  for (;;) {
    const instance = await ok(api.GET("/instance/{id}", at(id)));
    if (instance.status === "completed" || instance.status === "errored") {
      return instance;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function at(id: string): { params: { path: { id: string } } } {
  return { params: { path: { id } } };
}

function variable(name: string): string {
  const value = env[name];
  assert.ok(value, `the environment has no ${name}`);
  return value;
}

before(() => assert.deepEqual(steps.map(({ name }) => name).sort(), Object.keys(STEPS).sort()));
for (const { name } of steps) {
  test(name, TIME, async () => {
    const began = performance.now();
    await STEPS[name]?.();
    const seconds = Math.round(performance.now() - began) / 1000;
    appendFileSync(variable("SMOKE_RESULTS"), `${JSON.stringify({ step: name, seconds })}\n`);
  });
}
