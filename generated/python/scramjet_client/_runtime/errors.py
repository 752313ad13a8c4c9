# Copied by `make generate` from client/runtime/errors.py: edit it there.
"""The errors of the client, one class hierarchy.

No message contains a token, and no failure is reported as None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from .._runtime.hints import lazy_hints

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN_LINES = 10
"""The most lines of a program's stderr that a message shows."""


class ScramjetError(Exception):
    """Base class of all errors that this client raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        # The default pickling calls __init__ with `args`, which here is only the message.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[ScramjetError], args: tuple[object, ...], state: dict[str, Any]) -> ScramjetError:
    """Recreate a pickled error."""
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class ConfigurationError(ScramjetError):
    """The configuration has no address, or a setting that cannot work."""


class InvalidArgumentError(ScramjetError, ValueError):
    """An argument has an invalid value; nothing was sent."""


class ArgumentTypeError(InvalidArgumentError, TypeError):
    """An argument has the wrong type; nothing was sent."""


class NotOpenError(ScramjetError, RuntimeError):
    """A stream or a run was used before it was opened."""


class SourceError(ScramjetError, OSError):
    """A source to upload cannot be read.

    Attributes:
        errno: The operating system's error number.
        filename: The file or folder.
    """

    @classmethod
    def of(cls, error: OSError, path: object) -> SourceError:
        """Return the error for an OSError."""
        kind = {FileNotFoundError: SourceMissingError, PermissionError: SourceForbiddenError}.get(type(error), cls)
        named = error.filename if error.filename is not None else str(path)
        made = kind(f"{named!a} cannot be uploaded: {error.strerror or error}. Check the path and its permissions.")
        made.errno, made.filename = error.errno, named
        return made

    def __str__(self) -> str:
        # OSError would show the error number and the file name instead.
        return str(self.args[0]) if self.args else ""


class SourceMissingError(SourceError, FileNotFoundError):
    """A source to upload does not exist."""


class SourceForbiddenError(SourceError, PermissionError):
    """The permission to read a source to upload is missing."""


class RequestError(ScramjetError):
    """A request failed without an error reply of the server.

    Attributes:
        method: The HTTP method.
        url: The requested URL, without credentials.
        sent: Whether the server may have received the request, or part of it.
    """

    def __init__(self, message: str, *, method: str = "", url: str = "", sent: bool = True) -> None:
        super().__init__(message)
        self.method = method
        self.url = url
        self.sent = sent


class UnsendableError(RequestError, InvalidArgumentError):
    """A request cannot be expressed in HTTP."""


class ConnectionFailed(RequestError, ConnectionError):  # noqa: N818 -- reads as what happened, as the names below do
    """The connection failed, or was lost before the reply began."""


class TimedOut(RequestError, TimeoutError):  # noqa: N818
    """A time limit passed while connecting, sending or waiting for the reply."""


class StreamBroken(RequestError):  # noqa: N818
    """A reply was cut off before its end: the data received is incomplete.

    Attributes:
        received: The number of bytes of the body that were received.
    """

    def __init__(self, message: str, *, method: str = "", url: str = "", received: int = 0) -> None:
        super().__init__(message, method=method, url=url)
        self.received = received


class UnexpectedReply(RequestError):  # noqa: N818
    """The server sent a reply that the API description does not document.

    Attributes:
        status: The HTTP status.
        content: The beginning of the body, undecoded.
    """

    def __init__(self, message: str, *, method: str, url: str, status: int, content: bytes) -> None:
        super().__init__(message, method=method, url=url)
        self.status = status
        self.content = content


class NotJsonError(UnexpectedReply, ValueError):
    """A body that should be JSON is not."""


class FieldError(NamedTuple):
    """A field of a request that the server rejected.

    Attributes:
        field: The name of a parameter, a JSON pointer into the body, or `body` for the body as a whole.
        description: What is wrong with it.
    """

    field: str
    description: str


class ApiStatusError(ScramjetError):
    """The server answered with an error status.

    Attributes:
        status: The HTTP status.
        message: The server's explanation.
        body: The reply's body: parsed if it is JSON, else text.
        headers: The reply's headers, their names in lower case.
        method: The request's HTTP method.
        url: The requested URL, without credentials.
        request_id: The server's id of the request, if it sent one.
        fields: The rejected fields of the request, as far as the server names them.
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
        self.fields = _fields(body)

    @classmethod
    def for_status(cls, status: int) -> type[ApiStatusError]:
        """Return the error class for a status."""
        if status in cls.by_status:
            return cls.by_status[status]
        return {4: ClientStatusError, 5: ServerStatusError}.get(status // 100, ApiStatusError)


def _fields(body: Any) -> tuple[FieldError, ...]:
    """Return the fields that an error's body names, in `fields` or, as older Hubs do, in `error`."""
    if not isinstance(body, dict):
        return ()
    error = body.get("error")
    named = body.get("fields")
    if named is None and isinstance(error, dict) and "reason" in error:
        named = [{"field": error.get("field") or error.get("in"), "description": error["reason"]}]
    found = [
        FieldError(entry["field"], str(entry.get("description") or ""))
        for entry in (named if isinstance(named, list) else ())
        if isinstance(entry, dict) and isinstance(entry.get("field"), str)
    ]
    return tuple(found)


class ClientStatusError(ApiStatusError):
    """4xx: the server rejected the request."""


class ServerStatusError(ApiStatusError):
    """5xx: the server failed."""


class BadRequestError(ClientStatusError, status=400):
    """400: the request is malformed."""


class UnauthorizedError(ClientStatusError, status=401):
    """401: a token is missing or wrong."""


class ForbiddenError(ClientStatusError, status=403):
    """403: the token does not allow this; a Platform also sends it for a missing or wrong token."""


class NotFoundError(ClientStatusError, status=404):
    """404: the thing does not exist, or no longer."""


class MethodNotAllowedError(ClientStatusError, status=405):
    """405: not possible on this thing: a name is taken, or the input is fed by a topic."""


class NotAcceptableError(ClientStatusError, status=406):
    """406: a content type is missing or not acceptable."""


class ConflictError(ClientStatusError, status=409):
    """409: the thing is in use, or its id or name is taken."""


class GoneError(ClientStatusError, status=410):
    """410: what was asked for existed once and is no longer kept."""


class PayloadTooLargeError(ClientStatusError, status=413):
    """413: the body is larger than the server accepts."""


class UnsupportedMediaTypeError(ClientStatusError, status=415):
    """415: the server does not accept this content type here."""


class UnprocessableEntityError(ClientStatusError, status=422):
    """422: well-formed, but unusable: a bad package or a bad id."""


class TooManyRequestsError(ClientStatusError, status=429):
    """429: the server asks to slow down."""


class InternalServerError(ServerStatusError, status=500):
    """500: the server failed inside."""


class BadGatewayError(ServerStatusError, status=502):
    """502: a Space or proxy got an invalid reply from the server behind it."""


class ServiceUnavailableError(ServerStatusError, status=503):
    """503: the server cannot answer now."""


class GatewayTimeoutError(ServerStatusError, status=504):
    """504: a Space or proxy got no answer from the server behind it in time."""


class InsufficientStorageError(ServerStatusError, status=507):
    """507: the Hub is overloaded and starts no more Instances."""


class InstanceFailedError(ScramjetError):
    """An Instance ended otherwise than expected.

    Attributes:
        instance_id: The Instance's id or name.
        status: The status in which it ended.
        exitcode: The program's exit code, if known.
        reason: The Hub's explanation, if it gave one.
        stderr: The end of its unread stderr, if the method collects it.
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


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(globals(), {"Mapping": "collections.abc"})
