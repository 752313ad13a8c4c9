"""The code numbers shared by a Hub and its runners; PROTOCOL.md explains them."""

from __future__ import annotations

from typing import Final

# From runner to Hub.
PING: Final = 3000
MONITORING: Final = 3001
ACKNOWLEDGE: Final = 3004
SEQUENCE_STOPPED: Final = 3006
ALIVE: Final = 3010
SEQUENCE_COMPLETED: Final = 3011
PANG: Final = 3012

# From Hub to runner.
PONG: Final = 4000
STOP: Final = 4001
KILL: Final = 4002
MONITORING_RATE: Final = 4003

# In both directions.
EVENT: Final = 5001

# Exit codes of a runner's process.
SUCCESS: Final = 0
BAD_ENVIRONMENT: Final = 20
BAD_PATH: Final = 21
FAILED_ON_START: Final = 22
FAILED_WHILE_RUNNING: Final = 23
UNCAUGHT: Final = 101
KILLED: Final = 137
STOPPED: Final = 138

# The descriptors a runner starts with, in this order from 0.
CHANNELS: Final = ("stdin", "stdout", "stderr", "control", "log", "input", "output")
