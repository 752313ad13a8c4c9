"""What a Platform serves: the operations of the description, at all the paths that they are known by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
from scramjet_serving import description

if TYPE_CHECKING:
    from scramjet_serving.description import Description, Operation

KINDS: Final = ("platform", "space", "multi-manager")
SPACE: Final = "/space/{space_id}/api/"
# The base of a Space at a MultiManager, which a Platform is, too.
MANAGER: Final = "/cpm/{space_id}/api/"
# Hubs fetch packages with a segment more, which means nothing.
PACKAGE: Final = "/s3/{filename}"
PACKAGE_IN_FOLDER: Final = "/s3/{filename}/{file}"


def load() -> Description:
    """Return the operations of the description, those of Spaces also at the base of a MultiManager.

    Raises:
        DescriptionError: There is no description.
    """
    described = description.load(KINDS)
    operations = [*described.operations]
    operations += [in_folder(one) for one in operations if one.id == "getStoreItem"]
    operations += [at_manager(one) for one in operations if one.path.startswith(SPACE)]
    return attrs.evolve(described, operations=tuple(operations))


def at_manager(operation: Operation) -> Operation:
    """Return an operation of a Space with its path at a MultiManager."""
    return attrs.evolve(operation, path=MANAGER + operation.path.removeprefix(SPACE))


def in_folder(operation: Operation) -> Operation:
    """Return the operation that fetches a package with the path that names a folder, too."""
    return attrs.evolve(operation, path=operation.path.replace(PACKAGE, PACKAGE_IN_FOLDER))
