"""Names of what a run creates: distinct from everything else on the Hub, and the same for the same seed."""

from __future__ import annotations

import uuid

import attrs

NAMESPACE = uuid.UUID("6f1de2a4-60c7-4b3c-9f0e-6f1f6d0c3a55")


@attrs.frozen
class Names:
    """The names of one run.

    Attributes:
        prefix: The prefix of each of them.
    """

    prefix: str

    @classmethod
    def for_seed(cls, seed: int, taken: frozenset[str] = frozenset()) -> Names:
        """Return the names that belong to a seed.

        Args:
            seed: The seed of the run.
            taken: Names that are on the Hub already. If a run with this seed left something there, or is in
                progress, a letter is added.
        """
        for letter in ("", *"abcdefghijklmnopqrstuvwxyz"):
            prefix = f"contract-{seed}{letter}-"
            if not any(name.startswith(prefix) for name in taken):
                return cls(prefix)
        raise ValueError(f"the Hub is full of what runs with the seed {seed} left; delete that or choose another seed")

    def name(self, label: str) -> str:
        """Return a name for a Sequence, an Instance or a topic; legal for all three."""
        return self.prefix + label

    def uuid(self, label: str) -> str:
        """Return an id for an Instance, 36 characters."""
        return str(uuid.uuid5(NAMESPACE, self.prefix + label))

    def owns(self, name: object) -> bool:
        """Return whether a name belongs to this run."""
        return isinstance(name, str) and name.startswith(self.prefix)
