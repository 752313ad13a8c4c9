// Made by `make generate` from openapi/. Do not edit.
"use strict";

const { path, payload, sending, withHeaders } = require("./calling.cjs");

/** The requests of `HostClient`. */
class HostOperations {
    /**
     * Return the service name and version.
     *
     * GET /version
     */
    async getVersion(init) {
        return this.client.get(path`version`, init);
    }

    /**
     * Check whether the Hub is connected to a Space.
     *
     * GET /status
     */
    async getStatus(init) {
        return this.client.get(path`status`, init);
    }

    /**
     * Return the Hub's public configuration.
     *
     * GET /config
     */
    async getConfig(init) {
        return this.client.get(path`config`, init);
    }

    /**
     * Check whether the Hub is healthy and accepts new work.
     *
     * GET /health
     */
    async getHealth(init) {
        return this.client.get(path`health`, init);
    }

    /**
     * Return the description of this API.
     *
     * GET /openapi.json
     */
    async getDescription(init) {
        return this.client.get(path`openapi.json`, init);
    }

    /**
     * Return the description of this API as YAML.
     *
     * GET /openapi.yaml
     */
    async getDescriptionYaml(init) {
        return this.client.getText(path`openapi.yaml`, init);
    }

    /**
     * Return the Hub's metrics.
     *
     * GET /metrics
     */
    async getMetrics(init) {
        return this.client.getText(path`metrics`, init);
    }

    /**
     * Return the load of the Hub's machine.
     *
     * GET /load-check
     */
    async getLoadCheck(init) {
        return this.client.get(path`load-check`, init);
    }

    /** The same as `getLoadCheck`. */
    async getLoad(...given) {
        return this.getLoadCheck(...given);
    }

    /**
     * Stream the Hub's log.
     *
     * GET /log
     */
    async getLogStream(init) {
        return this.client.getStream(path`log`, init);
    }

    /**
     * Stream the audit trail.
     *
     * GET /audit
     */
    async getAuditStream(init) {
        return this.client.getStream(path`audit`, init);
    }

    /**
     * List the Hub's Sequences, Instances and topics.
     *
     * GET /entities
     */
    async listEntities(init) {
        return this.client.get(path`entities`, init);
    }

    /**
     * List the Hub's Sequences.
     *
     * GET /sequences
     */
    async listSequences(init) {
        return this.client.get(path`sequences`, init);
    }

    /**
     * Upload a package as a new Sequence.
     *
     * POST /sequence
     */
    async sendSequence(stream, init, options, end) {
        return this.client.sendStream(path`sequence`, stream, init, sending(options, end));
    }

    /**
     * Return a Sequence.
     *
     * GET /sequence/{id}
     */
    async getSequence(id, init) {
        return this.client.get(path`sequence/${id}`, init);
    }

    /**
     * Delete a Sequence.
     *
     * DELETE /sequence/{id}
     */
    async deleteSequence(id, init) {
        return this.client.delete(path`sequence/${id}`, init);
    }

    /**
     * Start an Instance of a Sequence.
     *
     * POST /sequence/{id}/start
     */
    async startSequence(id, payload, init) {
        return this.client.post(path`sequence/${id}/start`, payload, init, { json: true, parse: "json" });
    }

    /**
     * List the Hub's Instances.
     *
     * GET /instances
     */
    async listInstances(init) {
        return this.client.get(path`instances`, init);
    }

    /**
     * List what happened to Instances.
     *
     * GET /instance_events
     */
    async listInstanceEvents(init) {
        return this.client.get(path`instance_events`, init);
    }

    /**
     * Follow what happens to Instances.
     *
     * GET /streams/instance_events
     */
    async getInstanceEventStream(init) {
        return this.client.getStream(path`streams/instance_events`, init);
    }

    /**
     * Return an Instance.
     *
     * GET /instance/{id}
     */
    async getInstanceInfo(id, init) {
        return this.client.get(path`instance/${id}`, init);
    }

    /**
     * List the Hub's topics.
     *
     * GET /topics
     */
    async getTopics(init) {
        return this.client.get(path`topics`, init);
    }

    /** The same as `getTopics`. */
    async listTopics(...given) {
        return this.getTopics(...given);
    }

    /**
     * Create a topic.
     *
     * POST /topics
     */
    async createTopic(id, contentType, init) {
        return this.client.post(path`topics`, payload(["id", "content-type"], [id, contentType]), init, { json: true, parse: "json" });
    }

    /**
     * Delete a topic.
     *
     * DELETE /topics/{topic}
     */
    async deleteTopic(topic, init) {
        return this.client.delete(path`topics/${topic}`, init);
    }

    /**
     * Read a topic.
     *
     * GET /topic/{topic}
     */
    async getTopic(topic, init, contentType) {
        return this.client.getStream(path`topic/${topic}`, withHeaders(init, { "content-type": contentType }));
    }

    /** The same as `getTopic`. */
    async getNamedData(...given) {
        return this.getTopic(...given);
    }

    /**
     * Write to a topic.
     *
     * POST /topic/{topic}
     */
    async sendTopic(topic, stream, init, options, end) {
        return this.client.sendStream(path`topic/${topic}`, stream, init, sending(options, end));
    }

    /** The same as `sendTopic`. */
    async sendNamedData(...given) {
        return this.sendTopic(...given);
    }
}

