"""Stage 5: the rules of the package bonemet-data."""

from collections.abc import Iterator, Mapping

from ...errors import PackageError
from ...package.descriptor import Package
from ...package.installed import PUBLISHED
from ...package.ledger import FOLDER
from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..location import location, owner
from ..profile import ResourceEntry
from ..properties import further_properties
from ..typed_tables import Tables
from . import consistency, csv_form, releases

_TYPICAL = {"concepts", "statements", "mentions", "sources"}
"""Resources by which the package is recognized under another name."""

_BEYOND_STANDARD = {"rows"}  # the number of rows, as frictionless writes it


def check(
    package: Package, resources: Mapping[str, ResourceEntry], tables: Tables
) -> Iterator[Finding]:
    """Check the rules of the package bonemet-data.

    The rules between its tables apply if the package has its resources.

    Args:
        package: The package.
        resources: Its resources whose files can be opened, by name.
        tables: Its tables that can be read.
    """
    yield from _properties(package)
    yield from _strays(package)
    files = {}
    for name, resource in resources.items():
        try:
            data = package.storage.read(resource.resource.path)
        except PackageError:  # reported by another stage
            continue
        findings, file = csv_form.check(resource, data)
        yield from findings
        if file:
            files[name] = file
    if package.name == PUBLISHED or _has_its_resources(package):
        yield from consistency.check(package, tables, files)
    yield from releases.check(package)


def check_name(package: Package) -> Iterator[Finding]:
    """Warn about a package of another name that has the resources of bonemet-data."""
    if _has_its_resources(package):
        message = (
            f"has the resources of {PUBLISHED}, but its rules were not applied because of the "
            "name: correct the name, or pass --house"
        )
        yield location(package).warning(Rule.HOUSE, message, column="name", value=package.name)


def _has_its_resources(package: Package) -> bool:
    return {*package.names} >= _TYPICAL


def _properties(package: Package) -> Iterator[Finding]:
    """Require that further properties have a namespace, so that none is misspelled."""
    for path, name, _ in further_properties(package.descriptor):
        if name not in _BEYOND_STANDARD and ":" not in name:
            message = f"is not a known property: correct it, remove it, or write my:{name}"
            place = location(package, owner(package, path))
            yield place.error(Rule.UNKNOWN_KEYWORD, message, column=path)


def _strays(package: Package) -> Iterator[Finding]:
    """Require that every file in a data or schema folder is listed."""
    listed = {
        entry.get(keyword)
        for entry in package.descriptor["resources"]
        if isinstance(entry, dict)
        for keyword in ("path", "schema")
        if isinstance(entry.get(keyword), str)
    }
    for folder in ("datapackage", "schemas"):
        for path in package.storage.files(folder):
            if path not in listed and not path.startswith(f"{FOLDER}/"):
                message = "belongs to no resource: remove it, or list it in the descriptor"
                yield location(package).error(Rule.STRAY_FILE, message, column=path)
