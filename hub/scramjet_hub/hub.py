"""The Hub: everything that a request can be about, and their common beginning and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from scramjet_hub.audit import AuditTrail
from scramjet_hub.authorization import Authorization
from scramjet_hub.datadir import DataDir
from scramjet_hub.instances import InstanceRegistry
from scramjet_hub.leftovers import kill_leftovers
from scramjet_hub.load import LoadMonitor
from scramjet_hub.logs import HubLog
from scramjet_hub.metrics import Metrics
from scramjet_hub.sequences import SequenceStore
from scramjet_hub.topics import TopicRegistry
from scramjet_hub.trimming import Trimmer
from scramjet_hub.version import VERSION

if TYPE_CHECKING:
    from scramjet_hub.config import HubConfig


class Hub:
    """One Hub and what it owns.

    Args:
        config: How it is set up; without an id it gets that of its data folder.

    Raises:
        DataDirError: The data folder cannot be used.
        ValueError: The file of tokens is not one.

    Attributes:
        config: How it is set up.
        data: Its folder.
        url: Where its API is, `http://HOST:PORT/api/v1`, once it listens.
        draining: Whether it is stopping: nothing new is started any more.
        authorization: Who may do what; also grants Instances tokens of their own.
        log: The Hub's log, behind `GET /log`.
        audit: The audit trail, behind `GET /audit`.
        metrics: The figures behind `GET /metrics`.
        load: How busy the machine, or the container, is.
        sequences: The packages.
        topics: The topics.
        instances: What runs.
    """

    def __init__(self, config: HubConfig) -> None:
        self.authorization = Authorization.from_config(config)
        self.data = DataDir(config.data_dir)
        self.data.open()
        self.config = config if config.id else attrs.evolve(config, id=self.data.identity())
        self.url = ""
        self.draining = False
        self.log = HubLog(config.log_buffer, config.log_level)
        self.audit = AuditTrail()
        self.metrics = Metrics(VERSION)
        self.load = LoadMonitor(config.data_dir)
        self.sequences = SequenceStore(self)
        self.topics = TopicRegistry(self)
        self.instances = InstanceRegistry(self)
        self._trimmer = Trimmer()

    def start(self) -> None:
        """Take over from the last Hub: read what it kept, end what it left running; be ready to run more."""
        if killed := kill_leftovers(self.data.path):
            self.log.write("WARN", "Processes of an earlier Hub were still there and were killed", data=killed)
        self.sequences.load()
        self.instances.open()
        self._trimmer.start()
        self.log.write("INFO", "Hub starts", data={"id": self.config.id, "sequences": len(self.sequences)})

    async def drain(self, timeout: float) -> None:
        """End what runs, in good order: stop handlers have their time, and every stream comes to its end.

        Args:
            timeout: The time for stop handlers in seconds; 0 kills at once.
        """
        self.draining = True
        self.log.write("INFO", "Hub stops", data={"instances": len(self.instances.all())})
        await self.instances.close(timeout)
        await self.topics.close()
        self.sequences.close()
        self._trimmer.close()
        self.audit.close()
        self.log.close()

    def close(self) -> None:
        """Give the data folder back; nothing of this Hub is left but its stored Sequences."""
        self.data.close()
