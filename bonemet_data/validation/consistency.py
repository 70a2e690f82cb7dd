"""Stage 5: what must be true across the tables of the package named bonemet-data.

The names of the article's tables and their kinds come from the schemas of the package.
"""

import re
from collections.abc import Iterator, Mapping

from ..errors import BonemetError
from ..package.descriptor import Package
from ..package.version import Version
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from . import concepts
from .csv_form import CsvFile, misquoted
from .location import location
from .provenance import VERBATIM
from .tables import Tables, rows

PACKAGE = "bonemet-data"
"""Name of the packages to which these rules apply."""

_DIALECT = {"lineTerminator": "\n"}
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%")
_LOCATORS = ("doi", "pmid", "url")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "symptoms": ("prevalence_timing", "prevalence_upper_percent"),
    "sources": ("source_id", "status", "title", *_LOCATORS),
    "concepts": ("concept_id", "kind", "label"),
    "citations": ("concept_id", "source_id"),
}
"""Columns that the rules read: a rule must not be skipped because a column is missing."""


def check(package: Package, tables: Tables, files: Mapping[str, CsvFile]) -> Iterator[Finding]:
    """Check the rules between the tables, each as far as its tables can be read.

    Args:
        package: Package.
        tables: Its tables.
        files: Their files.
    """
    kinds = _kinds_by_table(tables)
    yield from _required(package, tables, kinds)
    yield from _canonical(tables, files)
    yield from _reused_ids(tables, kinds)
    yield from _concept_kinds(tables, kinds)
    yield from _concept_labels(tables, kinds)
    yield from _source_ids(package, tables, kinds)
    yield from _sources(package, tables, kinds)
    yield from _prevalence(tables)
    yield from _source_status(tables)
    yield from concepts.check(tables, kinds)


def _listed_tables(tables: Tables) -> set[str]:
    """Return the tables that relations can refer to, whether they exist or not."""
    field = tables["relations"].schema.field("table") if "relations" in tables else None
    return set((field and field.categories) or ())


def _kinds_by_table(tables: Tables) -> dict[str, str]:
    """Return the tables of the article, each with the kind of its concepts."""
    listed = _listed_tables(tables)
    return {
        name: (table.schema.primary_key or table.schema.names)[0].removesuffix("_id")
        for name, table in tables.items()
        if name in listed or any(VERBATIM in field.annotations for field in table.schema.fields)
    }


def _required(package: Package, tables: Tables, kinds: Mapping[str, str]) -> Iterator[Finding]:
    entries = [entry for entry in package.descriptor["resources"] if isinstance(entry, dict)]
    stated = {entry["name"]: entry for entry in entries if isinstance(entry.get("name"), str)}
    required = {name: {*columns} for name, columns in _COLUMNS.items()}
    for name in {*kinds, *_listed_tables(tables)}:
        ids = [f"{kinds[name]}_id"] if name in kinds else []
        required.setdefault(name, set()).update([*ids, "source_ids"])
    if _version(package) >= concepts.SINCE:
        required |= {name: {*columns} for name, columns in concepts.COLUMNS.items()}
    for name, columns in required.items():
        place = location(package, name)
        if name not in stated:
            message = f"{PACKAGE} must have the resource {name}: restore it"
            yield place.error(Rule.MISSING_RESOURCE, message)
            continue
        for keyword in ("bytes", "hash", "rows"):
            if keyword not in stated[name]:
                message = "required property is missing: run `bonemet-data stamp`"
                yield place.error(Rule.MISSING_CHECKSUM, message, column=keyword)
        for column in sorted(columns - {*tables[name].names} if name in tables else ()):
            message = f"required column of {PACKAGE} is missing: restore it"
            place = tables[name].resource.location
            yield place.error(Rule.MISSING_COLUMN, message, line=1, column=column)


def _version(package: Package) -> Version:
    try:
        return Version.parse(package.version)
    except BonemetError:  # reported by another stage
        return concepts.SINCE


def _canonical(tables: Tables, files: Mapping[str, CsvFile]) -> Iterator[Finding]:
    """Require one form of the files: commas, line feeds, and quotes only where needed."""
    for name, table in tables.items():
        place, dialect = table.resource.location, dict(table.resource.resource.dialect)
        if dialect != _DIALECT:
            message = f"is not the dialect of {PACKAGE}, {_DIALECT}: restore it"
            yield place.error(Rule.DIALECT, message, column="dialect", value=str(dialect))
        for line in misquoted(files[name]):
            message = "a cell has quotes that it does not need: save the table with minimal quoting"
            yield place.error(Rule.QUOTING, message, line=line)


