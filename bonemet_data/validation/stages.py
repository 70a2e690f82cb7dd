"""Validation of a package on disk: every stage in order, every issue at once."""

from os import PathLike
from pathlib import Path

from ..package.descriptor import Package, installed, open_package
from ..reporting._old_issue import Code, Issue
from . import consistency, releases, schema
from . import csv_form as form
from . import frictionless as judges
from . import integrity as files
from . import profile as descriptor


def validate_package(path: str | PathLike[str] | None = None) -> list[Issue]:
    """Validate a data package: descriptor, files, form, schema, keys, and on.

    Args:
        path: the package's folder or its `datapackage.json`; the installed package if None.

    Returns:
        Every issue, in order; an empty list if the package is valid. The consistency stage runs
        on the package named `bonemet-data` alone.

    Raises:
        PackageError: there is no package there, or its descriptor is not a JSON object.
        MissingExtraError: the extra `validate` is not installed.

    Example:
        >>> import bonemet_data as bm
        >>> bm.validate_package()
        []
    """
    return check(installed() if path is None else open_package(Path(path)))


def check(package: Package) -> list[Issue]:
    """Run every stage on a package that has been opened; see `validate_package`."""
    issues, sound = descriptor.check(package)
    for name, (_, table_schema) in sound.items():
        issues += schema.examples(name, table_schema)
    found, contents = files.check(package, (resource for resource, _ in sound.values()))
    issues += found
    tables = {}
    for name, data in contents.items():
        resource, table_schema = sound[name]
        found, table = form.check(resource, table_schema, data)
        issues += found
        if table:
            tables[name] = table_schema, table
    found, typed = schema.check(tables)
    issues += found
    if package.name == consistency.PACKAGE:
        issues += consistency.check(package, typed)
    issues += releases.check(package)
    issues += judges.check(package, typed, issues)
    if not contents and not issues:
        issues.append(_empty())
    return sorted(set(issues))


def _empty() -> Issue:
    message = "The package has no resources: list at least one."
    return Issue(Code.PROFILE, None, None, "resources", None, message)
