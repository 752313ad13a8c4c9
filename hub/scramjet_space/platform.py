"""The Platform: creates all its parts and its Spaces, and starts and stops them."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any, Final

import attrs
from scramjet_serving.access.audit import AuditTrail
from scramjet_serving.access.authorization import TokenError, configured
from scramjet_serving.errors import Full, NotFound, Taken
from scramjet_serving.log import ServiceLog
from scramjet_serving.machine.load import LoadMonitor
from scramjet_serving.machine.metrics import Metrics

from scramjet_space.access.gate import PlatformGate
from scramjet_space.access.secrets import Secrets
from scramjet_space.access.tokens import Tokens
from scramjet_space.op_codes import OP_CODES
from scramjet_space.spaces.space import Space, Surroundings
from scramjet_space.state.folder import DataFolder
from scramjet_space.state.records import SpaceRecord, now
from scramjet_space.state.sqlite import SqliteState

if TYPE_CHECKING:
    from scramjet_space.config import PlatformConfig
    from scramjet_space.hubs.joining import Joining

HOW_TO_BEGIN: Final = (
    "No token has been made yet, so every request is answered with 403. Make one with:"
    " scramjet-platform token create --data-dir {folder}"
)


class Platform:
    """One Platform and its Spaces.

    Args:
        config: Its configuration.

    Raises:
        FolderError: The data folder cannot be used.
        StorageFailed: What it kept cannot be read.
        TokenError: The file of tokens cannot be used.

    Attributes:
        config: Its configuration.
        url: The URL of its API, `http://HOST:PORT/api/v1`, once it listens.
        started: When it was started, on the monotonic clock.
        log: Its log.
        audit: The audit trail of its own operations.
        metrics: Counts requests.
        load: The load of the machine.
        tokens: The user tokens.
        state: What survives a restart.
    """

    def __init__(self, config: PlatformConfig) -> None:
        self.config = config
        self.url = ""
        self.started = time.monotonic()
        fixed = configured(config)
        self.folder = DataFolder(config.data_dir)
        self.folder.claim()
        self.log = ServiceLog(config.log_buffer, config.log_level, config.kind)
        self.audit = AuditTrail(OP_CODES)
        self.metrics = Metrics()
        self.load = LoadMonitor(self.folder.path)
        self.state = SqliteState(self.folder.records)
        secrets = Secrets(self.folder.secret())
        self.tokens = Tokens(self.state.tokens, secrets.signing, fixed)
        self.gate = PlatformGate(self.tokens, config, config.native)
        self._around = Surroundings(config, self.state, self.folder, secrets, self.log)
        self._spaces: dict[str, Space] = {}

    def start(self) -> None:
        """Start all Spaces, those of the configuration first."""
        self.state.start()
        for space_id in self.config.space:
            self._serve(space_id)
        for record in self.state.spaces.all():
            if record.running and record.id not in self._spaces:
                self._serve(record.id)
        self._tell_who_may_call()
        self.log.write("INFO", "Platform starts", source="Platform", data={"spaces": list(self._spaces)})

    def _tell_who_may_call(self) -> None:
        if self.config.allow_open:
            self.log.write(
                "WARN", "The Platform is open: every user of this machine can use every Hub", source="Platform"
            )
        elif not self.tokens.count:
            self.log.write("WARN", HOW_TO_BEGIN.format(folder=self.folder.path), source="Platform")

    def _serve(self, space_id: str) -> Space:
        space = self._spaces[space_id] = Space(space_id, self._around)
        space.start()
        return space

    def health(self) -> dict[str, Any]:
        """Return how the Platform is."""
        uptime = round(time.monotonic() - self.started, 3)
        return {"healthy": True, "uptime": uptime, "timestamp": now(), "modules": {"sthServer": True}}

    def spaces(self) -> list[Space]:
        """Return all Spaces, the preferred one first."""
        return list(self._spaces.values())

    def space(self, space_id: str) -> Space:
        """Return a Space.

        Raises:
            NotFound: There is none with this id.
        """
        space = self._spaces.get(space_id)
        if space is None:
            raise NotFound(f"Space {space_id} not found")
        return space

    async def admit(self, joining: Joining) -> None:
        """Let a Hub join the Space that it names, or refuse it."""
        # Hubs before 0.19 name none.
        name = joining.space or next(iter(self._spaces), "")
        space = self._spaces.get(name)
        if space is None:
            joining.refuse(404, "There is no such Space")
        else:
            await space.admission.decide(joining)

    async def start_space(self, space_id: str) -> Space:
        """Start another Space, which is started again with the Platform.

        Args:
            space_id: Its id; empty for a new one.

        Raises:
            Taken: There is a Space with this id.
            Full: There are too many.
            StorageFailed: It could not be stored.
        """
        space_id = space_id or str(uuid.uuid4())
        if space_id in self._spaces:
            raise Taken(f"There is a Space {space_id}")
        if len(self._spaces) >= self.config.max_spaces:
            raise Full(f"There are {len(self._spaces)} Spaces and no more may run")
        space = self._serve(space_id)
        await self.state.spaces.put(SpaceRecord(id=space_id, created=now()))
        return space

    async def stop_space(self, space_id: str) -> None:
        """Stop a Space; what it stored is kept for the next one with this id.

        Raises:
            NotFound: There is none with this id.
            StorageFailed: It could not be stored.
        """
        space = self.space(space_id)
        del self._spaces[space_id]
        await space.close("The Space was stopped")
        if (record := self.state.spaces.get(space_id)) is not None:
            await self.state.spaces.put(attrs.evolve(record, running=False))

    def reload_tokens(self) -> None:
        """Reload the tokens of the configuration; if that fails, the old ones stay, and an error is logged."""
        try:
            self.tokens.configure(configured(self.config))
        except TokenError as error:
            self.log.write("ERROR", f"The tokens stay as they were: {error}", source="Platform")
        else:
            self.log.write("INFO", "The tokens were read again", source="Platform")

    async def drain(self, timeout: float) -> None:  # noqa: ARG002 - Hubs go on; nothing has to be waited for
        """Disconnect all Hubs, end every stream, and complete what is being stored."""
        self.log.write("INFO", "Platform stops", source="Platform")
        for space in self.spaces():
            await space.close("The Platform stops")
        self.audit.close()
        self.log.close()
        await self.state.close()

    def close(self) -> None:
        """Release the data folder."""
        self.folder.close()
