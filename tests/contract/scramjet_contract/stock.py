"""Our own Sequences, Instances and topics on the Hub, created on first use."""

from __future__ import annotations

import copy
import itertools
import threading
from typing import TYPE_CHECKING, Any

from scramjet_contract import packages
from scramjet_contract.api import Call

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scramjet_contract.api import Api
    from scramjet_contract.exchange import Exchange
    from scramjet_contract.ledger import Ledger


class Unavailable(Exception):  # noqa: N818 - reads as what it says
    """Something that a check needs could not be created; the text contains the Hub's answer."""


class Stock:
    """Creates things on the Hub and records them in the ledger. Thread-safe.

    Args:
        api: The Hub.
        ledger: Records everything created.
        language: The language of the Sequences.
        salt: Keeps the Instance ids of this stock distinct from those of another stock of the same run.
        start: Default fields of every start.

    Attributes:
        home: The original Hub, also in the results of `seen_by`.
    """

    def __init__(
        self, api: Api, ledger: Ledger, language: str, salt: str = "", start: Mapping[str, Any] | None = None
    ) -> None:
        self.api = api
        self.home = api
        self.ledger = ledger
        self.language = language
        self._start = start or {}
        self._salt = salt
        self._sequences: dict[str, str] = {}
        self._instances: dict[str, str] = {}
        self._count = itertools.count()
        self._lock = threading.RLock()

    def seen_by(self, api: Api) -> Stock:
        """Return the same stock, creating things over another view of the Hub."""
        view = copy.copy(self)
        view.api = api
        return view

    @property
    def kept(self) -> frozenset[str]:
        """Ids of shared things, which must not be deleted in the meantime."""
        return frozenset(self._sequences.values()) | frozenset(self._instances.values())

    def label_of(self, key: str) -> str | None:
        """Return the label under which a shared thing with this id was created."""
        made = {**self._sequences, **self._instances}
        return next((label for label, value in made.items() if value == key), None)

    def package(self, label: str, **words: str) -> bytes:
        """Return the package of one of our Sequences, under a name of this run."""
        return packages.package(label, self.ledger.names.name(label), self.language, **words)

    def sequence(self, label: str) -> str:
        """Return the id of a shared Sequence."""
        with self._lock:
            if label not in self._sequences:
                self._sequences[label] = self.upload(self.package(label))
            return self._sequences[label]

    def upload(self, package: bytes, name: str | None = None, api: Api | None = None) -> str:
        """Upload a package and return the new Sequence's id.

        Args:
            package: The package.
            name: An alias.
            api: Another view of the Hub, such as one with a deadline.

        Raises:
            Unavailable: The Hub does not accept it.
        """
        headers = {"x-name": name} if name else {}
        call = Call(operation="uploadSequence", body=package, content_type="application/octet-stream", headers=headers)
        return self.ledger.add_sequence(_id_in((api or self.api).call(call), "upload"))

    def instance(self, label: str, key: str = "", **start: Any) -> str:
        """Return the id of a shared Instance of a shared Sequence; `key` distinguishes several of one Sequence."""
        with self._lock:
            place = f"{label}/{key}"
            if place not in self._instances:
                self._instances[place] = self.start(self.sequence(label), place, **start)
            return self._instances[place]

    def forget(self, key: str) -> None:
        """Stop sharing this Instance."""
        with self._lock:
            for place in [place for place, value in self._instances.items() if value == key]:
                del self._instances[place]

    def start(self, sequence: str, label: str, api: Api | None = None, **start: Any) -> str:
        """Start an Instance and return its id, which depends on the seed alone.

        Args:
            sequence: Id or name of the Sequence.
            label: What the Instance is for.
            api: Another view of the Hub.
            start: Fields of the request.

        Raises:
            Unavailable: The Hub does not start it.
        """
        key = self.ledger.names.uuid(f"{self._salt}{label}/{next(self._count)}")
        body: Mapping[str, Any] = {"instanceId": key, **self._start, **start}
        call = Call(operation="startSequence", path={"id": sequence}, json=body)
        return self.ledger.add_instance(_id_in((api or self.api).call(call), f"start {label}"))


def _id_in(exchange: Exchange, what: str) -> str:
    text = bytes(exchange.reply_body[:300]).decode(errors="replace")
    if exchange.status != 200:
        raise Unavailable(f"{what}: {exchange.summary()} {text}")
    try:
        key = exchange.json()["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        key = None
    if not isinstance(key, (str, int)):
        raise Unavailable(f"{what}: {exchange.summary()} tells no id: {text}")
    return str(key)
