"""Profiles: what a kind of Hub serves, where it is known to deviate from the description, and why."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scramjet_contract.description import Description, Operation
    from scramjet_contract.results import Problem


@attrs.frozen(kw_only=True)
class Deviation:
    """One way in which a kind of Hub is known not to keep the contract.

    A problem is this deviation if every condition given holds; texts are regular expressions that must match somewhere.

    Attributes:
        id: Its name, unique in the profile.
        what: What happens.
        reason: Why that is accepted.
        exchange: The request and the reply that show it.
        source: Condition on where it is found, such as `scenario input-by-topic`.
        check: Condition on the check that fails.
        operations: Condition on the operation; empty for any.
        status: Condition on the status of the reply.
        message: Condition on the message.
        sometimes: Whether it need not happen in every run; never reported as gone.
    """

    id: str
    what: str
    reason: str
    exchange: str = ""
    source: str = ""
    check: str = ""
    operations: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    status: int | None = None
    message: str = ""
    sometimes: bool = False

    def covers(self, problem: Problem) -> bool:
        """Whether a problem is this deviation."""
        return (
            (not self.operations or problem.operation in self.operations)
            and (self.status is None or self.status == problem.status)
            and re.search(self.source, problem.source) is not None
            and re.search(self.check, problem.check) is not None
            and re.search(self.message, problem.message, re.DOTALL) is not None
        )


@attrs.frozen(kw_only=True)
class Unseen:
    """Documented replies that cannot be provoked on a kind of Hub.

    Attributes:
        status: The status.
        operations: Of which operations; empty for all.
        media_type: The media type; empty for any.
        reason: Why.
    """

    status: int
    reason: str
    operations: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    media_type: str = ""

    def covers(self, operation: str, status: int, media_type: str) -> bool:
        """Whether a cell of the matrix is one of these."""
        return (
            status == self.status
            and (not self.operations or operation in self.operations)
            and self.media_type in ("", media_type)
        )


@attrs.frozen(kw_only=True)
class Profile:
    """A kind of Hub.

    Attributes:
        name: What `--profile` takes.
        title: What it is, for people.
        kind: Which `x-served-by` entries apply: hub, space or platform.
        only: Which operations with `only` apply, such as `embedded`.
        language: The language of Sequences that it can run, `python` or `node`.
        recognise: Fields of `GET /version` to regular expressions, by which the profile is chosen.
        without: Operations that it lacks, to the reason.
        skip: Scenarios and property phases that are left out, to the reason.
        unseen: Documented replies that cannot be provoked.
        elsewhere: Documented replies that other servers give, and that would be wrong coming from this kind of Hub.
        deviations: Known deviations.
        settings: What else scenarios need to know.
    """

    name: str
    title: str
    kind: str = "hub"
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
        """Read a profile from parsed YAML.

        Raises:
            TypeError: A key is not known or one is missing.
        """
        fields = dict(raw)
        for name in ("unseen", "elsewhere"):
            fields[name] = tuple(Unseen(**item) for item in fields.get(name) or ())
        fields["deviations"] = tuple(Deviation(**item) for item in fields.get("deviations") or ())
        return cls(**fields)

    def operations(self, description: Description) -> dict[str, Operation]:
        """The operations of the description that this kind of Hub has, with the replies that it may give."""
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

    def known(self, problem: Problem) -> Deviation | None:
        """The known deviation that a problem is, if it is one."""
        return next((deviation for deviation in self.deviations if deviation.covers(problem)), None)

    def recognises(self, version: Mapping[str, Any]) -> bool:
        """Whether a reply of `GET /version` is that of this kind of Hub."""
        return bool(self.recognise) and all(
            re.fullmatch(pattern, str(version.get(field, ""))) for field, pattern in self.recognise.items()
        )


def load(name: str) -> Profile:
    """Read a profile: one of ours by its name, or a file by its path.

    Raises:
        ValueError: There is none, or it cannot be read.
    """
    ours = _ours()
    path = ours.get(name) or Path(name)
    try:
        return Profile.parse(yaml.safe_load(path.read_text()))
    except OSError:
        raise ValueError(f"there is no profile {name!r}; there are {', '.join(sorted(ours))}, or give a file") from None
    except (yaml.YAMLError, TypeError) as error:
        raise ValueError(f"the profile {name} cannot be read: {error}") from None


def choose(version: Mapping[str, Any]) -> Profile:
    """The profile for the Hub that gave this reply to `GET /version`; the one without deviations if none claims it."""
    profiles = [load(name) for name in sorted(_ours())]
    return next((profile for profile in profiles if profile.recognises(version)), load("hub"))


def names() -> list[str]:
    """The names of our profiles."""
    return sorted(_ours())


def _ours() -> dict[str, Path]:
    folder = Path(str(resources.files("scramjet_contract"))) / "profiles"
    return {path.stem: path for path in folder.glob("*.yaml")}
