import assert from "node:assert/strict";
import { test } from "node:test";

import { ApiError, connect, ConflictError, NotFoundError, ok, ServerError } from "../src/index.js";

/** A client whose server always gives one reply, and shows the request that it got. */
function answering(status: number, body: string, type = "application/json") {
  const asked: Request[] = [];
  const api = connect("http://127.0.0.1:1/api/v1", {
    token: "secret",
    fetch: async (request) => {
      asked.push(request);
      return new Response(body, { status, headers: { "content-type": type } });
    },
  });
  return { api, asked };
}

for (const [status, kind] of [[404, NotFoundError], [409, ConflictError], [507, ServerError], [418, ApiError]] as const) {
  test(`${status} is a ${kind.name}`, async () => {
    const { api } = answering(status, '{"error": {"message": "why"}}');
    await assert.rejects(ok(api.GET("/version")), (error) => {
      assert.equal((error as object).constructor, kind);
      assert.ok(error instanceof ApiError);
      assert.equal(error.status, status);
      assert.match(error.message, new RegExp(`^${status} from .*: why$`));
      return true;
    });
  });
}

test("a Platform's reason and one that is no JSON are told, too", async () => {
  await assert.rejects(ok(answering(403, '{"message": "Forbidden"}').api.GET("/version")), /403 from .*: Forbidden/);
  await assert.rejects(ok(answering(502, "bad gateway", "text/plain").api.GET("/version")), /502 from .*: bad gateway/);
});

test("a token is sent, and JSON is JSON", async () => {
  const { api, asked } = answering(200, "{}");
  const params = { path: { id: "x" } };
  await ok(api.POST("/sequence/{id}/start", { params, body: { args: [1] } }));
  const [request] = asked;
  assert.equal(request?.headers.get("authorization"), "Bearer secret");
  assert.equal(request.headers.get("content-type"), "application/json");
  assert.deepEqual(await request.json(), { args: [1] });
});

test("a body of another type is sent as it is", async () => {
  const { api, asked } = answering(200, "");
  const headers = { "content-type": "text/plain" };
  await ok(api.POST("/instance/{id}/stdin", { params: { path: { id: "x" } }, headers, body: "as it is" }));
  assert.equal(await asked[0]?.text(), "as it is");
});
