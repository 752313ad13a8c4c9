"""A real Platform in a process of its own, that must leave nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from scripts.servers.platform import PlatformServer
from tests.support.hub_process import HUBS

if TYPE_CHECKING:
    import subprocess
    from types import TracebackType
    from typing import Self


class PlatformProcess(PlatformServer):
    """A Platform; use as a context manager, which stops it and asserts that nothing is left of it."""

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        code = 0
        try:
            if self.running:
                code = self.stop()
        finally:
            self.kill()
        if error is None:
            assert code == 0, self.stderr
            self.assert_nothing_left()

    def restart(self) -> Self:
        """Stop it gracefully and start it again on its data folder; its address is another one then."""
        assert self.stop() == 0, self.stderr
        self.kill()
        return self.start()

    def _launch(self) -> subprocess.Popen[bytes]:
        process = super()._launch()
        HUBS.add(process.pid)
        return process

    def client(self, space: str | None = None, *, token: str | None = None, **options: Any) -> httpx.Client:
        """An HTTP client for it, or for one of its Spaces.

        Args:
            space: The id of the Space.
            token: Another token than its own; empty for none.
            options: Further options of `httpx.Client`.
        """
        token = self.token if token is None else token
        headers = {"authorization": f"Bearer {token}"} if token else {}
        base = self.url if space is None else self.space_url(space)
        return httpx.Client(base_url=base, headers=headers, timeout=60, trust_env=False, **options)

    def assert_nothing_left(self) -> None:
        """No temporary file, no unfinished package, no error in its log."""
        assert not list(self.tmp_dir.iterdir()), f"temporary files are left: {list(self.tmp_dir.rglob('*'))}"
        assert not list((self.data_dir / "work").iterdir())
        assert "Traceback" not in self.stderr, self.stderr
