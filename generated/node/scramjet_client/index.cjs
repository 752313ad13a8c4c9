// Made by `make generate` from client/node/index.cjs: edit that file, not this one.
"use strict";

const { ClientError, ClientUtils } = require("./transport.cjs");

module.exports = { ...require("./classes.cjs"), ClientError, ClientUtils };
