# Made blocking by `make generate` from client/classes/host.py: edit it there.
"""A Hub."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import attrs

from .._runtime.arguments import arguments_of, configuration_of
from .._runtime.errors import ConfigurationError
from .._runtime.hints import lazy_hints
from .._runtime.settings.config import ApiConfig
from .._runtime.uploads.packages import package_source
from ._client import ServerClient
from ._operations.host import HostOperations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .._runtime.call import Progress, UploadSource
    from ..models import Limits, SequenceId, TopicContentType
    from ._operations.raw_host import RawHost
    from ._run import Run
    from .instance import InstanceClient
    from .sequence import SequenceClient
    from .space import SpaceClient

BEHIND_A_SPACE = re.compile(r"(?P<platform>.+)/space/(?P<space>[^/]+)/api/v1/sth/[^/]+/api/v1")
"""The address of a Hub behind a Space."""

SHARED_SETTINGS = (
    "token",
    "verify_ssl",
    "ca_file",
    "timeout",
    "connect_timeout",
    "max_retries",
    "headers",
    "deadline",
    "http",
)
"""What holds for the Platform of a Hub as it does for the Hub."""


class HostClient(HostOperations, ServerClient):
    """A Hub: it keeps Sequences and runs Instances of them.

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
        """The same operations, each giving the status and the headers beside the result."""
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
                bytes, an open file or an iterable. Of a folder, what its `.siignore` names stays out, in the syntax of
                .gitignore; histories (`.git`), secrets (`.env`), virtual environments and caches stay out anyway,
                unless `.siignore` brings them back (`!.env`).
            app_config: What Instances find as their configuration if they are started without one of their own.
                STH does not take it here, and refuses the package with 415.
            name: An alias for the Sequence, unique in the Hub.
            progress: Told the bytes sent so far, and their final number where it is known.
            timeout: Seconds to wait for the answer once all is sent, instead of the client's.
            headers: Headers of this request, on top of all others.

        Raises:
            UnprocessableEntityError: The package cannot be kept.
            MethodNotAllowedError: The name is taken.
            ScramjetError: Anything else went wrong.
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
            app_config: What the program finds as its configuration.
            input_topic: The topic that feeds its input.
            output_topic: The topic that its output feeds.
            limits: What the Instance may use at most.
            instance_id: The id that it is to have.
            instance_name: A name to address it by, unique in the Hub; since Hub 2.0.
            timeout: Seconds to wait for the answer, instead of the client's.
            headers: Headers of this request, on top of all others.
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
            timeout: Seconds to wait for the answer, instead of the client's.
            headers: Headers of this request, on top of all others.

        Raises:
            NotFoundError: There is no such Sequence.
            ConflictError: It has Instances.
            ScramjetError: Anything else went wrong.
        """
        from ..api.sequences.delete_sequence import call

        return self._connection.send(call(id=id, seq_kill_inst=force or None), timeout=timeout, headers=headers)

    def get_sequence_id(self, name: str) -> str:
        """Give the id of the Sequence that has a name.

        Request: `GET /sequence/{id}`

        Args:
            name: The name that it was given at upload.

        Raises:
            NotFoundError: No Sequence has this name.
        """
        return (self.get_sequence(name)).id

    def get_sequence_client(self, id: str) -> SequenceClient:
        """Give a client for a Sequence.

        Args:
            id: Its id or its name. Nothing is asked of the Hub: there may be no such Sequence.
        """
        from .sequence import SequenceClient

        return SequenceClient(id, self)

    def get_instance_client(self, id: str) -> InstanceClient:
        """Give a client for an Instance.

        Args:
            id: Its id or its name. Nothing is asked of the Hub: there may be no such Instance.
        """
        from .instance import InstanceClient

        return InstanceClient(id, self)

    def get_manager_client(self) -> SpaceClient:
        """Give a client for the Space that this Hub is behind.

        It has connections of its own; `platform.close` of what is given closes them.

        Raises:
            ConfigurationError: This client talks to the Hub itself, not through a Space.
        """
        from .middleware import MiddlewareClient
        from .space import SpaceClient

        address = BEHIND_A_SPACE.fullmatch(self.url)
        if address is None:
            raise ConfigurationError(f"{self.url} is a Hub by itself; give the Space's Platform to MiddlewareClient.")
        settings = self._connection.settings
        fields = {name: getattr(settings, name) for name in SHARED_SETTINGS}
        platform = MiddlewareClient(address["platform"], api_config=ApiConfig(**fields))
        return SpaceClient(unquote(address["space"]), platform)

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
        r"""Upload a package, start it, feed it, give its output and clean up.

        Args:
            package: As for `send_sequence`.
            input: What to feed to it; its input ends at once if left out.
            content_type: The media type of the input. If left out, text is `text/plain`, bytes and files are
                `application/octet-stream`, and iterables are `application/x-ndjson`.
            args: Arguments of the program, after the context and the input.
            app_config: What the program finds as its configuration.
            limits: What it may use at most.
            check: Whether to raise an error if the program fails.

        Returns:
            A stream of the output, to be used with `with`; nothing happens before.

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


# What annotations alone name comes when somebody looks at them, as `typing.get_type_hints` does.
lazy_hints(
    globals(),
    {
        "InstanceClient": ".instance",
        "Limits": "..models",
        "Mapping": "collections.abc",
        "Progress": ".._runtime.call",
        "RawHost": "._operations.raw_host",
        "Run": "._run",
        "Sequence": "collections.abc",
        "SequenceClient": ".sequence",
        "SequenceId": "..models",
        "SpaceClient": ".space",
        "TopicContentType": "..models",
        "UploadSource": ".._runtime.call",
    },
)
