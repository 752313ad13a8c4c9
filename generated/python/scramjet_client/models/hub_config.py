from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define

from .._model import NO_EXTRAS, Model, extras
from .._runtime.hints import lazy_hints
from .hub_config_host import HubConfigHost
from .instance_requirements import InstanceRequirements
from .isolation import Isolation

_KNOWN: frozenset[str] = frozenset(
    {
        "logLevel",
        "runtimeAdapter",
        "identifyExisting",
        "safeOperationLimit",
        "host",
        "instanceRequirements",
        "isolation",
    }
)


@define(repr=False)
class HubConfig(Model):
    """The public part of a Hub's configuration, without any secret.

    Hubs differ much in what they tell, so only what they share is named and anything may follow.

    Attributes:
        log_level: The log level.
        runtime_adapter: What runs Instances, such as `process`, `docker` or `kubernetes`.
        identify_existing: The identify existing.
        safe_operation_limit: Memory that the Hub keeps for itself, in megabytes.
        host: Where the Hub serves.
        instance_requirements: What must be free on the machine for an Instance to be started.
        isolation: How Sequences are confined on this Hub.
    """

    log_level: str | None = None
    runtime_adapter: str | None = None
    identify_existing: bool | None = None
    safe_operation_limit: float | None = None
    host: HubConfigHost | None = None
    instance_requirements: InstanceRequirements | None = None
    isolation: Isolation | None = None
    additional_properties: Mapping[str, Any] = NO_EXTRAS

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> HubConfig:
        """Decode parsed JSON.

        Args:
            data: The JSON object. Fields that this version does not know are kept in `additional_properties`.

        Raises:
            KeyError: A required field is missing.
        """
        get = data.get
        host = get("host")
        instance_requirements = get("instanceRequirements")
        isolation = get("isolation")
        return cls(
            get("logLevel"),
            get("runtimeAdapter"),
            get("identifyExisting"),
            get("safeOperationLimit"),
            None if host is None else HubConfigHost.from_dict(host),
            None if instance_requirements is None else InstanceRequirements.from_dict(instance_requirements),
            None if isolation is None else Isolation.from_dict(isolation),
            NO_EXTRAS if data.keys() <= _KNOWN else extras(data, _KNOWN),
        )

    def to_dict(self) -> dict[str, Any]:
        """Encode as an object for JSON, without absent fields."""
        data: dict[str, Any] = {**self.additional_properties}
        if self.log_level is not None:
            data["logLevel"] = self.log_level
        if self.runtime_adapter is not None:
            data["runtimeAdapter"] = self.runtime_adapter
        if self.identify_existing is not None:
            data["identifyExisting"] = self.identify_existing
        if self.safe_operation_limit is not None:
            data["safeOperationLimit"] = self.safe_operation_limit
        if self.host is not None:
            data["host"] = self.host.to_dict()
        if self.instance_requirements is not None:
            data["instanceRequirements"] = self.instance_requirements.to_dict()
        if self.isolation is not None:
            data["isolation"] = self.isolation.to_dict()
        return data


lazy_hints(globals(), {})