def _reused_ids(tables: Tables, kinds: Mapping[str, str]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for name, kind in kinds.items():
        for row, value in rows(tables, name, f"{kind}_id"):
            other = first.setdefault(value, name) if value else name
            if other != name:
                message = f"is also the id of a row in {other}: rename one, as ids must be unique"
                yield tables[name].error(Rule.REUSED_ID, row, f"{kind}_id", value, message)


def _concept_kinds(tables: Tables, kinds: Mapping[str, str]) -> Iterator[Finding]:
    concept_rows = rows(tables, "concepts", "concept_id", "kind")
    by_concept = {concept: kind for _, concept, kind in reversed(concept_rows)}
    for name, kind in kinds.items():
        ids = {value: row for row, value in rows(tables, name, f"{kind}_id")}
        for value, row in ids.items():
            if concept_rows and by_concept.get(value) != kind:
                actual = (
                    f"has the kind {by_concept[value]}" if value in by_concept else "is missing"
                )
                message = f"must be a concept of the kind {kind}, but {actual} in concepts"
                yield tables[name].error(Rule.CONCEPT_KIND, row, f"{kind}_id", value, message)
        for row, concept, actual in concept_rows:
            if actual == kind and concept not in ids:
                message = f"has the kind {kind}, but no row in {name}: add the row"
                yield tables["concepts"].error(
                    Rule.CONCEPT_KIND, row, "concept_id", concept, message
                )


def _concept_labels(tables: Tables, kinds: Mapping[str, str]) -> Iterator[Finding]:
    """The label of a concept that is a row is the first verbatim cell of the row."""
    labels = {
        concept: label for _, concept, label in rows(tables, "concepts", "concept_id", "label")
    }
    for name, kind in kinds.items():
        fields = tables[name].schema.fields
        column = next((field.name for field in fields if VERBATIM in field.annotations), None)
        for row, concept, text in rows(tables, name, f"{kind}_id", column) if column else ():
            if labels.get(concept, text) != text:
                message = f"differs from the label of its concept, {labels[concept]!r}: correct one"
                yield tables[name].error(Rule.CONCEPT_LABEL, row, str(column), text, message)


def _source_ids(package: Package, tables: Tables, kinds: Mapping[str, str]) -> Iterator[Finding]:
    if "citations" not in tables:
        return
    cited: dict[str, list[str]] = {}
    first: dict[str, int] = {}
    for row, concept, source in rows(tables, "citations", "concept_id", "source_id"):
        cited.setdefault(concept, []).append(str(source))
        first.setdefault(concept, row)
    for name, kind in kinds.items():
        for row, concept, source_ids in rows(tables, name, f"{kind}_id", "source_ids"):
            expected = ";".join(cited.pop(concept, []))
            if expected != source_ids:
                message = (
                    f"differs from the citations of {concept}, {expected or 'none'}: correct one"
                )
                yield tables[name].error(Rule.SOURCE_IDS, row, "source_ids", source_ids, message)
    for concept in cited if _all_read(package, tables, kinds) else ():
        message = f"is not the id of a row in {', '.join(kinds)}: only rows have citations"
        yield tables["citations"].error(
            Rule.SOURCE_IDS, first[concept], "concept_id", concept, message
        )


def _all_read(package: Package, tables: Tables, kinds: Mapping[str, str]) -> bool:
    """Return whether no table of the article is missing, so that absence means something."""
    return bool(kinds) and _listed_tables(tables) <= {*kinds} and {*package.names} <= {*tables}


def _sources(package: Package, tables: Tables, kinds: Mapping[str, str]) -> Iterator[Finding]:
    if "sources" not in tables or not _all_read(package, tables, kinds):
        return
    listed = {str(value): row for row, value in rows(tables, "sources", "source_id") if value}
    cited: set[str] = set()
    for name in kinds:
        for row, value in rows(tables, name, "source_ids"):
            for source in str(value or "").split(";"):
                cited.add(source)
                if source and source not in listed:
                    message = (
                        f"source {source} is not listed in sources: add it, or correct the cell"
                    )
                    yield tables[name].error(Rule.UNKNOWN_SOURCE, row, "source_ids", value, message)
    for source, row in listed.items():
        if source not in cited:
            message = "is not cited by any row: remove it, or add the citation"
            yield tables["sources"].error(Rule.UNCITED_SOURCE, row, "source_id", source, message)


def _prevalence(tables: Tables) -> Iterator[Finding]:
    number, text = "prevalence_upper_percent", "prevalence_timing"
    for row, stated, cell in rows(tables, "symptoms", number, text):
        percentages = [float(match) for match in _PERCENT.findall(str(cell or ""))]
        value = None if stated is None else _decimal(stated)
        if [_decimal(each) for each in percentages] != ([] if value is None else [value]):
            expected = " and ".join(map(_decimal, percentages)) or "no percentage"
            message = f"differs from the text, which states {expected}: correct the number"
            yield tables["symptoms"].error(Rule.PREVALENCE, row, number, value, message)


def _decimal(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _source_status(tables: Tables) -> Iterator[Finding]:
    if "sources" not in tables:
        return
    table = tables["sources"]
    details = [name for name in table.names if name not in {"source_id", "status"}]
    for row, status in rows(tables, "sources", "status"):
        filled = [name for name in details if table.column(name)[row - 1] is not None]
        if status == "resolved" and not ("title" in filled and {*_LOCATORS} & {*filled}):
            message = f"needs a title and one of {', '.join(_LOCATORS)}"
            yield table.error(Rule.SOURCE_STATUS, row, "status", status, message)
        if status == "unresolved" and filled:
            message = f"must have no details, but has {', '.join(filled)}"
            yield table.error(Rule.SOURCE_STATUS, row, "status", status, message)
