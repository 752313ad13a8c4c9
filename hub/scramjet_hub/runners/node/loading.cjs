"use strict";

const { pathToFileURL } = require("node:url");

// Errors of `require` for a file that is an ES module; they differ between versions of Node.
const ES_MODULE = new Set(["ERR_REQUIRE_ESM", "ERR_REQUIRE_ASYNC_MODULE"]);
const ES_SYNTAX = /^(Cannot use import statement|Unexpected token 'export'|await is only valid)/;

/**
 * Load the file of a Sequence.
 *
 * @param {string} path The file, CommonJS or an ES module.
 * @returns {Promise<{stages: Function[], requires: object, provides: object}>} Its functions in order, and its objects
 *     that name topics.
 */
async function load(path) {
    const parts = [exported(await loadModule(path))].flat();
    const stages = parts.filter(part => typeof part === "function");
    const declarations = parts.filter(part => part && typeof part === "object");
    if (!stages.length) throw new TypeError("The Sequence exports no function");
    return {
        stages,
        requires: declarations.find(part => part.requires) ?? {},
        provides: declarations.find(part => part.provides) ?? {},
    };
}

async function loadModule(path) {
    try {
        return require(path);
    } catch (error) {
        const isModule = ES_MODULE.has(error.code) || (error instanceof SyntaxError && ES_SYNTAX.test(error.message));
        if (!isModule) throw error;
        return import(pathToFileURL(path).href);
    }
}

/** Return the default export of a module, even if it was compiled to CommonJS. */
function exported(module) {
    let value = module;
    while (value && typeof value === "object" && !Array.isArray(value) && value.default !== undefined) {
        value = value.default;
    }
    return value;
}

module.exports = { load };
