"""An async client for the Scramjet API."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import errors as errors
    from . import models as models
    from . import sync as sync
    from ._client import ServerClient as ServerClient
    from ._operations.raw_host import RawHost as RawHost
    from ._operations.raw_instance import RawInstance as RawInstance
    from ._operations.raw_middleware import RawMiddleware as RawMiddleware
    from ._operations.raw_multi_manager import RawMultiManager as RawMultiManager
    from ._operations.raw_sequence import RawSequence as RawSequence
    from ._operations.raw_space import RawSpace as RawSpace
    from ._output import AsyncInstanceOutput as AsyncInstanceOutput
    from ._run import AsyncRun as AsyncRun
    from ._runtime.aio.attachment import AsyncAttachment as AsyncAttachment
    from ._runtime.aio.connection import AsyncConnection as AsyncConnection
    from ._runtime.aio.duplex.connector import AsyncDuplexConnector as AsyncDuplexConnector
    from ._runtime.aio.duplex.request import AsyncDuplexReply as AsyncDuplexReply
    from ._runtime.aio.duplex.request import AsyncDuplexRequest as AsyncDuplexRequest
    from ._runtime.aio.exchange import AsyncExchange as AsyncExchange
    from ._runtime.aio.items import AsyncItems as AsyncItems
    from ._runtime.aio.reply import AsyncReply as AsyncReply
    from ._runtime.aio.streams import AsyncStream as AsyncStream
    from ._runtime.call import UNSET as UNSET
    from ._runtime.call import Call as Call
    from ._runtime.call import Progress as Progress
    from ._runtime.call import RawResponse as RawResponse
    from ._runtime.call import Unset as Unset
    from ._runtime.call import UploadItem as UploadItem
    from ._runtime.call import UploadSource as UploadSource
    from ._runtime.errors import ApiStatusError as ApiStatusError
    from ._runtime.errors import ArgumentTypeError as ArgumentTypeError
    from ._runtime.errors import BadGatewayError as BadGatewayError
    from ._runtime.errors import BadRequestError as BadRequestError
    from ._runtime.errors import ClientStatusError as ClientStatusError
    from ._runtime.errors import ConfigurationError as ConfigurationError
    from ._runtime.errors import ConflictError as ConflictError
    from ._runtime.errors import ConnectionFailed as ConnectionFailed
    from ._runtime.errors import FieldError as FieldError
    from ._runtime.errors import ForbiddenError as ForbiddenError
    from ._runtime.errors import GatewayTimeoutError as GatewayTimeoutError
    from ._runtime.errors import GoneError as GoneError
    from ._runtime.errors import InstanceFailedError as InstanceFailedError
    from ._runtime.errors import InsufficientStorageError as InsufficientStorageError
    from ._runtime.errors import InternalServerError as InternalServerError
    from ._runtime.errors import InvalidArgumentError as InvalidArgumentError
    from ._runtime.errors import MethodNotAllowedError as MethodNotAllowedError
    from ._runtime.errors import NotAcceptableError as NotAcceptableError
    from ._runtime.errors import NotFoundError as NotFoundError
    from ._runtime.errors import NotJsonError as NotJsonError
    from ._runtime.errors import NotOpenError as NotOpenError
    from ._runtime.errors import PayloadTooLargeError as PayloadTooLargeError
    from ._runtime.errors import RequestError as RequestError
    from ._runtime.errors import ScramjetError as ScramjetError
    from ._runtime.errors import ServerStatusError as ServerStatusError
    from ._runtime.errors import ServiceUnavailableError as ServiceUnavailableError
    from ._runtime.errors import SourceError as SourceError
    from ._runtime.errors import SourceForbiddenError as SourceForbiddenError
    from ._runtime.errors import SourceMissingError as SourceMissingError
    from ._runtime.errors import StreamBroken as StreamBroken
    from ._runtime.errors import TimedOut as TimedOut
    from ._runtime.errors import TooManyRequestsError as TooManyRequestsError
    from ._runtime.errors import UnauthorizedError as UnauthorizedError
    from ._runtime.errors import UnexpectedReply as UnexpectedReply
    from ._runtime.errors import UnprocessableEntityError as UnprocessableEntityError
    from ._runtime.errors import UnsendableError as UnsendableError
    from ._runtime.errors import UnsupportedMediaTypeError as UnsupportedMediaTypeError
    from ._runtime.output import Output as Output
    from ._runtime.output import OutputLine as OutputLine
    from ._runtime.output import StandardStream as StandardStream
    from ._runtime.settings.config import ApiConfig as ApiConfig
    from ._runtime.settings.config import Settings as Settings
    from ._runtime.settings.options import Certificate as Certificate
    from ._runtime.settings.options import HttpOptions as HttpOptions
    from ._watch import AsyncWatch as AsyncWatch
    from ._writer import AsyncWriter as AsyncWriter
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
    "errors": ".errors",
    "models": ".models",
    "sync": ".sync",
    "ApiConfig": "._runtime.settings.config",
    "ApiStatusError": "._runtime.errors",
    "ArgumentTypeError": "._runtime.errors",
    "AsyncAttachment": "._runtime.aio.attachment",
    "AsyncConnection": "._runtime.aio.connection",
    "AsyncDuplexConnector": "._runtime.aio.duplex.connector",
    "AsyncDuplexReply": "._runtime.aio.duplex.request",
    "AsyncDuplexRequest": "._runtime.aio.duplex.request",
    "AsyncExchange": "._runtime.aio.exchange",
    "AsyncInstanceOutput": "._output",
    "AsyncItems": "._runtime.aio.items",
    "AsyncReply": "._runtime.aio.reply",
    "AsyncRun": "._run",
    "AsyncStream": "._runtime.aio.streams",
    "AsyncWatch": "._watch",
    "AsyncWriter": "._writer",
    "BadGatewayError": "._runtime.errors",
    "BadRequestError": "._runtime.errors",
    "Call": "._runtime.call",
    "Certificate": "._runtime.settings.options",
    "ClientStatusError": "._runtime.errors",
    "ConfigurationError": "._runtime.errors",
    "ConflictError": "._runtime.errors",
    "ConnectionFailed": "._runtime.errors",
    "FieldError": "._runtime.errors",
    "ForbiddenError": "._runtime.errors",
    "GatewayTimeoutError": "._runtime.errors",
    "GoneError": "._runtime.errors",
    "HostClient": ".host",
    "HttpOptions": "._runtime.settings.options",
    "InstanceClient": ".instance",
    "InstanceFailedError": "._runtime.errors",
    "InsufficientStorageError": "._runtime.errors",
    "InternalServerError": "._runtime.errors",
    "InvalidArgumentError": "._runtime.errors",
    "ManagerClient": ".space",
    "MethodNotAllowedError": "._runtime.errors",
    "MiddlewareClient": ".middleware",
    "MultiManagerClient": ".multi_manager",
    "NotAcceptableError": "._runtime.errors",
    "NotFoundError": "._runtime.errors",
    "NotJsonError": "._runtime.errors",
    "NotOpenError": "._runtime.errors",
    "Output": "._runtime.output",
    "OutputLine": "._runtime.output",
    "PayloadTooLargeError": "._runtime.errors",
    "Progress": "._runtime.call",
    "RawHost": "._operations.raw_host",
    "RawInstance": "._operations.raw_instance",
    "RawMiddleware": "._operations.raw_middleware",
    "RawMultiManager": "._operations.raw_multi_manager",
    "RawResponse": "._runtime.call",
    "RawSequence": "._operations.raw_sequence",
    "RawSpace": "._operations.raw_space",
    "ReadName": ".instance",
    "RequestError": "._runtime.errors",
    "ScramjetError": "._runtime.errors",
    "SequenceClient": ".sequence",
    "ServerClient": "._client",
    "ServerStatusError": "._runtime.errors",
    "ServiceUnavailableError": "._runtime.errors",
    "Settings": "._runtime.settings.config",
    "SourceError": "._runtime.errors",
    "SourceForbiddenError": "._runtime.errors",
    "SourceMissingError": "._runtime.errors",
    "SpaceClient": ".space",
    "StandardStream": "._runtime.output",
    "StreamBroken": "._runtime.errors",
    "TimedOut": "._runtime.errors",
    "TooManyRequestsError": "._runtime.errors",
    "UNSET": "._runtime.call",
    "UnauthorizedError": "._runtime.errors",
    "UnexpectedReply": "._runtime.errors",
    "UnprocessableEntityError": "._runtime.errors",
    "UnsendableError": "._runtime.errors",
    "Unset": "._runtime.call",
    "UnsupportedMediaTypeError": "._runtime.errors",
    "UploadItem": "._runtime.call",
    "UploadSource": "._runtime.call",
    "WriteName": ".instance",
}

__version__ = "0.1.0"

__all__ = [
    "UNSET",
    "ApiConfig",
    "ApiStatusError",
    "ArgumentTypeError",
    "AsyncAttachment",
    "AsyncConnection",
    "AsyncDuplexConnector",
    "AsyncDuplexReply",
    "AsyncDuplexRequest",
    "AsyncExchange",
    "AsyncInstanceOutput",
    "AsyncItems",
    "AsyncReply",
    "AsyncRun",
    "AsyncStream",
    "AsyncWatch",
    "AsyncWriter",
    "BadGatewayError",
    "BadRequestError",
    "Call",
    "Certificate",
    "ClientStatusError",
    "ConfigurationError",
    "ConflictError",
    "ConnectionFailed",
    "FieldError",
    "ForbiddenError",
    "GatewayTimeoutError",
    "GoneError",
    "HostClient",
    "HttpOptions",
    "InstanceClient",
    "InstanceFailedError",
    "InsufficientStorageError",
    "InternalServerError",
    "InvalidArgumentError",
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
    "RequestError",
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
    "WriteName",
    "__version__",
    "errors",
    "models",
    "sync",
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
