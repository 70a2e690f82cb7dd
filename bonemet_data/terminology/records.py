"""Records of the resources of a package."""

from collections.abc import Iterator, Mapping
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


class PackageRecords(Mapping[str, tuple[Any, ...]]):
    """Records of every resource of a package, each read once, when it is first needed.

    Args:
        package: Package.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self._records: dict[str, tuple[Any, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Any, ...]:
        if name not in self:
            raise KeyError(name)
        if name not in self._records:
            self._records[name] = read_records(self._package, name)
        return self._records[name]

    def __contains__(self, name: object) -> bool:
        return name in self._package.names

    def __iter__(self) -> Iterator[str]:
        return iter(self._package.names)

    def __len__(self) -> int:
        return len(self._package.names)
