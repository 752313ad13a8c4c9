"""Profiles: which operations a kind of Hub serves, and where and why it deviates from the description."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import yaml

from scramjet_contract.deviations import Deviation, described

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scramjet_contract.description import Description, Operation
    from scramjet_contract.results import Problem


@attrs.frozen(kw_only=True)
class Unseen:
    """Documented replies that cannot be provoked on a kind of Hub.

    Attributes:
        status: The status.
        operations: The operations; empty for all.
        media_type: The media type; empty for any.
        reason: Why they cannot be provoked.
    """

    status: int
    reason: str
    operations: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    media_type: str = ""

    def covers(self, operation: str, status: int, media_type: str) -> bool:
        """Return whether a cell of the matrix is one of these."""
        return (
            status == self.status
            and (not self.operations or operation in self.operations)
            and self.media_type in ("", media_type)
        )


@attrs.frozen(kw_only=True)
class Profile:
    """A kind of Hub.

    Attributes:
        name: The name for `--profile`.
        title: A description for people.
        kind: Which `x-served-by` entries apply: hub, space or platform.
        server: Which server's `x-deviations` of the description apply; empty for none.
        version: The version of that server.
        only: Which operations with `only` apply, such as `embedded`.
        language: The language of the Sequences it can run, `python` or `node`.
        recognise: Fields of `GET /version` to regular expressions that select the profile.
        without: Operations it lacks, to the reason, besides those marked so in the description.
        skip: Scenarios and property phases to leave out, to the reason.
        unseen: Documented replies that cannot be provoked.
        elsewhere: Documented replies of other servers that would be wrong from this kind of Hub.
        deviations: Known deviations; those of a profile are about no operation, the others are in the description.
        settings: Further settings for scenarios.
    """

    name: str
    title: str
    kind: str = "hub"
    server: str = ""
    version: str = ""
    only: str | None = None
    language: str = "python"
    recognise: Mapping[str, str] = attrs.field(factory=dict)
    without: Mapping[str, str] = attrs.field(factory=dict)
    skip: Mapping[str, str] = attrs.field(factory=dict)
    unseen: tuple[Unseen, ...] = ()
    elsewhere: tuple[Unseen, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    settings: Mapping[str, Any] = attrs.field(factory=dict)

    @classmethod
    def parse(cls, raw: Mapping[str, Any]) -> Profile:
        """Parse a profile from loaded YAML.

        Raises:
            TypeError: A key is unknown or missing.
        """
        fields = dict(raw)
        for name in ("unseen", "elsewhere"):
            fields[name] = tuple(Unseen(**item) for item in fields.get(name) or ())
        fields["deviations"] = tuple(Deviation.parse(item) for item in fields.get("deviations") or ())
        return cls(**fields)

    def informed_by(self, description: Description) -> Profile:
        """Return this profile plus the deviations and missing operations that the description lists for its server."""
        if not self.server:
            return self
        known = described(description, self.server, self.version)
        lacking = {key: deviation.what for deviation in known if deviation.missing for key in deviation.operations}
        return attrs.evolve(self, without={**lacking, **self.without}, deviations=(*self.deviations, *known))

    @property
    def expected(self) -> tuple[Deviation, ...]:
        """The deviations that a run may meet."""
        return tuple(deviation for deviation in self.deviations if deviation.seen)

    def operations(self, description: Description) -> dict[str, Operation]:
        """Return the operations of the description that this kind of Hub has, with the replies that it may give."""
        served = description.served_by(self.kind, self.only)
        return {key: self._own(operation) for key, operation in served.items() if key not in self.without}

    def _own(self, operation: Operation) -> Operation:
        replies = {
            status: own
            for status, kinds in operation.replies.items()
            if (own := tuple(kind for kind in kinds if not self._is_elsewhere(operation.id, status, kind)))
        }
        return attrs.evolve(operation, replies=replies)

    def _is_elsewhere(self, operation: str, status: int, media_type: str) -> bool:
        return any(reply.covers(operation, status, media_type) for reply in self.elsewhere)

    def known(self, problem: Problem) -> list[Deviation]:
        """Return the known deviations that a problem may be, the likeliest first; empty if it is a new problem."""
        return [deviation for deviation in self.deviations if deviation.covers(problem)]

    def recognises(self, version: Mapping[str, Any]) -> bool:
        """Return whether a reply of `GET /version` comes from this kind of Hub."""
        return bool(self.recognise) and all(
            re.fullmatch(pattern, str(version.get(field, ""))) for field, pattern in self.recognise.items()
        )


def load(name: str) -> Profile:
    """Read a profile: a built-in one by name, or a file by path.

    Raises:
        ValueError: It does not exist or cannot be read.
    """
    ours = _ours()
    path = ours.get(name) or Path(name)
    try:
        return Profile.parse(yaml.safe_load(path.read_text()))
    except OSError:
        raise ValueError(f"there is no profile {name!r}; there are {', '.join(sorted(ours))}, or give a file") from None
    except (yaml.YAMLError, TypeError) as error:
        raise ValueError(f"the profile {name} cannot be read: {error}") from None


def choose(version: Mapping[str, Any], kind: str = "hub") -> Profile:
    """Choose the profile for a server by its reply to `GET /version`; if none matches, the one without deviations."""
    profiles = [profile for profile in map(load, names()) if profile.kind == kind]
    return next((profile for profile in profiles if profile.recognises(version)), load(kind))


def names() -> list[str]:
    """Return the names of the built-in profiles."""
    return sorted(_ours())


def _ours() -> dict[str, Path]:
    folder = Path(str(resources.files("scramjet_contract"))) / "profiles"
    return {path.stem: path for path in folder.glob("*.yaml")}
