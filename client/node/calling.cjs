"use strict";

const { ClientError, withHeaders } = require("./transport.cjs");

/** A template tag: a path whose parameters are encoded, so that they cannot change its meaning. */
function path(texts, ...values) {
    return texts.reduce((before, text, index) => before + segment(values[index - 1]) + text);
}

function segment(value) {
    const text = String(value ?? "");
    if (text === "" || text === "." || text === "..") {
        throw new ClientError("BAD_PARAMETERS", `${JSON.stringify(text)} cannot be an id or a name`);
    }
    return encodeURIComponent(text);
}

/**
 * The JSON body of a call: the arguments by field name; or the first argument, if it is such a body itself.
 *
 * @param {string[]} fields The names, in the order of the arguments.
 * @param {unknown[]} values The arguments.
 */
function payload(fields, values) {
    const [first, ...rest] = values;
    const isBody = isPlain(first) && rest.every(value => value === undefined);
    if (isBody && Object.keys(first).every(key => fields.includes(key))) return first;
    return Object.fromEntries(fields.map((field, index) => [field, values[index]]));
}

/** The options of a stream upload, from an object or from a content type and whether to end the target stream. */
function sending(options, end) {
    return typeof options === "object" && options !== null ? options : { type: options, end };
}

function isPlain(value) {
    return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

module.exports = { path, payload, sending, withHeaders };
