"""Records: what is kept of Spaces, Hubs, access keys, user tokens and packages.

Each has a key that is unique among the records of its kind, so that any key-value store can hold them.
"""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, TypeAlias, TypeVar

import attrs
import orjson

if TYPE_CHECKING:
    from collections.abc import Iterable

Json: TypeAlias = dict[str, Any]
TokenScope: TypeAlias = Literal["read", "manage"]


def now() -> int:
    """Return the time in milliseconds since 1970 (Unix time)."""
    return time.time_ns() // 1_000_000


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


class Record(attrs.AttrsInstance, Protocol):
    """A record of one kind."""

    KIND: ClassVar[str]

    @property
    def key(self) -> str:
        """Its key, unique among its kind."""


R = TypeVar("R", bound=Record)


@attrs.frozen(kw_only=True)
class SpaceRecord:
    """A Space.

    Attributes:
        id: Its id.
        created: When it was first started, in milliseconds since 1970.
        running: Whether it is to be served.
    """

    KIND: ClassVar[str] = "space"
    id: str
    created: int
    running: bool = True

    @property
    def key(self) -> str:
        """Its id."""
        return self.id


@attrs.frozen(kw_only=True)
class HubRecord:
    """A Hub that is, was or will be connected.

    Attributes:
        space: The id of its Space.
        id: Its id.
        created: When it first joined, in milliseconds since 1970.
        connected: When it last connected; None if never.
        disconnected: When it last disconnected; None if never.
        self_hosted: Whether it joined with an access key.
        description: What it says about itself.
        tags: Its tags.
        reason: Why it is not connected; empty if it is, or never was.
        key_id: The id of the access key that it last joined with; empty without.
    """

    KIND: ClassVar[str] = "hub"
    space: str
    id: str
    created: int
    connected: int | None = None
    disconnected: int | None = None
    self_hosted: bool = False
    description: str = ""
    tags: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    reason: str = ""
    key_id: str = ""

    @property
    def key(self) -> str:
        """Its Space and its id."""
        return f"{self.space}/{self.id}"


@attrs.frozen(kw_only=True)
class KeyRecord:
    """An access key.

    Attributes:
        space: The id of its Space.
        id: Its first 16 characters.
        created: When it was created, in milliseconds since 1970; unique in its Space.
        description: What it is for.
        sealed: The whole key, encrypted.
    """

    KIND: ClassVar[str] = "key"
    space: str
    id: str
    created: int
    description: str
    sealed: bytes = attrs.field(repr=False)

    @property
    def key(self) -> str:
        """Its Space and its id."""
        return f"{self.space}/{self.id}"


@attrs.frozen(kw_only=True)
class TokenRecord:
    """A user token, without the token itself.

    Attributes:
        id: Its id.
        created: When it was created, in milliseconds since 1970.
        expires: When it ends; None if never.
        scope: `read` permits reading, `manage` permits everything.
        spaces: The Spaces that it opens; empty for all.
        description: What it is for.
    """

    KIND: ClassVar[str] = "token"
    id: str
    created: int
    expires: int | None
    scope: TokenScope
    spaces: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    description: str = ""

    @property
    def key(self) -> str:
        """Its id."""
        return self.id


@attrs.frozen(kw_only=True)
class PackageRecord:
    """A package in the store of a Space.

    Attributes:
        space: The id of the Space.
        id: Its id, a UUID.
        filename: The name by which it is fetched.
        created: When it was put there, in milliseconds since 1970.
        item: What its manifest says, in the form of the API.
    """

    KIND: ClassVar[str] = "package"
    space: str
    id: str
    filename: str
    created: int
    item: Json

    @property
    def key(self) -> str:
        """Its Space and its file name."""
        return f"{self.space}/{self.filename}"


def encode(record: Record) -> bytes:
    """Return a record as JSON."""
    return orjson.dumps(attrs.asdict(record), default=_text)


def decode(kind: type[R], raw: bytes) -> R:
    """Return the record in a JSON text; fields that this version does not know are ignored.

    Raises:
        ValueError: It is not a record of this kind.
    """
    fields = orjson.loads(raw)
    known = {field.name: field.type for field in attrs.fields(kind)}
    values = {name: value for name, value in fields.items() if name in known}
    for name, type_name in known.items():
        if type_name in ("bytes", bytes) and name in values:
            values[name] = base64.b64decode(values[name])
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"Not a record of the kind {kind.KIND}: {error}") from error


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"A record has no {type(value).__name__}")