/** The requests of `SequenceClient`. */
class SequenceOperations {
    /**
     * Return a Sequence.
     *
     * GET /sequence/{id}
     */
    async getInfo(init) {
        return this.client.get(path`sequence/${this.id}`, init);
    }

    /**
     * Replace a Sequence's package.
     *
     * PUT /sequence/{id}
     */
    async overwrite(stream, init, options, end) {
        return this.client.sendStream(path`sequence/${this.id}`, stream, init, { put: true, ...sending(options, end) });
    }

    /**
     * List a Sequence's Instances.
     *
     * GET /sequence/{id}/instances
     */
    async listInstances(init) {
        return this.client.get(path`sequence/${this.id}/instances`, init);
    }

    /**
     * Start an Instance of a Sequence.
     *
     * POST /sequence/{id}/start
     */
    async start(payload, init) {
        return this.client.post(path`sequence/${this.id}/start`, payload, init, { json: true, parse: "json" });
    }
}

/** The requests of `InstanceClient`. */
class InstanceOperations {
    /**
     * Return an Instance.
     *
     * GET /instance/{id}
     */
    async getInfo(init) {
        return this.client.get(path`instance/${this.id}`, init);
    }

    /**
     * Return an Instance's health.
     *
     * GET /instance/{id}/health
     */
    async getHealth(init) {
        return this.client.get(path`instance/${this.id}/health`, init);
    }

    /**
     * Write to an Instance's stdin.
     *
     * POST /instance/{id}/stdin
     */
    async sendStdin(stream, init, options, end) {
        return this.client.sendStream(path`instance/${this.id}/stdin`, stream, init, sending(options, end));
    }

    /**
     * Stream an Instance's stdout.
     *
     * GET /instance/{id}/stdout
     */
    async getStdout(init) {
        return this.client.getStream(path`instance/${this.id}/stdout`, init);
    }

    /**
     * Stream an Instance's stderr.
     *
     * GET /instance/{id}/stderr
     */
    async getStderr(init) {
        return this.client.getStream(path`instance/${this.id}/stderr`, init);
    }

    /**
     * Write to an Instance's input.
     *
     * POST /instance/{id}/input
     */
    async sendInput(stream, init, options, end) {
        return this.client.sendStream(path`instance/${this.id}/input`, stream, init, sending(options, end));
    }

    /**
     * Stream an Instance's output.
     *
     * GET /instance/{id}/output
     */
    async getOutput(init) {
        return this.client.getStream(path`instance/${this.id}/output`, init);
    }

    /**
     * Write to an Instance's input and read its output in one request.
     *
     * POST /instance/{id}/inout
     */
    async inout(stream, init, options, end) {
        return this.client.sendStream(path`instance/${this.id}/inout`, stream, init, { parseResponse: "stream", ...sending(options, end) });
    }

    /**
     * Stream an Instance's log.
     *
     * GET /instance/{id}/log
     */
    async getLogStream(init) {
        return this.client.getStream(path`instance/${this.id}/log`, init);
    }

    /**
     * Send an event to an Instance.
     *
     * POST /instance/{id}/_event
     */
    async sendEvent(eventName, message, init) {
        return this.client.post(path`instance/${this.id}/_event`, payload(["eventName", "message"], [eventName, message]), init, { json: true, parse: "json" });
    }

    /**
     * Stream an Instance's events with a given name.
     *
     * GET /instance/{id}/event
     * GET /instance/{id}/events/{name}
     */
    async getEventStream(name, init) {
        if (name === undefined) return this.client.getStream(path`instance/${this.id}/event`, init);
        return this.client.getStream(path`instance/${this.id}/events/${name}`, init);
    }

    /**
     * Return the last event with a given name.
     *
     * GET /instance/{id}/event/{name}
     */
    async getEvent(name, init) {
        return this.client.get(path`instance/${this.id}/event/${name}`, init);
    }

    /**
     * Wait for an Instance's next event with a given name.
     *
     * GET /instance/{id}/once
     * GET /instance/{id}/once/{name}
     */
    async getNextEvent(name, init) {
        if (name === undefined) return this.client.get(path`instance/${this.id}/once`, init);
        return this.client.get(path`instance/${this.id}/once/${name}`, init);
    }

    /**
     * Ask an Instance to stop.
     *
     * POST /instance/{id}/_stop
     */
    async stop(timeout, canCallKeepalive, init) {
        return this.client.post(path`instance/${this.id}/_stop`, payload(["timeout", "canCallKeepalive"], [timeout, canCallKeepalive]), init, { json: true, parse: "json" });
    }

    /**
     * Kill an Instance.
     *
     * POST /instance/{id}/_kill
     */
    async kill(removeImmediately, init) {
        return this.client.post(path`instance/${this.id}/_kill`, payload(["removeImmediately"], [removeImmediately]), init, { json: true, parse: "json" });
    }

    /**
     * Set the interval between reports of an Instance.
     *
     * POST /instance/{id}/_monitoring_rate
     */
    async setMonitoringRate(monitoringRate, init) {
        return this.client.post(path`instance/${this.id}/_monitoring_rate`, payload(["monitoringRate"], [monitoringRate]), init, { json: true, parse: "json" });
    }
}

module.exports = { HostOperations, SequenceOperations, InstanceOperations };
