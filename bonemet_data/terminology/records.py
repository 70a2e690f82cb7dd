"""Records of the resources of a package."""

from typing import Any

from ..package.descriptor import Package
from ..package.typed_columns import read_columns
from ..tableschema.frames import to_records


def read_records(package: Package, name: str) -> tuple[Any, ...]:
    """Return the typed records of one resource, as named tuples.

    Raises:
        UnknownNameError: The package has no such resource.
        IntegrityError: The checksum of the file differs from the recorded one.
    """
    return to_records(*read_columns(package, package.resource(name)))
