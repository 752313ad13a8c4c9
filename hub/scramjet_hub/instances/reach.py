"""What the token of an Instance permits: the scope `instance`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scramjet_serving.access.authorization import Target

INSTANCE: Final = "/instance/{id}"
TOPICS: Final = ("/topics", "/topic/")
SEQUENCES: Final = frozenset(
    (("GET", "/sequences"), ("GET", "/sequence/{id}"), ("HEAD", "/sequences"), ("HEAD", "/sequence/{id}"))
)
START: Final = ("POST", "/sequence/{id}/start")
REFUSED: Final = "This token of an Instance is good for topics, that Instance, and starting Sequences"


class Reach:
    """Decides which operations the token of an Instance permits.

    These are: all on topics, all on the Instance itself and on those that it has started, to read which Sequences there
    are, and to start them.

    Args:
        instance_id: The Instance.
        name: Its name, if it has one.
    """

    def __init__(self, instance_id: str, name: str | None) -> None:
        self._instances: set[str] = set()
        self.add(instance_id, name)

    def add(self, instance_id: str, name: str | None) -> None:
        """Permit everything on another Instance."""
        self._instances.update((instance_id, name) if name else (instance_id,))

    def __call__(self, target: Target) -> str:
        """Return why an operation is not permitted; nothing if it is."""
        return "" if self._permits(target) else REFUSED

    def _permits(self, target: Target) -> bool:
        if target.path.startswith(TOPICS):
            return True
        if target.path == INSTANCE or target.path.startswith(INSTANCE + "/"):
            return target.values["id"] in self._instances
        asked = (target.method, target.path)
        return asked == START or asked in SEQUENCES
