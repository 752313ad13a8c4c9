"""The code numbers of operations in the audit trail of a Platform."""

from __future__ import annotations

from typing import Final

# In the scheme of Hubs: subject (14 Hub, 15 access key, 16 Space, 17 package, 18 topic), method (1 POST, 3 PUT,
# 4 DELETE), serial. A Space's own records have 13020, 14000 and 14001.
OP_CODES: Final = {
    "registerHub": 14100,
    "disconnectHubs": 14101,
    "deleteHub": 14400,
    "createAccessKey": 15100,
    "revokeAccessKeys": 15400,
    "startManager": 16100,
    "stopManager": 16101,
    "addStoreItem": 17300,
    "putStoreItem": 17301,
    "deleteStoreItem": 17400,
    "clearStore": 17401,
    "writeSpaceTopic": 18100,
}
