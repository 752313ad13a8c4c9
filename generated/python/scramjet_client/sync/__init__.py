"""A blocking client for the Scramjet API."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .. import errors as errors
    from .. import models as models
    from .._runtime.call import RawResponse as RawResponse
    from .._runtime.config import ApiConfig as ApiConfig
    from .._runtime.errors import ApiStatusError as ApiStatusError
    from .._runtime.errors import ArgumentTypeError as ArgumentTypeError
    from .._runtime.errors import BadGatewayError as BadGatewayError
    from .._runtime.errors import BadRequestError as BadRequestError
    from .._runtime.errors import ClientStatusError as ClientStatusError
    from .._runtime.errors import ConfigurationError as ConfigurationError
    from .._runtime.errors import ConflictError as ConflictError
    from .._runtime.errors import ConnectionFailed as ConnectionFailed
    from .._runtime.errors import ForbiddenError as ForbiddenError
    from .._runtime.errors import GatewayTimeoutError as GatewayTimeoutError
    from .._runtime.errors import InstanceFailedError as InstanceFailedError
    from .._runtime.errors import InsufficientStorageError as InsufficientStorageError
    from .._runtime.errors import InternalServerError as InternalServerError
    from .._runtime.errors import InvalidArgumentError as InvalidArgumentError
    from .._runtime.errors import MethodNotAllowedError as MethodNotAllowedError
    from .._runtime.errors import NotAcceptableError as NotAcceptableError
    from .._runtime.errors import NotFoundError as NotFoundError
    from .._runtime.errors import NotOpenError as NotOpenError
    from .._runtime.errors import PayloadTooLargeError as PayloadTooLargeError
    from .._runtime.errors import RequestError as RequestError
    from .._runtime.errors import ScramjetError as ScramjetError
    from .._runtime.errors import ServerStatusError as ServerStatusError
    from .._runtime.errors import ServiceUnavailableError as ServiceUnavailableError
    from .._runtime.errors import StreamBroken as StreamBroken
    from .._runtime.errors import TimedOut as TimedOut
    from .._runtime.errors import TooManyRequestsError as TooManyRequestsError
    from .._runtime.errors import UnauthorizedError as UnauthorizedError
    from .._runtime.errors import UnexpectedReply as UnexpectedReply
    from .._runtime.errors import UnprocessableEntityError as UnprocessableEntityError
    from .._runtime.errors import UnsupportedMediaTypeError as UnsupportedMediaTypeError
    from .._runtime.sync.exchange import Exchange as Exchange
    from .._runtime.sync.streams import Stream as Stream
    from .host import HostClient as HostClient
    from .instance import InstanceClient as InstanceClient
    from .middleware import MiddlewareClient as MiddlewareClient
    from .sequence import SequenceClient as SequenceClient
    from .space import ManagerClient as ManagerClient
    from .space import SpaceClient as SpaceClient

_PLACES = {
    "errors": "..errors",
    "models": "..models",
    "ApiConfig": ".._runtime.config",
    "ApiStatusError": ".._runtime.errors",
    "ArgumentTypeError": ".._runtime.errors",
    "BadGatewayError": ".._runtime.errors",
    "BadRequestError": ".._runtime.errors",
    "ClientStatusError": ".._runtime.errors",
    "ConfigurationError": ".._runtime.errors",
    "ConflictError": ".._runtime.errors",
    "ConnectionFailed": ".._runtime.errors",
    "Exchange": ".._runtime.sync.exchange",
    "ForbiddenError": ".._runtime.errors",
    "GatewayTimeoutError": ".._runtime.errors",
    "HostClient": ".host",
    "InstanceClient": ".instance",
    "InstanceFailedError": ".._runtime.errors",
    "InsufficientStorageError": ".._runtime.errors",
    "InternalServerError": ".._runtime.errors",
    "InvalidArgumentError": ".._runtime.errors",
    "ManagerClient": ".space",
    "MethodNotAllowedError": ".._runtime.errors",
    "MiddlewareClient": ".middleware",
    "NotAcceptableError": ".._runtime.errors",
    "NotFoundError": ".._runtime.errors",
    "NotOpenError": ".._runtime.errors",
    "PayloadTooLargeError": ".._runtime.errors",
    "RawResponse": ".._runtime.call",
    "RequestError": ".._runtime.errors",
    "ScramjetError": ".._runtime.errors",
    "SequenceClient": ".sequence",
    "ServerStatusError": ".._runtime.errors",
    "ServiceUnavailableError": ".._runtime.errors",
    "SpaceClient": ".space",
    "Stream": ".._runtime.sync.streams",
    "StreamBroken": ".._runtime.errors",
    "TimedOut": ".._runtime.errors",
    "TooManyRequestsError": ".._runtime.errors",
    "UnauthorizedError": ".._runtime.errors",
    "UnexpectedReply": ".._runtime.errors",
    "UnprocessableEntityError": ".._runtime.errors",
    "UnsupportedMediaTypeError": ".._runtime.errors",
}

__all__ = [
    "ApiConfig",
    "ApiStatusError",
    "ArgumentTypeError",
    "BadGatewayError",
    "BadRequestError",
    "ClientStatusError",
    "ConfigurationError",
    "ConflictError",
    "ConnectionFailed",
    "Exchange",
    "ForbiddenError",
    "GatewayTimeoutError",
    "HostClient",
    "InstanceClient",
    "InstanceFailedError",
    "InsufficientStorageError",
    "InternalServerError",
    "InvalidArgumentError",
    "ManagerClient",
    "MethodNotAllowedError",
    "MiddlewareClient",
    "NotAcceptableError",
    "NotFoundError",
    "NotOpenError",
    "PayloadTooLargeError",
    "RawResponse",
    "RequestError",
    "ScramjetError",
    "SequenceClient",
    "ServerStatusError",
    "ServiceUnavailableError",
    "SpaceClient",
    "Stream",
    "StreamBroken",
    "TimedOut",
    "TooManyRequestsError",
    "UnauthorizedError",
    "UnexpectedReply",
    "UnprocessableEntityError",
    "UnsupportedMediaTypeError",
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
