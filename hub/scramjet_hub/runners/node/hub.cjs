"use strict";

/** A client of the Hub that runs the Instance: small, since a Sequence that needs more can bring a client along. */
class HubClient {
    /**
     * @param {string} apiBase The API of the Hub.
     * @param {string} token The Instance's token for it.
     */
    constructor(apiBase, token) {
        this.apiBase = apiBase;
        Object.defineProperty(this, "_token", { value: token });
    }

    /** `fetch`, for a path below the API and with the token; rejects for every status but a good one. */
    async fetch(path, init = {}) {
        const headers = { authorization: `Bearer ${this._token}`, ...init.headers };
        const response = await fetch(this.apiBase + path, { duplex: "half", ...init, headers });
        if (!response.ok) throw new Error(`${init.method ?? "GET"} ${path}: ${response.status} ${await response.text()}`);
        return response;
    }

    async getVersion() {
        return (await this.fetch("/version")).json();
    }

    async listSequences() {
        return (await this.fetch("/sequences")).json();
    }

    async listInstances() {
        return (await this.fetch("/instances")).json();
    }

    async getTopics() {
        return (await this.fetch("/topics")).json();
    }

    /** Start a Sequence by its id or name; `{id, message}` of the Instance. */
    async startSequence(id, body = {}) {
        const headers = { "content-type": "application/json" };
        const path = `/sequence/${encodeURIComponent(id)}/start`;
        return (await this.fetch(path, { method: "POST", headers, body: JSON.stringify(body) })).json();
    }

    /** Write to a topic; resolves when all of it was taken. */
    async sendTopic(topic, body, contentType = "application/x-ndjson") {
        const headers = { "content-type": contentType };
        return (await this.fetch(`/topic/${topic}`, { method: "POST", headers, body })).json();
    }

    /** Read a topic, as a web stream of bytes. */
    async getTopic(topic, contentType = "application/x-ndjson") {
        return (await this.fetch(`/topic/${topic}`, { headers: { "content-type": contentType } })).body;
    }
}

module.exports = { HubClient };
