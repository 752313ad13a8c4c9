"use strict";

/** The code numbers shared by a Hub and its runners; ../PROTOCOL.md explains them. */
module.exports = Object.freeze({
    PING: 3000,
    MONITORING: 3001,
    ACKNOWLEDGE: 3004,
    SEQUENCE_STOPPED: 3006,
    ALIVE: 3010,
    SEQUENCE_COMPLETED: 3011,
    PANG: 3012,
    PONG: 4000,
    STOP: 4001,
    KILL: 4002,
    MONITORING_RATE: 4003,
    EVENT: 5001,

    SUCCESS: 0,
    BAD_ENVIRONMENT: 20,
    BAD_PATH: 21,
    FAILED_ON_START: 22,
    FAILED_WHILE_RUNNING: 23,
    UNCAUGHT: 101,
    KILLED: 137,
    STOPPED: 138,

    FDS: Object.freeze({ stderr: 2, control: 3, log: 4, input: 5, output: 6 }),
});
