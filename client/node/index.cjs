"use strict";

const { ClientError, ClientUtils } = require("./transport.cjs");

module.exports = { ...require("./classes.cjs"), ClientError, ClientUtils };
