"""The Hub: creates all its parts, and starts and stops them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import attrs
from scramjet_serving.access.audit import AuditTrail
from scramjet_serving.access.authorization import Authorization, TokenError
from scramjet_serving.access.gate import TokenGate
from scramjet_serving.config import is_loopback
from scramjet_serving.log import ServiceLog
from scramjet_serving.machine.load import LoadMonitor
from scramjet_serving.machine.metrics import Metrics
from scramjet_serving.streams.quota import Quota

from scramjet_hub.history.database import Bounds
from scramjet_hub.history.history import History
from scramjet_hub.instances.registry import InstanceRegistry
from scramjet_hub.instances.surroundings import Surroundings
from scramjet_hub.joining.announcements import Known
from scramjet_hub.joining.link import SpaceLink
from scramjet_hub.machine.data_folder import DataDir
from scramjet_hub.machine.memory_trimming import Trimmer
from scramjet_hub.op_codes import OP_CODES
from scramjet_hub.runners.isolation.sandbox import Sandboxes
from scramjet_hub.runners.orphans import kill_orphans
from scramjet_hub.runners.turns import Turns
from scramjet_hub.sequences.archive import Limits
from scramjet_hub.sequences.store import SequenceStore
from scramjet_hub.topics.memory import MemoryTopic
from scramjet_hub.topics.registry import TopicRegistry

if TYPE_CHECKING:
    from asyncio import Protocol
    from collections.abc import Callable

    from scramjet_hub.config import HubConfig


class Hub:
    """One Hub and its parts.

    Args:
        config: Its configuration; without an id it gets the id of its data folder.

    Raises:
        DataDirError: The data folder cannot be used.
        TokenError: The file of tokens cannot be used.

    Attributes:
        config: Its configuration.
        data: Its data folder.
        url: The URL of its API, `http://HOST:PORT/api/v1`, once it listens.
        draining: Whether it is shutting down and starts nothing new.
        authorization: The tokens and their scopes; also grants tokens to Instances.
        gate: Decides who may send which request.
        log: The Hub's log, behind `GET /log`.
        audit: The audit trail, behind `GET /audit`.
        turns: The time budget for processing what runners write.
        metrics: The metrics behind `GET /metrics`.
        load: The load of the machine or container.
        sequences: The Sequences.
        topics: The topics.
        sandboxes: Says how Sequences are isolated.
        instances: The Instances.
        history: What happened to Instances.
        space: The link to the Space that it joins; None if it joins none.
        serve_channel: Returns a protocol that serves a connection through the Space; to be set before the start.
    """

    def __init__(self, config: HubConfig) -> None:
        self.authorization = Authorization.from_config(config)
        self.data = DataDir(config.data_dir)
        self.data.open()
        try:
            self._assemble(config)
        except BaseException:
            self.data.close()
            raise

    def _assemble(self, config: HubConfig) -> None:
        config = config if config.id else attrs.evolve(config, id=self.data.identity())
        self.config = config
        self.gate = TokenGate(self.authorization, config)
        self.url = ""
        self.draining = False
        self.log = ServiceLog(config.log_buffer, config.log_level, config.kind)
        self.audit = AuditTrail(OP_CODES)
        self.turns = Turns()
        self.metrics = Metrics()
        self.load = LoadMonitor(self.data.path)
        limits = Limits(config.max_unpacked_size, config.max_package_files)
        self.sequences = SequenceStore(self.data, limits, self.load, self.log, lambda id_: self.instances.running(id_))
        self.topics = topics_in_memory(config)
        self.history = History(self.data.path, Bounds(config.history_age, config.history_size), self.log)
        around = Surroundings(
            config, self.topics, self.authorization, self.log, self.history, self.turns, lambda: self.url
        )
        self.sandboxes = Sandboxes(config, self.data.path, self.data.new_work, lambda: urlsplit(self.url).port or 0)
        self.instances = InstanceRegistry(around, self.data.path, self.load, self.sandboxes)
        self.space = self._link() if config.space else None
        self.serve_channel: Callable[[], Protocol] | None = None
        self._trimmer = Trimmer()

    def _link(self) -> SpaceLink:
        """Return the link to the Space of the options."""
        known = Known(
            load=self.load.report,
            sequences=lambda: {sequence.id: sequence for sequence in self.sequences.all()},
            instances=lambda: {instance.id: instance for instance in self.instances.all()},
            topics=self.topics.all,
            show_sequence=lambda sequence: sequence.info(self.config.id, self.instances.running(sequence.id)),
            show_instance=lambda instance: instance.info(),
        )
        return SpaceLink(self.config, self.log, known, self._adopt_id)

    def _adopt_id(self, hub_id: str) -> None:
        """Take the id that the Space gives, now and after a restart."""
        self.data.keep_identity(hub_id)
        self.config = attrs.evolve(self.config, id=hub_id)

    def start(self) -> None:
        """Start: load what the last Hub stored, kill what it left running, prepare to run Instances."""
        self._tell_who_may_call()
        self._tell_isolation()
        if self.data.adopted:
            self.log.write(
                "INFO", "The data folder is that of an older Hub; it has got a mark", data=str(self.data.path)
            )
        if killed := kill_orphans(self.data.path):
            self.log.write("WARN", "Processes of an earlier Hub were still there and were killed", data=killed)
        self.history.start()
        self.sequences.load()
        self.instances.open()
        self._trimmer.start()
        if self.space is not None and self.serve_channel is not None:
            self.space.start(self.serve_channel)
        self.log.write("INFO", "Hub starts", data={"id": self.config.id, "sequences": len(self.sequences)})

    def _tell_who_may_call(self) -> None:
        if self.authorization.required:
            self.log.write("INFO", f"The Hub is guarded: it asks for one of {self.authorization.count} tokens")
            return
        level = "INFO" if is_loopback(self.config.host) else "WARN"
        who = "every user of this machine" if is_loopback(self.config.host) else "whoever reaches it"
        self.log.write(level, f"The Hub is open: it asks for no token, so {who} can run programs here")

    def _tell_isolation(self) -> None:
        choice = self.sandboxes.choice
        if choice.warning:
            self.log.write("WARN", choice.warning)
        self.log.write("INFO", f"The isolation of Sequences is {choice.kind}", data=self.sandboxes.public())

    def reload_tokens(self) -> None:
        """Reload the tokens; if that fails, the old ones stay, and an error is logged."""
        if self.config.token_file is None:
            self.log.write("INFO", "There is no token file to read again")
            return
        try:
            self.authorization.reload(self.config)
        except TokenError as error:
            self.log.write("ERROR", f"The tokens stay as they were: {error}")
        else:
            self.log.write("INFO", f"The tokens were read again; there are {self.authorization.count}")

    async def problems(self) -> list[str]:
        """Return the problems that keep the Hub from working, as sentences."""
        found = [f"The data folder {problem}"] if (problem := self.data.problem()) else []
        if not await self.instances.runners.answers():
            found.append("The process that starts Instances does not answer")
        return found

    async def drain(self, timeout: float) -> None:
        """Shut down gracefully: run stop handlers within the time limit, and end every stream.

        Args:
            timeout: The time limit of stop handlers in seconds; 0 kills at once.
        """
        self.draining = True
        self.log.write("INFO", "Hub stops", data={"instances": len(self.instances.all())})
        await self.instances.close(timeout)
        await self.topics.close()
        await self.sequences.close()
        await self.history.close()
        self._trimmer.close()
        self.audit.close()
        self.log.close()
        if self.space is not None:
            await self.space.close()

    def close(self) -> None:
        """Release the data folder; only the stored Sequences of this Hub remain."""
        self.data.close()


def topics_in_memory(config: HubConfig) -> TopicRegistry:
    """Return a registry of topics in memory that share one quota."""

    def make(name: str, content_type: str) -> MemoryTopic:
        return MemoryTopic(name, content_type, config.topic_buffer, config.reader_timeout, quota)

    topics = TopicRegistry(make, config.max_topics)
    quota = Quota(config.topic_memory, lambda: topics.held)
    return topics
