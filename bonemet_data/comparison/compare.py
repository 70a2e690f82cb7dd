"""The comparison of two packages."""

from collections.abc import Iterator
from os import PathLike
from pathlib import Path

from ..errors import BonemetError, PackageError
from ..package.archive import Archive
from ..package.descriptor import Package, Resource, installed, open_package, read_package
from ..package.ledger import released
from ..package.version import Version
from .changes import Change, Difference, Kind
from .metadata import package_changes, resource_changes
from .rows import row_changes
from .schema import schema_changes


def diff(old: str | PathLike[str], new: str | PathLike[str] | None = None) -> Difference:
    """Compare two versions of a data package.

    Args:
        old: a released version of this package, such as "1.0.0", or the path of a package: a
            folder, a `datapackage.json`, or a ZIP archive.
        new: likewise; the installed package if None.

    Returns:
        The changes, the level of the version step that they demand, and the smallest version that
        the second package may have. Constraints are compared by what they allow, rows by primary
        key.

    Raises:
        UnknownNameError: there is no such release.
        PackageError: there is no package at that path, or it cannot be read.

    Example:
        >>> import bonemet_data as bm
        >>> bm.diff("1.0.0", "1.0.0").level.name
        'NONE'
    """
    return compare(find(old), installed() if new is None else find(new))


def find(name: str | PathLike[str]) -> Package:
    """Open a package by a released version, or by the path of a folder, descriptor or archive."""
    path = Path(name)
    if path.is_file() and path.name != "datapackage.json":
        return read_package(Archive(path.read_bytes(), str(name)))
    if path.exists():
        return open_package(path)
    try:
        Version.parse(str(name))
    except BonemetError as error:
        raise PackageError(
            f"{name} is neither a version, such as 1.0.0, nor the path of a package."
        ) from error
    return released(str(name))


def compare(old: Package, new: Package) -> Difference:
    """Compare two packages that have been opened."""
    return Difference(old.version, new.version, tuple(sorted(_changes(old, new))))


def _changes(old: Package, new: Package) -> Iterator[Change]:
    yield from package_changes(old.descriptor, new.descriptor)
    before, after = (_by_name(each) for each in (old, new))
    for name in before:
        if name not in after:
            yield Change(Kind.RESOURCE_REMOVED, name, None, None, name, None)
    for name in after:
        if name not in before:
            yield Change(Kind.RESOURCE_ADDED, name, None, None, None, name)
    common = [name for name in before if name in after]
    order = [name for name in after if name in before]
    if common != order:
        yield Change(Kind.RESOURCE_MOVED, None, None, None, ", ".join(common), ", ".join(order))
    entries = [{e["name"]: e for e in each.descriptor["resources"]} for each in (old, new)]
    for name in order:
        yield from resource_changes(name, entries[0][name], entries[1][name])
        schemas = old.schema(before[name]), new.schema(after[name])
        yield from schema_changes(name, *schemas)
        data = [each.store.read(at[name].path) for each, at in ((old, before), (new, after))]
        key = schemas[1].primary_key if schemas[0].primary_key else ()
        yield from row_changes(
            (before[name], data[0]),
            (after[name], data[1]),
            key,
            same_fields=schemas[0].names == schemas[1].names,
        )


def _by_name(package: Package) -> dict[str, Resource]:
    found = {resource.name: resource for resource in package.resources}
    if len(found) < len(package.resources):
        raise PackageError("Two resources bear one name: rename one before they are compared.")
    return found
