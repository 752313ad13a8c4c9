"""The operations of InstanceClient, from the API description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._client import Client
from .._runtime.hints import lazy_hints

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from .._runtime.aio.exchange import AsyncExchange
    from .._runtime.aio.streams import AsyncStream
    from .._runtime.call import Progress, UploadSource
    from ..models.accepted import Accepted
    from ..models.event_accepted import EventAccepted
    from ..models.instance import Instance
    from ..models.instance_health import InstanceHealth
    from ..models.log_record import LogRecord
    from ..models.topic_content_type import TopicContentType


class InstanceOperations(Client):
    """The operations of InstanceClient."""

    id: str

    async def get_info(self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None) -> Instance:
        """Return an Instance.

        An Instance and its status at this moment; once it has ended, also how (`terminated`) and when. To
        wait for the end, poll this operation, or read `output` or `log` to its end, which is faster.

        Request: `GET /instance/{id}`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Instance.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.get_instance import call

        return await self._connection.send(call(id=self.id), timeout=timeout, headers=headers)

    async def get_health(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> InstanceHealth:
        """Return an Instance's health.

        The last health report of the Instance: its own, or that of the health check of the Sequence. Before
        the first report, the reply waits for it, up to five seconds; what has not reported by then is not
        healthy. Once the Instance has ended, it is not healthy any more.

        Request: `GET /instance/{id}/health`

        Args:
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            What it said last.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.get_instance_health import call

        return await self._connection.send(call(id=self.id), timeout=timeout, headers=headers)

    async def send_stdin(
        self,
        data: UploadSource,
        *,
        end_stream: bool | None = None,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Write to an Instance's stdin.

        Passes the body to the process's standard input as it arrives, at the pace of the process
        (back-pressure). The reply comes when all of it was accepted: 200, and stdin ends; with
        `x-end-stream: false`, 202, and stdin stays open for another write. Concurrent writes are accepted
        one after another. If the client disconnects before the end of its body, stdin does not end; the
        data received until then was passed on.

        Request: `POST /instance/{id}/stdin`

        Args:
            data: Bytes. A missing content type is taken for `application/octet-stream`.
            end_stream: Whether the stream ends with this request. Some clients send `True`, `False` or
                `undefined`; `undefined` counts as missing. The server takes True if it is omitted.
            progress: Told the bytes sent so far, and their final number where it is known.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is invalid; the error names the field and the reason.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            ConflictError: The stream or the Instance has ended and accepts no more data.
            UnsupportedMediaTypeError: The content type is not supported, or not that of the stream.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.write_stdin import call

        return await self._send_to_program(
            call(id=self.id, data=data, end_stream=end_stream, progress=progress), timeout=timeout, headers=headers
        )

    def get_stdout(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[Any]:
        """Stream an Instance's stdout.

        The bytes of the process's standard output as they come, beginning with those that have not been
        read yet. Ends when the Instance has ended or has closed it. The tag `instances` describes what
        concurrent readers get.

        Request: `GET /instance/{id}/stdout`

        Args:
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            The bytes, as they come.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.read_stdout import call

        return self._connection.open(call(id=self.id), timeout=timeout, headers=headers, idle_timeout=idle_timeout)

    def get_stderr(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[Any]:
        """Stream an Instance's stderr.

        The bytes of the process's standard error as they come, beginning with those that have not been read
        yet. Where a Sequence fails, its traceback is here. Ends when the Instance has ended or has closed
        it. The tag `instances` describes what concurrent readers get.

        Request: `GET /instance/{id}/stderr`

        Args:
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            The bytes, as they come.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.read_stderr import call

        return self._connection.open(call(id=self.id), timeout=timeout, headers=headers, idle_timeout=idle_timeout)

    async def send_input(
        self,
        data: UploadSource,
        *,
        end_stream: bool | None = None,
        content_type: TopicContentType | None = None,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Write to an Instance's input.

        Passes the body to the Sequence's input as it arrives, at the pace of the Sequence (back-pressure).
        The reply comes when all of it was accepted: 200, and the input ends; with `x-end-stream: false`,
        202, and the input stays open for another write. Concurrent writes are accepted one after another.
        If the client disconnects before the end of its body, the input does not end; the data received
        until then was passed on.

        The first write must have a content type, which holds for the whole input: it tells the runner
        whether the Sequence gets lines, decoded values or bytes. Later writes may omit it, but must not
        have another one.

        Request: `POST /instance/{id}/input`

        Args:
            data: Data for the Sequence.
            end_stream: Whether the stream ends with this request. Some clients send `True`, `False` or
                `undefined`; `undefined` counts as missing. The server takes True if it is omitted.
            content_type: The media type of the data. If left out, text is `text/plain`, bytes and files are
                `application/octet-stream`, and anything else is `application/x-ndjson`.
            progress: Told the bytes sent so far, and their final number where it is known.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is invalid; the error names the field and the reason.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            MethodNotAllowedError: A topic feeds the Instance's input.
            NotAcceptableError: The content type is missing, and the input has none yet.
            ConflictError: The stream or the Instance has ended and accepts no more data.
            UnsupportedMediaTypeError: The content type is not supported, or not that of the stream.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.write_input import call

        return await self._send_to_program(
            call(id=self.id, data=data, end_stream=end_stream, content_type=content_type, progress=progress),
            timeout=timeout,
            headers=headers,
        )

    def get_output(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[Any]:
        """Stream an Instance's output.

        What the Sequence returns or yields, as it comes, beginning with what has not been read yet. Text is
        UTF-8; with an ndjson type it is one JSON value a line; bytes are passed on as they are. The content
        type of the reply is `application/octet-stream` all the same. Stays empty, and ends with the
        Instance, if the output feeds a topic. Ends when the Sequence has no more to give; the tag
        `instances` describes what concurrent readers get.

        Request: `GET /instance/{id}/output`

        Args:
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            The output, as it comes.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.read_output import call

        return self._connection.open(call(id=self.id), timeout=timeout, headers=headers, idle_timeout=idle_timeout)

    def inout(
        self,
        data: UploadSource | None = None,
        *,
        end_stream: bool | None = None,
        content_type: TopicContentType | None = None,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> AsyncExchange[Any]:
        """Write to an Instance's input and read its output in one request.

        `InstanceClient.send_input` and `InstanceClient.get_output` in one request, both ways at the same
        time: the reply begins before the request has ended, and goes on after it until the output ends.
        Many HTTP clients send all of a request before they read any of the reply; with those, use the two
        operations apart, or the two sides wait for each other once the buffers are full.

        The first write has to name a content type, as for `InstanceClient.send_input`. `undefined`, which
        `si inst inout` sends unless it is told a type, is `text/plain` there, as `si inst input` would have
        it.

        Request: `POST /instance/{id}/inout`

        Args:
            data: Data for the Sequence.
            end_stream: Whether the stream ends with this request. Some clients send `True`, `False` or
                `undefined`; `undefined` counts as missing. The server takes True if it is omitted.
            content_type: The media type of the data. If left out, text is `text/plain`, bytes and files are
                `application/octet-stream`, and anything else is `application/x-ndjson`.
            progress: Told the bytes sent so far, and their final number where it is known.
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.

        Returns:
            The output, as it comes.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The request is invalid; the error names the field and the reason.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            MethodNotAllowedError: A topic feeds the Instance's input.
            NotAcceptableError: The content type is missing, and the input has none yet.
            ConflictError: The stream or the Instance has ended and accepts no more data.
            UnsupportedMediaTypeError: The content type is not supported, or not that of the stream.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.exchange_inout import call

        return self._exchange_with_program(
            call(id=self.id, data=data, end_stream=end_stream, content_type=content_type, progress=progress),
            timeout=timeout,
            headers=headers,
        )

    def get_log_stream(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        idle_timeout: float | None = None,
    ) -> AsyncStream[LogRecord]:
        """Stream an Instance's log.

        Every reader first gets the recent log, bounded in length, and then new records as they are written;
        after the Instance has ended, the log that is kept, and then the end of the stream. Contains the
        records of the Sequence, and those of the Hub and the runner about the Instance. One JSON object a
        line, although the content type does not say so.

        Request: `GET /instance/{id}/log`

        Args:
            timeout: Seconds until the stream must begin; no limit unless given.
            headers: Additional headers of this request.
            idle_timeout: Seconds that may pass without a byte after that; no limit unless given.

        Returns:
            Log records, one a line.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.read_instance_log import call

        return self._connection.open(call(id=self.id), timeout=timeout, headers=headers, idle_timeout=idle_timeout)

    async def send_event(
        self,
        event_name: str,
        message: Any = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> EventAccepted | Accepted:
        """Send an event to an Instance.

        Passes an event on to the Instance, where it calls the handlers that the Sequence has for its name.
        The reply does not wait for them, nor does it tell whether there are any. The body is the event, or
        the event behind its message code in an array, as older clients send it; further fields are ignored.

        Request: `POST /instance/{id}/_event`

        Args:
            event_name: The event name.
            message: Anything that JSON can say.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The event was passed on.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The body is not as described, or the Instance has ended.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            PayloadTooLargeError: The body is larger than the server accepts.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.send_event import call

        return await self._send_to_program(
            call(id=self.id, event_name=event_name, message=message), timeout=timeout, headers=headers
        )

    async def get_event(
        self, name: str, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """Return the last event with a given name.

        The message of the last event of this name that the Instance has sent; any JSON value, including
        `0`, `""`, `False` and `None`. If there was none, the reply waits for the first one. If the Instance
        ends before that, the reply is 404.

        Request: `GET /instance/{id}/event/{name}`

        Args:
            name: The name of the event.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            Its message.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or ended before such an event.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.get_last_event import call

        return await self._connection.send(call(id=self.id, name=name), timeout=timeout, headers=headers)

    async def stop(
        self,
        timeout: float | datetime.timedelta | None = None,
        can_call_keepalive: bool | None = None,
        *,
        request_timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Instance:
        """Ask an Instance to stop.

        Runs the Instance's stop handlers, and kills it if it has not ended within `timeout`. With
        `can_call_keepalive`, each keep-alive call of the Sequence extends that time.

        The reply comes at once, with the status `stopping`. `InstanceClient.get_info` shows how it ended:
        exit code 138 after a stop, 137 if it had to be killed. Another request while it stops changes
        nothing and is not an error; an Instance that has ended cannot be stopped. The body is an object, or
        an array of a message code and that object, as older clients send it; unknown fields are ignored.

        Request: `POST /instance/{id}/_stop`

        Args:
            timeout: Seconds, or a `timedelta`, after which the Instance is killed if it has not ended. The
                server takes 7 if it is omitted.
            can_call_keepalive: Whether the Instance may prolong the time-out. The server takes False if it
                is omitted.
            request_timeout: Seconds to wait for the next part of the reply, instead of the client's;
                `math.inf` for no limit.
            headers: Additional headers of this request.

        Returns:
            The Instance stops.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The body is not as described, or the Instance has ended.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            PayloadTooLargeError: The body is larger than the server accepts.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.stop_instance import call

        return await self._connection.send(
            call(id=self.id, timeout=timeout, can_call_keepalive=can_call_keepalive),
            timeout=request_timeout,
            headers=headers,
        )

    async def kill(
        self,
        remove_immediately: bool | None = None,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Instance:
        """Kill an Instance.

        Kills the Instance and every process that it has started. Its kill handlers and its program's exit
        handlers run first; after a few seconds, or if the Sequence is too busy to run them, it is killed
        anyway. The reply comes at once, with the status `killing`; the Instance ends soon after, with exit
        code 137. Works at any time before the end, also while it starts or stops. With
        `remove_immediately`, the Instance, its log and its streams are removed as soon as it has ended. The
        body is an object, or an array of a message code and that object, as older clients send it; unknown
        fields are ignored.

        Request: `POST /instance/{id}/_kill`

        Args:
            remove_immediately: Whether to forget the Instance as soon as it has ended, with its logs and
                streams. The server takes False if it is omitted.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The Instance is killed.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The body is not as described, or the Instance has ended.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            PayloadTooLargeError: The body is larger than the server accepts.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.kill_instance import call

        return await self._connection.send(
            call(id=self.id, remove_immediately=remove_immediately), timeout=timeout, headers=headers
        )

    async def set_monitoring_rate(
        self,
        monitoring_rate: float | datetime.timedelta,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Accepted:
        """Set the interval between reports of an Instance.

        Sets the time between two reports of the Instance; it begins with one second.
        `InstanceClient.get_health` is never newer than the last report. The body is an object, or the
        object behind its message code in an array, as older clients send it; further fields are ignored.

        Request: `POST /instance/{id}/_monitoring_rate`

        Args:
            monitoring_rate: Seconds, or a `timedelta`, between two reports.
            timeout: Seconds to wait for the next part of the reply, instead of the client's; `math.inf` for
                no limit.
            headers: Additional headers of this request.

        Returns:
            The new rate holds.

        Raises:
            InvalidArgumentError: An id or a name is empty, or would change the meaning of the request.
            BadRequestError: The body is not as described, or the Instance has ended.
            UnauthorizedError: The token is missing, or not known to the Hub.
            ForbiddenError: The token does not permit this. The Platform also replies 403 to a missing or
                wrong token.
            NotFoundError: The Instance does not exist, or it has ended and is no longer kept.
            PayloadTooLargeError: The body is larger than the server accepts.
            ScramjetError: Any other failure; see `scramjet_client.errors`.
        """
        from ..api.instances.set_monitoring_rate import call

        return await self._connection.send(
            call(id=self.id, monitoring_rate=monitoring_rate), timeout=timeout, headers=headers
        )


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Accepted": "..models.accepted",
        "AsyncExchange": ".._runtime.aio.exchange",
        "AsyncStream": ".._runtime.aio.streams",
        "EventAccepted": "..models.event_accepted",
        "Instance": "..models.instance",
        "InstanceHealth": "..models.instance_health",
        "LogRecord": "..models.log_record",
        "Mapping": "collections.abc",
        "Progress": ".._runtime.call",
        "TopicContentType": "..models.topic_content_type",
        "UploadSource": ".._runtime.call",
        "datetime": "",
    },
)
