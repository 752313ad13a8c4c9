"""The code numbers of operations in the audit trail."""

from __future__ import annotations

from typing import Final

# Operations that STH records have its own numbers (its OpRecordCode); others get a number in the
# same scheme: subject (10 Sequence, 11 Instance, 12 topic, 13 the Space that the Hub is in),
# method (1 POST, 2 GET, 3 PUT, 4 DELETE), serial.
OP_CODES: Final = {
    "uploadSequence": 10100,
    "startSequence": 10117,
    "getSequence": 10200,
    "replaceSequence": 10300,
    "deleteSequence": 10400,
    "writeStdin": 11103,
    "writeInput": 11107,
    "exchangeInout": 11108,
    "sendEvent": 11110,
    "setMonitoringRate": 11112,
    "stopInstance": 11114,
    "killInstance": 11115,
    "execCommand": 11220,
    "getInstance": 11200,
    "readStdout": 11201,
    "readStderr": 11202,
    "readInstanceLog": 11204,
    "readOutput": 11206,
    "getInstanceHealth": 11208,
    "streamEvents": 11209,
    "streamNamedEvents": 11209,
    "getLastEvent": 11210,
    "getNextEvent": 11211,
    "getNextNamedEvent": 11211,
    "writeTopic": 12100,
    "createTopic": 12101,
    "readTopic": 12200,
    "deleteTopic": 12400,
    "openSpaceChannel": 13100,
}
