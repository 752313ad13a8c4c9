"""A blocking client for the Scramjet API."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .. import errors as errors
    from .. import models as models
    from .._runtime.call import UNSET as UNSET
    from .._runtime.call import Call as Call
    from .._runtime.call import Progress as Progress
    from .._runtime.call import RawResponse as RawResponse
    from .._runtime.call import Unset as Unset
    from .._runtime.call import UploadItem as UploadItem
    from .._runtime.call import UploadSource as UploadSource
    from .._runtime.errors import ApiStatusError as ApiStatusError
    from .._runtime.errors import ArgumentTypeError as ArgumentTypeError
    from .._runtime.errors import BadGatewayError as BadGatewayError
    from .._runtime.errors import BadRequestError as BadRequestError
    from .._runtime.errors import ClientStatusError as ClientStatusError
    from .._runtime.errors import ConfigurationError as ConfigurationError
    from .._runtime.errors import ConflictError as ConflictError
    from .._runtime.errors import ConnectionFailed as ConnectionFailed
    from .._runtime.errors import FieldError as FieldError
    from .._runtime.errors import ForbiddenError as ForbiddenError
    from .._runtime.errors import GatewayTimeoutError as GatewayTimeoutError
    from .._runtime.errors import GoneError as GoneError
    from .._runtime.errors import InstanceFailedError as InstanceFailedError
    from .._runtime.errors import InsufficientStorageError as InsufficientStorageError
    from .._runtime.errors import InternalServerError as InternalServerError
    from .._runtime.errors import InvalidArgumentError as InvalidArgumentError
    from .._runtime.errors import MethodNotAllowedError as MethodNotAllowedError
    from .._runtime.errors import NotAcceptableError as NotAcceptableError
    from .._runtime.errors import NotFoundError as NotFoundError
    from .._runtime.errors import NotJsonError as NotJsonError
    from .._runtime.errors import NotOpenError as NotOpenError
    from .._runtime.errors import PayloadTooLargeError as PayloadTooLargeError
    from .._runtime.errors import RequestError as RequestError
    from .._runtime.errors import ScramjetError as ScramjetError
    from .._runtime.errors import ServerStatusError as ServerStatusError
    from .._runtime.errors import ServiceUnavailableError as ServiceUnavailableError
    from .._runtime.errors import SourceError as SourceError
    from .._runtime.errors import SourceForbiddenError as SourceForbiddenError
    from .._runtime.errors import SourceMissingError as SourceMissingError
    from .._runtime.errors import StreamBroken as StreamBroken
    from .._runtime.errors import TimedOut as TimedOut
    from .._runtime.errors import TooManyRequestsError as TooManyRequestsError
    from .._runtime.errors import UnauthorizedError as UnauthorizedError
    from .._runtime.errors import UnexpectedReply as UnexpectedReply
    from .._runtime.errors import UnprocessableEntityError as UnprocessableEntityError
    from .._runtime.errors import UnsendableError as UnsendableError
    from .._runtime.errors import UnsupportedMediaTypeError as UnsupportedMediaTypeError
    from .._runtime.output import Output as Output
    from .._runtime.output import OutputLine as OutputLine
    from .._runtime.output import StandardStream as StandardStream
    from .._runtime.settings.config import ApiConfig as ApiConfig
    from .._runtime.settings.config import Settings as Settings
    from .._runtime.settings.options import Certificate as Certificate
    from .._runtime.settings.options import HttpOptions as HttpOptions
    from .._runtime.sync.attachment import Attachment as Attachment
    from .._runtime.sync.connection import Connection as Connection
    from .._runtime.sync.duplex.connector import DuplexConnector as DuplexConnector
    from .._runtime.sync.duplex.request import DuplexReply as DuplexReply
    from .._runtime.sync.duplex.request import DuplexRequest as DuplexRequest
    from .._runtime.sync.exchange import Exchange as Exchange
    from .._runtime.sync.items import Items as Items
    from .._runtime.sync.reply import Reply as Reply
    from .._runtime.sync.streams import Stream as Stream
    from ._client import ServerClient as ServerClient
    from ._operations.raw_host import RawHost as RawHost
    from ._operations.raw_instance import RawInstance as RawInstance
    from ._operations.raw_middleware import RawMiddleware as RawMiddleware
    from ._operations.raw_multi_manager import RawMultiManager as RawMultiManager
    from ._operations.raw_sequence import RawSequence as RawSequence
    from ._operations.raw_space import RawSpace as RawSpace
    from ._output import InstanceOutput as InstanceOutput
    from ._run import Run as Run
    from ._watch import Watch as Watch
    from ._writer import Writer as Writer
    from .host import HostClient as HostClient
    from .instance import InstanceClient as InstanceClient
    from .instance import ReadName as ReadName
    from .instance import WriteName as WriteName
    from .middleware import MiddlewareClient as MiddlewareClient
    from .multi_manager import MultiManagerClient as MultiManagerClient
    from .sequence import SequenceClient as SequenceClient
    from .space import ManagerClient as ManagerClient
    from .space import SpaceClient as SpaceClient

_PLACES = {
    "errors": "..errors",
    "models": "..models",
    "ApiConfig": ".._runtime.settings.config",
    "ApiStatusError": ".._runtime.errors",
    "ArgumentTypeError": ".._runtime.errors",
    "Attachment": ".._runtime.sync.attachment",
    "BadGatewayError": ".._runtime.errors",
    "BadRequestError": ".._runtime.errors",
    "Call": ".._runtime.call",
    "Certificate": ".._runtime.settings.options",
    "ClientStatusError": ".._runtime.errors",
    "ConfigurationError": ".._runtime.errors",
    "ConflictError": ".._runtime.errors",
    "Connection": ".._runtime.sync.connection",
    "ConnectionFailed": ".._runtime.errors",
    "DuplexConnector": ".._runtime.sync.duplex.connector",
    "DuplexReply": ".._runtime.sync.duplex.request",
    "DuplexRequest": ".._runtime.sync.duplex.request",
    "Exchange": ".._runtime.sync.exchange",
    "FieldError": ".._runtime.errors",
    "ForbiddenError": ".._runtime.errors",
    "GatewayTimeoutError": ".._runtime.errors",
    "GoneError": ".._runtime.errors",
    "HostClient": ".host",
    "HttpOptions": ".._runtime.settings.options",
    "InstanceClient": ".instance",
    "InstanceFailedError": ".._runtime.errors",
    "InstanceOutput": "._output",
    "InsufficientStorageError": ".._runtime.errors",
    "InternalServerError": ".._runtime.errors",
    "InvalidArgumentError": ".._runtime.errors",
    "Items": ".._runtime.sync.items",
    "ManagerClient": ".space",
    "MethodNotAllowedError": ".._runtime.errors",
    "MiddlewareClient": ".middleware",
    "MultiManagerClient": ".multi_manager",
    "NotAcceptableError": ".._runtime.errors",
    "NotFoundError": ".._runtime.errors",
    "NotJsonError": ".._runtime.errors",
    "NotOpenError": ".._runtime.errors",
    "Output": ".._runtime.output",
    "OutputLine": ".._runtime.output",
    "PayloadTooLargeError": ".._runtime.errors",
    "Progress": ".._runtime.call",
    "RawHost": "._operations.raw_host",
    "RawInstance": "._operations.raw_instance",
    "RawMiddleware": "._operations.raw_middleware",
    "RawMultiManager": "._operations.raw_multi_manager",
    "RawResponse": ".._runtime.call",
    "RawSequence": "._operations.raw_sequence",
    "RawSpace": "._operations.raw_space",
    "ReadName": ".instance",
    "Reply": ".._runtime.sync.reply",
    "RequestError": ".._runtime.errors",
    "Run": "._run",
    "ScramjetError": ".._runtime.errors",
    "SequenceClient": ".sequence",
    "ServerClient": "._client",
    "ServerStatusError": ".._runtime.errors",
    "ServiceUnavailableError": ".._runtime.errors",
    "Settings": ".._runtime.settings.config",
    "SourceError": ".._runtime.errors",
    "SourceForbiddenError": ".._runtime.errors",
    "SourceMissingError": ".._runtime.errors",
    "SpaceClient": ".space",
    "StandardStream": ".._runtime.output",
    "Stream": ".._runtime.sync.streams",
    "StreamBroken": ".._runtime.errors",
    "TimedOut": ".._runtime.errors",
    "TooManyRequestsError": ".._runtime.errors",
    "UNSET": ".._runtime.call",
    "UnauthorizedError": ".._runtime.errors",
    "UnexpectedReply": ".._runtime.errors",
    "UnprocessableEntityError": ".._runtime.errors",
    "UnsendableError": ".._runtime.errors",
    "Unset": ".._runtime.call",
    "UnsupportedMediaTypeError": ".._runtime.errors",
    "UploadItem": ".._runtime.call",
    "UploadSource": ".._runtime.call",
    "Watch": "._watch",
    "WriteName": ".instance",
    "Writer": "._writer",
}

__version__ = "0.1.0"

__all__ = [
    "UNSET",
    "ApiConfig",
    "ApiStatusError",
    "ArgumentTypeError",
    "Attachment",
    "BadGatewayError",
    "BadRequestError",
    "Call",
    "Certificate",
    "ClientStatusError",
    "ConfigurationError",
    "ConflictError",
    "Connection",
    "ConnectionFailed",
    "DuplexConnector",
    "DuplexReply",
    "DuplexRequest",
    "Exchange",
    "FieldError",
    "ForbiddenError",
    "GatewayTimeoutError",
    "GoneError",
    "HostClient",
    "HttpOptions",
    "InstanceClient",
    "InstanceFailedError",
    "InstanceOutput",
    "InsufficientStorageError",
    "InternalServerError",
    "InvalidArgumentError",
    "Items",
    "ManagerClient",
    "MethodNotAllowedError",
    "MiddlewareClient",
    "MultiManagerClient",
    "NotAcceptableError",
    "NotFoundError",
    "NotJsonError",
    "NotOpenError",
    "Output",
    "OutputLine",
    "PayloadTooLargeError",
    "Progress",
    "RawHost",
    "RawInstance",
    "RawMiddleware",
    "RawMultiManager",
    "RawResponse",
    "RawSequence",
    "RawSpace",
    "ReadName",
    "Reply",
    "RequestError",
    "Run",
    "ScramjetError",
    "SequenceClient",
    "ServerClient",
    "ServerStatusError",
    "ServiceUnavailableError",
    "Settings",
    "SourceError",
    "SourceForbiddenError",
    "SourceMissingError",
    "SpaceClient",
    "StandardStream",
    "Stream",
    "StreamBroken",
    "TimedOut",
    "TooManyRequestsError",
    "UnauthorizedError",
    "UnexpectedReply",
    "UnprocessableEntityError",
    "UnsendableError",
    "Unset",
    "UnsupportedMediaTypeError",
    "UploadItem",
    "UploadSource",
    "Watch",
    "WriteName",
    "Writer",
    "__version__",
    "errors",
    "models",
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
