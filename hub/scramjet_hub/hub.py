"""The Hub: everything that a request can be about, and their common beginning and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scramjet_hub.audit import AuditTrail
from scramjet_hub.authorization import Authorization
from scramjet_hub.instances import InstanceRegistry
from scramjet_hub.load import LoadMonitor
from scramjet_hub.logs import HubLog
from scramjet_hub.sequences import SequenceStore
from scramjet_hub.topics import TopicRegistry

if TYPE_CHECKING:
    from scramjet_hub.config import HubConfig


class Hub:
    """One Hub and what it owns.

    Attributes:
        config: How it is set up.
        url: Where its API is, `http://HOST:PORT/api/v1`, once it listens.
        draining: Whether it is stopping: no Instance is started any more.
        authorization: Who may do what; also grants Instances their own tokens.
        log: The Hub's log, behind `GET /log`.
        audit: The audit trail, behind `GET /audit`.
        load: How busy the machine, or the container, is.
        sequences: The packages.
        topics: The topics.
        instances: What runs.
    """

    def __init__(self, config: HubConfig) -> None:
        self.config = config
        self.url = ""
        self.draining = False
        self.log = HubLog(config.log_buffer, config.log_level)
        self.audit = AuditTrail()
        self.load = LoadMonitor(config.data_dir)
        self.authorization = Authorization.from_config(config)
        self.sequences = SequenceStore(self)
        self.topics = TopicRegistry(self)
        self.instances = InstanceRegistry(self)

    async def start(self) -> None:
        """Make ready: the data folder, what the last Hub left in it, the stored Sequences."""
        await self.sequences.open()
        self.log.write("INFO", "Hub starts", source="Hub", data={"sequences": len(self.sequences)})

    async def close(self) -> None:
        """End everything that runs; afterwards nothing of this Hub is left but its stored Sequences."""
        self.draining = True
        await self.instances.close()
        await self.topics.close()
        self.log.close()
        self.audit.close()
        self.sequences.close()
