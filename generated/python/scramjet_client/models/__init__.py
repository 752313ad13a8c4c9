"""The objects of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .accepted import Accepted as Accepted
    from .access_key import AccessKey as AccessKey
    from .access_keys import AccessKeys as AccessKeys
    from .api_description import ApiDescription as ApiDescription
    from .api_description_info import ApiDescriptionInfo as ApiDescriptionInfo
    from .audit_record import AuditRecord as AuditRecord
    from .created_access_key import CreatedAccessKey as CreatedAccessKey
    from .deleted_hub import DeletedHub as DeletedHub
    from .disconnect_reply import DisconnectReply as DisconnectReply
    from .disconnected_hub import DisconnectedHub as DisconnectedHub
    from .disconnected_hub_reason import DisconnectedHubReason as DisconnectedHubReason
    from .entities import Entities as Entities
    from .event import Event as Event
    from .event_accepted import EventAccepted as EventAccepted
    from .file_system import FileSystem as FileSystem
    from .hub_config import HubConfig as HubConfig
    from .hub_config_host import HubConfigHost as HubConfigHost
    from .hub_connection_info import HubConnectionInfo as HubConnectionInfo
    from .hub_health import HubHealth as HubHealth
    from .hub_info import HubInfo as HubInfo
    from .hub_info_disconnect_reason import HubInfoDisconnectReason as HubInfoDisconnectReason
    from .hub_ref import HubRef as HubRef
    from .instance import Instance as Instance
    from .instance_event import InstanceEvent as InstanceEvent
    from .instance_event_type import InstanceEventType as InstanceEventType
    from .instance_events import InstanceEvents as InstanceEvents
    from .instance_health import InstanceHealth as InstanceHealth
    from .instance_requirements import InstanceRequirements as InstanceRequirements
    from .instance_status import InstanceStatus as InstanceStatus
    from .isolation import Isolation as Isolation
    from .limits import Limits as Limits
    from .list_order import ListOrder as ListOrder
    from .listed_topic_content_type import ListedTopicContentType as ListedTopicContentType
    from .load import Load as Load
    from .log_record import LogRecord as LogRecord
    from .log_record_level import LogRecordLevel as LogRecordLevel
    from .manager_settings import ManagerSettings as ManagerSettings
    from .message import Message as Message
    from .multi_manager_info import MultiManagerInfo as MultiManagerInfo
    from .revoked_keys import RevokedKeys as RevokedKeys
    from .sequence import Sequence as Sequence
    from .sequence_author import SequenceAuthor as SequenceAuthor
    from .sequence_config import SequenceConfig as SequenceConfig
    from .sequence_config_type import SequenceConfigType as SequenceConfigType
    from .sequence_id import SequenceId as SequenceId
    from .sequence_repository import SequenceRepository as SequenceRepository
    from .space_config import SpaceConfig as SpaceConfig
    from .space_connection import SpaceConnection as SpaceConnection
    from .space_entities import SpaceEntities as SpaceEntities
    from .space_health import SpaceHealth as SpaceHealth
    from .space_instance import SpaceInstance as SpaceInstance
    from .space_instance_sequence import SpaceInstanceSequence as SpaceInstanceSequence
    from .space_ref import SpaceRef as SpaceRef
    from .space_sequence import SpaceSequence as SpaceSequence
    from .space_sequence_config import SpaceSequenceConfig as SpaceSequenceConfig
    from .space_topic import SpaceTopic as SpaceTopic
    from .start_reply import StartReply as StartReply
    from .started_sequence import StartedSequence as StartedSequence
    from .status import Status as Status
    from .store_item import StoreItem as StoreItem
    from .store_item_ref import StoreItemRef as StoreItemRef
    from .terminated import Terminated as Terminated
    from .topic import Topic as Topic
    from .topic_actor import TopicActor as TopicActor
    from .topic_actor_role import TopicActorRole as TopicActorRole
    from .topic_actor_type import TopicActorType as TopicActorType
    from .topic_content_type import TopicContentType as TopicContentType
    from .topic_created import TopicCreated as TopicCreated
    from .topic_created_state import TopicCreatedState as TopicCreatedState
    from .topic_origin import TopicOrigin as TopicOrigin
    from .topic_origin_type import TopicOriginType as TopicOriginType
    from .version import Version as Version

_PLACES = {
    "Accepted": ".accepted",
    "AccessKey": ".access_key",
    "AccessKeys": ".access_keys",
    "ApiDescription": ".api_description",
    "ApiDescriptionInfo": ".api_description_info",
    "AuditRecord": ".audit_record",
    "CreatedAccessKey": ".created_access_key",
    "DeletedHub": ".deleted_hub",
    "DisconnectReply": ".disconnect_reply",
    "DisconnectedHub": ".disconnected_hub",
    "DisconnectedHubReason": ".disconnected_hub_reason",
    "Entities": ".entities",
    "Event": ".event",
    "EventAccepted": ".event_accepted",
    "FileSystem": ".file_system",
    "HubConfig": ".hub_config",
    "HubConfigHost": ".hub_config_host",
    "HubConnectionInfo": ".hub_connection_info",
    "HubHealth": ".hub_health",
    "HubInfo": ".hub_info",
    "HubInfoDisconnectReason": ".hub_info_disconnect_reason",
    "HubRef": ".hub_ref",
    "Instance": ".instance",
    "InstanceEvent": ".instance_event",
    "InstanceEventType": ".instance_event_type",
    "InstanceEvents": ".instance_events",
    "InstanceHealth": ".instance_health",
    "InstanceRequirements": ".instance_requirements",
    "InstanceStatus": ".instance_status",
    "Isolation": ".isolation",
    "Limits": ".limits",
    "ListOrder": ".list_order",
    "ListedTopicContentType": ".listed_topic_content_type",
    "Load": ".load",
    "LogRecord": ".log_record",
    "LogRecordLevel": ".log_record_level",
    "ManagerSettings": ".manager_settings",
    "Message": ".message",
    "MultiManagerInfo": ".multi_manager_info",
    "RevokedKeys": ".revoked_keys",
    "Sequence": ".sequence",
    "SequenceAuthor": ".sequence_author",
    "SequenceConfig": ".sequence_config",
    "SequenceConfigType": ".sequence_config_type",
    "SequenceId": ".sequence_id",
    "SequenceRepository": ".sequence_repository",
    "SpaceConfig": ".space_config",
    "SpaceConnection": ".space_connection",
    "SpaceEntities": ".space_entities",
    "SpaceHealth": ".space_health",
    "SpaceInstance": ".space_instance",
    "SpaceInstanceSequence": ".space_instance_sequence",
    "SpaceRef": ".space_ref",
    "SpaceSequence": ".space_sequence",
    "SpaceSequenceConfig": ".space_sequence_config",
    "SpaceTopic": ".space_topic",
    "StartReply": ".start_reply",
    "StartedSequence": ".started_sequence",
    "Status": ".status",
    "StoreItem": ".store_item",
    "StoreItemRef": ".store_item_ref",
    "Terminated": ".terminated",
    "Topic": ".topic",
    "TopicActor": ".topic_actor",
    "TopicActorRole": ".topic_actor_role",
    "TopicActorType": ".topic_actor_type",
    "TopicContentType": ".topic_content_type",
    "TopicCreated": ".topic_created",
    "TopicCreatedState": ".topic_created_state",
    "TopicOrigin": ".topic_origin",
    "TopicOriginType": ".topic_origin_type",
    "Version": ".version",
}

__all__ = [
    "Accepted",
    "AccessKey",
    "AccessKeys",
    "ApiDescription",
    "ApiDescriptionInfo",
    "AuditRecord",
    "CreatedAccessKey",
    "DeletedHub",
    "DisconnectReply",
    "DisconnectedHub",
    "DisconnectedHubReason",
    "Entities",
    "Event",
    "EventAccepted",
    "FileSystem",
    "HubConfig",
    "HubConfigHost",
    "HubConnectionInfo",
    "HubHealth",
    "HubInfo",
    "HubInfoDisconnectReason",
    "HubRef",
    "Instance",
    "InstanceEvent",
    "InstanceEventType",
    "InstanceEvents",
    "InstanceHealth",
    "InstanceRequirements",
    "InstanceStatus",
    "Isolation",
    "Limits",
    "ListOrder",
    "ListedTopicContentType",
    "Load",
    "LogRecord",
    "LogRecordLevel",
    "ManagerSettings",
    "Message",
    "MultiManagerInfo",
    "RevokedKeys",
    "Sequence",
    "SequenceAuthor",
    "SequenceConfig",
    "SequenceConfigType",
    "SequenceId",
    "SequenceRepository",
    "SpaceConfig",
    "SpaceConnection",
    "SpaceEntities",
    "SpaceHealth",
    "SpaceInstance",
    "SpaceInstanceSequence",
    "SpaceRef",
    "SpaceSequence",
    "SpaceSequenceConfig",
    "SpaceTopic",
    "StartReply",
    "StartedSequence",
    "Status",
    "StoreItem",
    "StoreItemRef",
    "Terminated",
    "Topic",
    "TopicActor",
    "TopicActorRole",
    "TopicActorType",
    "TopicContentType",
    "TopicCreated",
    "TopicCreatedState",
    "TopicOrigin",
    "TopicOriginType",
    "Version",
]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if not TYPE_CHECKING:
    # Type checkers know the names above; were they to see this, they would take any other name for one.
    def __getattr__(name: str) -> object:
        # Nothing is imported before it is asked for: starting costs only what a program uses.
        place = _PLACES.get(name)
        if place is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        module = import_module(place, __name__)
        value = module if place.endswith(f".{name}") else getattr(module, name)
        globals()[name] = value
        return value
