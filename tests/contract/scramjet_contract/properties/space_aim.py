"""Aims generated requests at the Spaces of a Platform: at what is ours, or at what does not exist."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from scramjet_contract.properties.aim import TOPIC, Aim, identity_of, plain
from scramjet_contract.space_ledger import SpaceLedger

if TYPE_CHECKING:
    from schemathesis import Case, HookContext, Response

NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}")
NEW_ID = re.compile(r"[A-Za-z0-9_-]{1,50}")
NEVER = {"clearStore", "disconnectHubs", "revokeAccessKeys", "stopManager", "createAccessKey"}
"""These would touch what is not ours, so generated requests only get to Spaces that do not exist."""


class SpaceAim(Aim):
    """The hooks that schemathesis calls around every request to a Platform or a MultiManager."""

    def before_call(self, context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
        """Replace values that are not ours."""
        del context, kwargs
        operation = str(case.operation.definition.raw["operationId"])
        for name, value in list(case.path_parameters.items()):
            if isinstance(value, str):
                case.path_parameters[name] = self._aimed(operation, name, value)
        self._own_body(operation, case)
        self.results.case(operation, case.method, case.path_parameters, case.query, plain(case))

    def after_call(self, context: HookContext, case: Case[Any], response: Response) -> None:
        """Record what was created."""
        del context
        operation = str(case.operation.definition.raw["operationId"])
        ledger = self.ledger
        if response.status_code != 202 or not isinstance(ledger, SpaceLedger):
            return
        if operation == "startManager":
            ledger.started.add(identity_of(response))
        elif operation == "registerHub":
            ledger.made.add(identity_of(response))

    def _aimed(self, operation: str, name: str, value: str) -> str:
        text, number = unquote(value), zlib.crc32(value.encode(errors="replace")) % 8
        if name == "topic":
            return self.ledger.names.name(f"topic-{number}") if TOPIC.fullmatch(text) else value
        if not NAME.fullmatch(text):
            return value
        if name == "space_id" and isinstance(self.ledger, SpaceLedger):
            live = operation not in NEVER and number % 4 and self.ledger.spaces
            return self.ledger.spaces[0] if live else self.ledger.names.name(f"absent-{number}")[-50:]
        return self.ledger.names.name(f"{name[:3]}-{number}")

    def _own_body(self, operation: str, case: Case[Any]) -> None:
        if not isinstance(case.body, dict) or operation not in ("startManager", "registerHub"):
            return
        whole: Any = case.body
        body = whole.get("manager") if operation == "startManager" else whole
        given = body.get("id") if isinstance(body, dict) else None
        if isinstance(given, str) and NEW_ID.fullmatch(given):
            body["id"] = self.ledger.names.name(str(zlib.crc32(given.encode())))[-50:]
