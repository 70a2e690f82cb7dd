"""Stage 5: what must be true across the tables of the package named bonemet-data.

The tables of the article, the kinds and the predicates come from the package that is validated.
"""

from collections.abc import Iterator, Mapping

from ...errors import BonemetError
from ...package.descriptor import Package
from ...package.installed import PUBLISHED
from ...package.version import Version
from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..location import location
from ..typed_tables import RequiredTables, Tables
from . import (
    article,
    citations,
    concepts,
    curies,
    evidence,
    mappings,
    mentions,
    statements,
    synonyms,
)
from .csv_form import CsvFile, misquoted

SINCE = Version(2, 0, 0)
"""First version with the resources that these rules read."""

_DIALECT = {"lineTerminator": "\n"}
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "concepts": ("definition", "scope_note"),
    "predicates": ("inverse_label",),
    "publications": ("publication_year",),
    "evidence": ("stance",),
    "synonyms": ("type",),
    "vocabularies": ("spellings", "version", "license", "credit"),
}
"""Required columns that no rule reads. Those that rules read are noted when they are read."""


def check(package: Package, tables: Tables, files: Mapping[str, CsvFile]) -> Iterator[Finding]:
    """Check the form of the files and the rules between the tables.

    Each rule runs as far as its tables can be read. The rules between the tables are about the
    resources of `SINCE`: a release before it is checked by its form and its checksums.

    Args:
        package: Package.
        tables: Its tables.
        files: Their files.
    """
    yield from _canonical(tables, files)
    yield from _checksums(package)
    if not _is_older(package):
        yield from _tables(package, tables)


def notes(package: Package) -> Iterator[str]:
    """Iterate over sentences about the rules that `check` does not apply to a package."""
    if _is_older(package):
        yield f"rules between the tables of {PUBLISHED} {SINCE} and later were not applied"


def _tables(package: Package, tables: Tables) -> Iterator[Finding]:
    """Check the rules between the tables, then that all they read is there."""
    found = article.article_tables(tables)
    names = {table.name for table in found}
    listed = {*article.listed_tables(tables)}
    complete = bool(found) and listed <= names and {*package.names} <= {*tables}
    required = RequiredTables(tables, complete=complete)
    yield from article.check(required, found)
    yield from citations.check(required, found)
    yield from concepts.check(required, found)
    yield from mentions.check(required, found)
    yield from statements.check(required)
    yield from evidence.check(required)
    yield from curies.check(required)
    yield from mappings.check(required)
    yield from synonyms.check(required)
    columns = {name: {*requested} for name, requested in required.requested.items()}
    for name, others in (*_COLUMNS.items(), *((name, ()) for name in listed)):
        columns.setdefault(name, set()).update(others)
    yield from _required(package, tables, columns)


def _is_older(package: Package) -> bool:
    """Return whether a package was published before the resources that the rules read."""
    try:
        return Version.parse(package.version) < SINCE
    except BonemetError:  # reported by another stage
        return False


def _checksums(package: Package) -> Iterator[Finding]:
    """Require the checksum of every resource."""
    for entry in package.descriptor["resources"]:
        name = entry.get("name") if isinstance(entry, dict) else None
        for keyword in ("bytes", "hash", "rows") if isinstance(name, str) else ():
            if keyword not in entry:
                message = "required property is missing: run `bonemet-data stamp`"
                place = location(package, name)
                yield place.error(Rule.MISSING_CHECKSUM, message, column=keyword)


def _required(
    package: Package, tables: Tables, columns: Mapping[str, set[str]]
) -> Iterator[Finding]:
    """Require the resources and their columns."""
    for name, names in columns.items():
        if name not in package.names:
            message = f"{PUBLISHED} must have the resource {name}: restore it"
            yield location(package, name).error(Rule.MISSING_RESOURCE, message)
        if name in tables:  # a column that only the data lack is reported by another stage
            known = {*tables[name].names, *tables[name].schema.names}
            for column in sorted(names - known):
                message = (
                    f"required column of {PUBLISHED} is missing in data and schema: restore it"
                )
                place = tables[name].resource.location
                yield place.error(Rule.MISSING_COLUMN, message, line=1, column=column)


def _canonical(tables: Tables, files: Mapping[str, CsvFile]) -> Iterator[Finding]:
    """Require one form of the files: commas, line feeds, and quotes only where needed."""
    for name, table in tables.items():
        place, dialect = table.resource.location, table.resource.resource.dialect or {}
        if dialect != _DIALECT:
            message = f"is not the dialect of {PUBLISHED}, {_DIALECT}: restore it"
            yield place.error(Rule.DIALECT, message, column="dialect", value=str(dialect))
        for line in misquoted(files[name]) if name in files else ():
            message = "a cell has quotes that it does not need: save the table with minimal quoting"
            yield place.error(Rule.QUOTING, message, line=line)
