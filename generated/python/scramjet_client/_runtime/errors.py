# Copied by `make generate` from client/runtime/errors.py: edit it there.
"""Everything that can go wrong, as one tree.

No message ever holds a token, and no failure is ever a None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from .._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN_LINES = 10
"""Lines of a program's stderr that a message shows."""


class ScramjetError(Exception):
    """Anything that this client raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        # The usual way calls __init__ with `args`, which here is the message alone.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[ScramjetError], args: tuple[object, ...], state: dict[str, Any]) -> ScramjetError:
    """Make an error again in another process."""
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigurationError(ScramjetError):
    """The client does not know where to connect, or was told something that cannot work."""


class InvalidArgumentError(ScramjetError, ValueError):
    """A method was given something that cannot be right; nothing was sent."""


class ArgumentTypeError(InvalidArgumentError, TypeError):
    """A method was given something of a type that it does not take; nothing was sent."""


class NotOpenError(ScramjetError, RuntimeError):
    """Something was asked of a stream or a run that has not begun."""


class SourceError(ScramjetError, OSError):
    """What was to be uploaded cannot be read.

    Attributes:
        errno: The system's number of the reason.
        filename: The file or folder.
    """

    @classmethod
    def of(cls, error: OSError, path: object) -> SourceError:
        """Give the error for a failure of the system."""
        kind = {FileNotFoundError: SourceMissingError, PermissionError: SourceForbiddenError}.get(type(error), cls)
        named = error.filename if error.filename is not None else str(path)
        made = kind(f"{named!a} cannot be uploaded: {error.strerror or error}. Check the path and its permissions.")
        made.errno, made.filename = error.errno, named
        return made

    def __str__(self) -> str:
        # OSError would show the number and the name instead.
        return str(self.args[0]) if self.args else ""


class SourceMissingError(SourceError, FileNotFoundError):
    """What was to be uploaded is not there."""


class SourceForbiddenError(SourceError, PermissionError):
    """What was to be uploaded may not be read."""


class RequestError(ScramjetError):
    """Something went wrong with a request, other than the server saying so.

    Attributes:
        method: The HTTP method.
        url: The address that was asked, without credentials.
        sent: Whether the server may have got the request, or part of it.
    """

    def __init__(self, message: str, *, method: str = "", url: str = "", sent: bool = True) -> None:
        super().__init__(message)
        self.method = method
        self.url = url
        self.sent = sent


class UnsendableError(RequestError, InvalidArgumentError):
    """A request cannot be sent: HTTP has no way to say it."""


class ConnectionFailed(RequestError, ConnectionError):  # noqa: N818 -- reads as what happened, as the names below do
    """There was no connection, or it was lost before the reply began."""


class TimedOut(RequestError, TimeoutError):  # noqa: N818
    """The server took longer than allowed to connect, to take data or to answer."""


class StreamBroken(RequestError):  # noqa: N818
    """A reply broke off before its end: what came is not all there was.

    Attributes:
        received: Bytes of the reply's body that did come.
    """

    def __init__(self, message: str, *, method: str = "", url: str = "", received: int = 0) -> None:
        super().__init__(message, method=method, url=url)
        self.received = received


class UnexpectedReply(RequestError):  # noqa: N818
    """The server answered with something that the API description does not know.

    Attributes:
        status: The HTTP status.
        content: The beginning of the body as it came.
    """

    def __init__(self, message: str, *, method: str, url: str, status: int, content: bytes) -> None:
        super().__init__(message, method=method, url=url)
        self.status = status
        self.content = content


class NotJsonError(UnexpectedReply, ValueError):
    """A body that was to be parsed is not JSON."""


class ApiStatusError(ScramjetError):
    """The server answered with an error status.

    Attributes:
        status: The HTTP status.
        message: What the server said about it.
        body: The reply's body: parsed if it is JSON, else text.
        headers: The reply's headers, their names in lower case.
        method: The request's HTTP method.
        url: The address that was asked, without credentials.
        request_id: The id that the server gave the request, if it gave one.
    """

    by_status: ClassVar[dict[int, type[ApiStatusError]]] = {}

    def __init_subclass__(cls, *, status: int | None = None) -> None:
        if status is not None:
            ApiStatusError.by_status[status] = cls

    def __init__(
        self, message: str, *, status: int, body: Any, headers: Mapping[str, str], method: str, url: str
    ) -> None:
        super().__init__(f"{status} from {method} {url}: {message}")
        self.message = message
        self.status = status
        self.body = body
        self.headers = headers
        self.method = method
        self.url = url
        self.request_id = headers.get("x-request-id")

    @classmethod
    def for_status(cls, status: int) -> type[ApiStatusError]:
        """Give the class of errors with this status."""
        if status in cls.by_status:
            return cls.by_status[status]
        return {4: ClientStatusError, 5: ServerStatusError}.get(status // 100, ApiStatusError)


class ClientStatusError(ApiStatusError):
    """4xx: the request cannot be fulfilled as it is."""


class ServerStatusError(ApiStatusError):
    """5xx: the server failed."""


class BadRequestError(ClientStatusError, status=400):
    """400: the request is malformed."""


class UnauthorizedError(ClientStatusError, status=401):
    """401: a token is missing or wrong."""


class ForbiddenError(ClientStatusError, status=403):
    """403: the token does not allow this; a Platform answers so to a missing or wrong token, too."""


class NotFoundError(ClientStatusError, status=404):
    """404: there is no such thing, or not any more."""


class MethodNotAllowedError(ClientStatusError, status=405):
    """405: not possible on this thing: a name is taken, or the input is fed by a topic."""


class NotAcceptableError(ClientStatusError, status=406):
    """406: a content type is missing or does not fit."""


class ConflictError(ClientStatusError, status=409):
    """409: the thing is in use, or its id or name is taken."""


class PayloadTooLargeError(ClientStatusError, status=413):
    """413: the body is larger than the server takes."""


class UnsupportedMediaTypeError(ClientStatusError, status=415):
    """415: the server does not take this content type here."""


class UnprocessableEntityError(ClientStatusError, status=422):
    """422: well-formed, but unusable: a bad package or a bad id."""


class TooManyRequestsError(ClientStatusError, status=429):
    """429: the server asks to slow down."""


class InternalServerError(ServerStatusError, status=500):
    """500: the server failed inside."""


class BadGatewayError(ServerStatusError, status=502):
    """502: a Space or proxy got nonsense from the server behind it."""


class ServiceUnavailableError(ServerStatusError, status=503):
    """503: the server cannot answer now."""


class GatewayTimeoutError(ServerStatusError, status=504):
    """504: a Space or proxy got no answer from the server behind it in time."""


class InsufficientStorageError(ServerStatusError, status=507):
    """507: the Hub is overloaded and starts nothing more."""


class InstanceFailedError(ScramjetError):
    """An Instance has ended, and not as was waited for.

    Attributes:
        instance_id: The Instance's id or name.
        status: The status in which it ended.
        exitcode: The exit code of the program, if it is known.
        reason: What the Hub says about it, if anything.
        stderr: The end of what it wrote to stderr and nobody had read, if that was asked for.
    """

    def __init__(
        self, instance_id: str, *, status: str, exitcode: int | None = None, reason: str | None = None, stderr: str = ""
    ) -> None:
        details = [f"exit code {exitcode}"] if exitcode is not None else []
        details += [reason] if reason else []
        message = f"Instance {instance_id} is {status}{': ' * bool(details)}{', '.join(details)}"
        lines = stderr.strip().splitlines()[-SHOWN_LINES:]
        super().__init__("\n".join([f"{message}; its stderr ends with", *lines]) if lines else message)
        self.instance_id = instance_id
        self.status = status
        self.exitcode = exitcode
        self.reason = reason
        self.stderr = stderr


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(globals(), {"Mapping": "collections.abc"})
