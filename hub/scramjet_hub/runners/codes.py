"""The numbers that a Hub and its runners share; PROTOCOL.md says what they mean."""

from __future__ import annotations

from typing import Final

# Runner to Hub.
PING: Final = 3000
MONITORING: Final = 3001
ACKNOWLEDGE: Final = 3004
SEQUENCE_STOPPED: Final = 3006
ALIVE: Final = 3010
SEQUENCE_COMPLETED: Final = 3011
PANG: Final = 3012

# Hub to runner.
PONG: Final = 4000
STOP: Final = 4001
KILL: Final = 4002
MONITORING_RATE: Final = 4003

# Both ways.
EVENT: Final = 5001

# How a runner's process exits.
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
