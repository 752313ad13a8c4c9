# Made blocking by `make generate` from client/classes/host.py: edit it there.
"""The client for a Hub."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import attrs

from .._runtime.arguments import arguments_of, configuration_of
from .._runtime.hints import lazy_hints
from .._runtime.settings.config import ApiConfig
from .._runtime.uploads.packages import package_source
from ._client import ServerClient
from ._operations.host import HostOperations

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from .. import models
    from .._runtime.call import Call, Progress, UploadSource
    from .._runtime.sync.items import Items
    from .._runtime.sync.streams import Stream
    from ..models import (
        Instance,
        InstanceEvent,
        InstanceEvents,
        InstanceEventType,
        InstanceStatus,
        Limits,
        ListOrder,
        SequenceId,
        TopicContentType,
    )
    from ._operations.raw_host import RawHost
    from ._run import Run
    from ._watch import Watch
    from .instance import InstanceClient
    from .sequence import SequenceClient
    from .space import SpaceClient

BEHIND_A_SPACE = re.compile(r"(?P<server>.+)/(?P<road>space|cpm)/(?P<space>[^/]+)/api/v1/sth/[^/]+/api/v1")
"""The address of a Hub behind a Space, at a Platform (`space`) or a MultiManager (`cpm`)."""

SHARED_SETTINGS = (
    "token",
    "token_file",
    "verify_ssl",
    "ca_file",
    "timeout",
    "connect_timeout",
    "max_retries",
    "headers",
    "deadline",
    "http",
)
"""The settings that a Hub's client passes on to its Platform's client."""


class HostClient(HostOperations, ServerClient):
    """A Hub: stores Sequences and runs Instances of them.

    Example:
        ```python
        with HostClient("http://127.0.0.1:8000/api/v1") as host:
            sequence = host.send_sequence("hello.tar.gz")
            instance = sequence.start(args=["world"])
            for line in instance.output.lines(check=True):
                print(line)
        ```
    """

    @property
    def raw(self) -> RawHost:
        """The same operations, each returning status and headers along with the result."""
        from ._operations.raw_host import RawHost

        return RawHost(self)

    def send_sequence(
        self,
        package: UploadSource,
        app_config: Mapping[str, Any] | None = None,
        *,
        name: str | None = None,
        progress: Progress | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> SequenceClient:
        """Upload a package as a new Sequence.

        Request: `POST /sequence`

        Args:
            package: The path of a tar.gz, or of a folder that is packed while it is sent; or the tar.gz itself, as
                bytes, an open file or an iterable. A folder's `.siignore` lists what to exclude, in the syntax of
                .gitignore; histories (`.git`), secrets (`.env`), virtual environments and caches are always excluded,
                unless `.siignore` re-includes them (`!.env`).
            app_config: The default configuration of Instances that are started without their own.
                STH does not support it here and refuses the package with 415.
            name: An alias for the Sequence, unique on the Hub.
            progress: Called with the bytes sent so far, and their total if known.
            timeout: Seconds to wait for the reply after everything is sent, instead of the client's.
            headers: Additional headers of this request.

        Raises:
            UnprocessableEntityError: The package cannot be stored.
            MethodNotAllowedError: The name is taken.
            ScramjetError: Any other failure.
        """
        from ..api.sequences.upload_sequence import call
        from .sequence import SequenceClient

        package = package_source(package)
        upload = call(data=package, name=name, progress=progress)
        if app_config := configuration_of(app_config):
            from ._form import Form

            form = Form(package, app_config)
            upload = attrs.evolve(upload, body=form.chunks(), content_type=form.content_type)
        reply = self._connection.send(upload, timeout=timeout, headers=headers)
        return SequenceClient(reply.id, self)

    def start_sequence(
        self,
        id: str,
        *,
        args: Sequence[Any] | None = None,
        app_config: Mapping[str, Any] | None = None,
        input_topic: str | None = None,
        output_topic: str | None = None,
        limits: Limits | None = None,
        instance_id: str | None = None,
        instance_name: str | None = None,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> InstanceClient:
        """Start an Instance of a Sequence; the same as `SequenceClient.start`.

        Request: `POST /sequence/{id}/start`

        Args:
            id: The id or the name of the Sequence.
            args: Arguments of the program, after the context and the input.
            app_config: The program's configuration.
            input_topic: The topic that feeds its input.
            output_topic: The topic that its output feeds.
            limits: The Instance's resource limits.
            instance_id: The id to give the Instance.
            instance_name: A name for the Instance, unique on the Hub, to use instead of its id; since Hub 2.0.
            timeout: Seconds to wait for the reply, instead of the client's.
            headers: Additional headers of this request.
        """
        return self.get_sequence_client(id).start(
            args=args,
            app_config=app_config,
            input_topic=input_topic,
            output_topic=output_topic,
            limits=limits,
            instance_id=instance_id,
            instance_name=instance_name,
            timeout=timeout,
            headers=headers,
        )

    def delete_sequence(
        self, id: str, force: bool = False, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> SequenceId:
        """Delete a Sequence.

        Request: `DELETE /sequence/{id}`

        Args:
            id: Its id or its name.
            force: Whether to kill its Instances first.
            timeout: Seconds to wait for the reply, instead of the client's.
            headers: Additional headers of this request.

        Raises:
            NotFoundError: No such Sequence.
            ConflictError: It has Instances.
            ScramjetError: Any other failure.
        """
        from ..api.sequences.delete_sequence import call

        return self._connection.send(call(id=id, seq_kill_inst=force or None), timeout=timeout, headers=headers)

    def iter_instances(
        self,
        *,
        sequence: str | None = None,
        status: list[InstanceStatus] | None = None,
        starting_time: datetime.datetime | None = None,
        ending_time: datetime.datetime | None = None,
        order: ListOrder = "asc",
        page_size: int = 100,
    ) -> Items[Instance]:
        """Iterate over the Hub's Instances, page by page, so that a long list is never in memory at once.

        Request: `GET /instances`

        No Instance comes twice. One that the Hub removes meanwhile can move another across the end of a page, which is
        then left out; `list_instances` without arguments is one snapshot.

        Args:
            sequence: Only Instances of this Sequence, by its id or its name.
            status: Only Instances with one of these statuses.
            starting_time: Only Instances that had not ended before.
            ending_time: Only Instances that were created until then.
            order: `asc` begins with the oldest, `desc` with the newest.
            page_size: How many Instances to request at once, 1 to 1000.

        Raises:
            InvalidArgumentError: There is no page of this size.

        Example:
            ```python
            for instance in host.iter_instances(status=["running"]):
                print(instance.id)
            ```
        """
        from ..api.instances.list_instances import call
        from ._pages import Pages

        def page(offset: int) -> Call[list[Instance]]:
            return call(
                sequence=sequence,
                status=status,
                starting_time=starting_time,
                ending_time=ending_time,
                limit=page_size,
                offset=offset,
                order=order,
            )

        pages: Pages[Instance] = Pages(self._connection, page, list, page_size)
        return pages.items()

    def iter_instance_events(
        self,
        *,
        instance_ids: list[str] | None = None,
        types: list[InstanceEventType] | None = None,
        starting_time: datetime.datetime | None = None,
        ending_time: datetime.datetime | None = None,
        order: ListOrder = "asc",
        page_size: int = 100,
    ) -> Items[InstanceEvent]:
        """Iterate over what happened to Instances, page by page; ends with the newest (or oldest) event.

        Request: `GET /instance_events`

        Args:
            instance_ids: Only events of these Instances.
            types: Only events of these types.
            starting_time: Only events from this time on.
            ending_time: Only events until this time.
            order: `asc` begins with the oldest, `desc` with the newest.
            page_size: How many events to request at once, 1 to 1000.

        Raises:
            InvalidArgumentError: There is no page of this size.
        """
        from ..api.instances.list_instance_events import call
        from ._pages import Pages

        def page(offset: int) -> Call[InstanceEvents]:
            return call(
                instance_ids=instance_ids,
                types=types,
                starting_time=starting_time,
                ending_time=ending_time,
                limit=page_size,
                offset=offset,
                order=order,
            )

        pages: Pages[InstanceEvent] = Pages(self._connection, page, attrgetter("events"), page_size)
        return pages.items()

    def watch(
        self,
        cursor: str | None = None,
        *,
        instance_ids: list[str] | None = None,
        types: list[InstanceEventType] | None = None,
        patience: float = 60.0,
    ) -> Watch:
        """Follow what happens to Instances, over disconnects and restarts of the Hub: nothing is missed or comes twice.

        Request: `GET /streams/instance_events`

        Args:
            cursor: The `cursor` of an earlier watch, or the id of an event, to go on after it; "0" for all that are
                kept. Without it, the watch begins with what happens after it is opened.
            instance_ids: Only events of these Instances.
            types: Only events of these types.
            patience: Seconds without a connection after which the error is raised; `math.inf` for no limit.

        Returns:
            An iterator of events, to use with `with`.

        Example:
            ```python
            with host.watch(types=["created"]) as watch:
                sequence.start()
                event = next(watch)
                print(event.instance_id, event.message)
            ```
        """
        from ..api.instances.watch_instance_events import call
        from ._watch import SILENCE, Watch

        def begin(after: str | None) -> Stream[InstanceEvent]:
            wanted = call(cursor=after, instance_ids=instance_ids, types=types)
            return self._connection.open(wanted, idle_timeout=SILENCE)

        return Watch(begin, cursor, patience)

    def iter_sequences(
        self, *, name: str | None = None, order: ListOrder = "asc", page_size: int = 100
    ) -> Items[models.Sequence]:
        """Iterate over the Hub's Sequences, page by page.

        Request: `GET /sequences`

        No Sequence comes twice. One that is deleted meanwhile can move another across the end of a page, which is then
        left out; `list_sequences` without arguments is one snapshot.

        Args:
            name: Only Sequences with this name, or whose package has it.
            order: `asc` begins with the oldest, `desc` with the newest.
            page_size: How many Sequences to request at once, 1 to 1000.

        Raises:
            InvalidArgumentError: There is no page of this size.
        """
        from ..api.sequences.list_sequences import call
        from ._pages import Pages

        def page(offset: int) -> Call[list[models.Sequence]]:
            return call(name=name, limit=page_size, offset=offset, order=order)

        pages: Pages[models.Sequence] = Pages(self._connection, page, list, page_size)
        return pages.items()

    def get_sequence_id(self, name: str) -> str:
        """Return the id of the Sequence with a name.

        Request: `GET /sequence/{id}`

        Args:
            name: Its name from the upload.

        Raises:
            NotFoundError: No Sequence has this name.
        """
        return (self.get_sequence(name)).id

    def get_sequence_client(self, id: str) -> SequenceClient:
        """Return a client for a Sequence.

        Args:
            id: Its id or its name. No request is made: the Sequence may not exist.
        """
        from .sequence import SequenceClient

        return SequenceClient(id, self)

    def get_instance_client(self, id: str) -> InstanceClient:
        """Return a client for an Instance.

        Args:
            id: Its id or its name. No request is made: the Instance may not exist.
        """
        from .instance import InstanceClient

        return InstanceClient(id, self)

    def get_manager_client(self) -> SpaceClient:
        """Return a client for the Space that this Hub is in.

        If this client reaches the Hub through a Platform or a MultiManager, the returned client has its own connections
        to that, which its `server.close` closes. If this client talks to the Hub itself, the Hub passes requests on to
        its Space, over the connections of this client. No request is made: the Hub may be in no Space.
        """
        from .middleware import MiddlewareClient
        from .multi_manager import MultiManagerClient
        from .space import OWN_SPACE, SpaceClient

        address = BEHIND_A_SPACE.fullmatch(self.url)
        if address is None:
            return SpaceClient(OWN_SPACE, self)
        settings = self._connection.settings
        fields = {name: getattr(settings, name) for name in SHARED_SETTINGS}
        kind = MiddlewareClient if address["road"] == "space" else MultiManagerClient
        return SpaceClient(unquote(address["space"]), kind(address["server"], api_config=ApiConfig(**fields)))

    get_space_client = get_manager_client

    def run(
        self,
        package: UploadSource,
        *,
        input: UploadSource | None = None,
        content_type: TopicContentType | None = None,
        args: Sequence[Any] | None = None,
        app_config: Mapping[str, Any] | None = None,
        limits: Limits | None = None,
        check: bool = True,
    ) -> Run:
        r"""Upload a package, start it, send its input, return its output and clean up.

        Args:
            package: As for `send_sequence`.
            input: The input to send; if omitted, the input ends at once.
            content_type: The media type of the input. If omitted, text is `text/plain`, bytes and files are
                `application/octet-stream`, and iterables are `application/x-ndjson`.
            args: Arguments of the program, after the context and the input.
            app_config: The program's configuration.
            limits: Resource limits.
            check: Whether to raise an error if the program fails.

        Returns:
            A stream of the output, to use with `with`; nothing happens before that.

        Example:
            ```python
            with host.run("hello.tar.gz", input="world\n") as run:
                for line in run.lines():
                    print(line)
            ```
        """
        from ._run import Job, Run

        job = Job(
            package=package,
            input=input,
            content_type=content_type,
            args=arguments_of(args),
            app_config=configuration_of(app_config),
            limits=limits,
            check=check,
        )
        return Run(self, job)


# Names that only annotations use are imported when these are read, as by `typing.get_type_hints`.
lazy_hints(
    globals(),
    {
        "Call": ".._runtime.call",
        "Instance": "..models",
        "InstanceClient": ".instance",
        "InstanceEvent": "..models",
        "InstanceEventType": "..models",
        "InstanceEvents": "..models",
        "InstanceStatus": "..models",
        "Items": ".._runtime.sync.items",
        "Limits": "..models",
        "ListOrder": "..models",
        "Mapping": "collections.abc",
        "Progress": ".._runtime.call",
        "RawHost": "._operations.raw_host",
        "Run": "._run",
        "Sequence": "collections.abc",
        "SequenceClient": ".sequence",
        "SequenceId": "..models",
        "SpaceClient": ".space",
        "Stream": ".._runtime.sync.streams",
        "TopicContentType": "..models",
        "UploadSource": ".._runtime.call",
        "Watch": "._watch",
        "datetime": "",
        "models": "..",
    },
)
