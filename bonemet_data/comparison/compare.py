"""Compare two packages."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from ..errors import PackageError
from ..package.descriptor import Package
from ..package.resource import Resource
from ..package.sizes import size_on_disk
from .changes import Change, Kind
from .difference import Difference
from .metadata import package_changes, resource_changes
from .schema import schema_changes

Progress: TypeAlias = Callable[[int, int], None]
"""Function to call with the numbers of resources and bytes compared so far."""


def compare(old: Package, new: Package, progress: Progress | None = None) -> Difference:
    """Compare two packages; `progress` is called after each resource.

    Raises:
        PackageError: A package cannot be read.
        CsvError: A file is not well-formed CSV.
        UnsupportedSchemaError: A Table Schema uses a feature that is not implemented.
    """
    changes = sorted(_changes(old, new, progress), key=lambda change: change.kind.order)
    return Difference(old.version, new.version, tuple(changes))


def _changes(old: Package, new: Package, progress: Progress | None) -> Iterator[Change]:
    yield from package_changes(old.descriptor, new.descriptor)
    old_resources, new_resources = _by_name(old), _by_name(new)
    for name in old_resources:
        if name not in new_resources:
            yield Change(Kind.RESOURCE_REMOVED, name, old=name)
    for name in new_resources:
        if name not in old_resources:
            yield Change(Kind.RESOURCE_ADDED, name, new=name)
    common = [name for name in old_resources if name in new_resources]
    order = [name for name in new_resources if name in old_resources]
    if common != order:
        yield Change(Kind.RESOURCE_MOVED, old=", ".join(common), new=", ".join(order))
    old_entries, new_entries = (
        {entry["name"]: entry for entry in package.descriptor["resources"]}
        for package in (old, new)
    )
    size = 0
    for number, name in enumerate(order, 1):
        yield from resource_changes(name, old_entries[name], new_entries[name])
        yield from _table_changes((old, old_resources[name]), (new, new_resources[name]))
        size += size_on_disk(new, new_resources[name])
        if progress:
            progress(number, size)


def _table_changes(
    old: tuple[Package, Resource], new: tuple[Package, Resource]
) -> Iterator[Change]:
    """Compare the schema and the data of two versions of a resource."""
    name = new[1].name
    if old[1].schema is None and new[1].schema is None:  # not a table
        if _content(*old) != _content(*new):
            yield Change(Kind.FORM, name)
        return
    before, after = (package.schema(resource) for package, resource in (old, new))
    yield from schema_changes(name, before, after)
    if _content(*old) == _content(*new):
        return
    # These import Polars, which equal files do not need.
    from ..reading.resources import open_resource
    from ..reading.temporary_files import Scratch
    from .rows import row_changes

    with Scratch() as scratch:
        old_tables = open_resource(*old, scratch, before)
        new_tables = open_resource(*new, scratch, after)
        key = after.primary_key if before.primary_key else ()
        same_fields = before.names == after.names
        yield from row_changes(name, old_tables, new_tables, key, same_fields=same_fields)


def _content(package: Package, resource: Resource) -> object:
    """Return the data of a resource, to compare; URLs are not fetched."""
    if resource.remote:
        return resource.remote
    files = [package.storage.read(path) for path in resource.paths]
    return files, resource.data


def _by_name(package: Package) -> dict[str, Resource]:
    resources = {resource.name: resource for resource in package.resources}
    if len(resources) < len(package.resources):
        raise PackageError("The package has two resources with the same name: rename one of them.")
    return resources
