"use strict";

const fs = require("node:fs");
const path = require("node:path");

/** A wheel contains the generated client beside this file; in a checkout it is in the build's output folder. */
const PLACES = [path.join(__dirname, "client"), path.join(__dirname, "../../../../generated/node/scramjet_client")];

/**
 * Return a client of the Hub that runs the Instance; loaded only when a Sequence uses it.
 *
 * @param {string} apiBase The API of the Hub.
 * @param {string} token The Instance's token for it.
 */
function hubClient(apiBase, token) {
    const { ClientUtils, HostClient } = require(path.join(PLACES.find(place => fs.existsSync(place)), "index.cjs"));
    return new HostClient(apiBase, new ClientUtils(apiBase, { authorization: `Bearer ${token}` }));
}

module.exports = { hubClient };
