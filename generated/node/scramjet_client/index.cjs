// Copied by `make generate` from client/node/index.cjs: edit it there.
"use strict";

const { ClientError, ClientUtils } = require("./transport.cjs");

module.exports = { ...require("./classes.cjs"), ClientError, ClientUtils };
