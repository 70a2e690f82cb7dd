"""Stage 5: consistency: what must hold between the tables of this package, and of no other."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .._issue import Code, Issue
from .._package import Package
from .schema import Typed

TABLES = {"symptoms": "symptom", "types": "type", "causes": "cause", "treatments": "treatment"}
"""The resources that hold the article's tables, each with the kind of its concepts."""

PACKAGE = "bonemet-data"
_NEEDED = (*TABLES, "sources", "concepts", "citations")
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%")
_LOCATORS = ("doi", "pmid", "url")

Cell = tuple[int, Any]  # the line of the file, and the value


def check(package: Package, typed: Mapping[str, Typed]) -> Iterator[Issue]:
    """Check the rules between tables; a rule runs if the columns that it reads are there."""
    entries = [each for each in package.descriptor["resources"] if isinstance(each, dict)]
    stated = {entry.get("name"): entry for entry in entries if isinstance(entry.get("name"), str)}
    for name in _NEEDED:
        if name not in stated:
            message = f"{PACKAGE} must have the resource {name}: restore it."
            yield Issue(Code.MISSING_RESOURCE, name, None, None, None, message)
        for keyword in ("bytes", "hash", "rows"):
            if name in stated and keyword not in stated[name]:
                message = "It must be stated: run  bonemet-data stamp"
                yield Issue(Code.UNSTAMPED, name, None, keyword, None, message)
    yield from _ids(typed)
    yield from _kinds(typed)
    yield from _source_ids(typed)
    yield from _cited(typed)
    yield from _prevalence(typed)
    yield from _status(typed)


def _ids(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    first: dict[str, str] = {}
    for name, kind in TABLES.items():
        for line, value in _column(typed, name, f"{kind}_id"):
            other = first.setdefault(value, name) if value else name
            if other != name:
                message = f"is also a row of {other}: ids are unique over the package; rename it."
                yield Issue(Code.REUSED_ID, name, line, f"{kind}_id", value, message)


def _kinds(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    kinds = _pairs(typed, "concepts", "concept_id", "kind")
    for name, kind in TABLES.items():
        if name not in typed:
            continue
        ids = {value: line for line, value in _column(typed, name, f"{kind}_id")}
        for value, line in ids.items():
            found = next((k for _, concept, k in kinds if concept == value), None)
            if kinds and found != kind:
                message = f"must be a concept of the kind {kind}; it is {found or 'not listed'}."
                yield Issue(Code.CONCEPT_KIND, name, line, f"{kind}_id", value, message)
        for line, concept, found in kinds:
            if found == kind and concept not in ids:
                message = f"is of the kind {kind} and has no row in {name}: add the row."
                yield Issue(Code.CONCEPT_KIND, "concepts", line, "concept_id", concept, message)


def _source_ids(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    if "citations" not in typed:
        return
    cited: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    for line, concept, source in _pairs(typed, "citations", "concept_id", "source_id"):
        cited.setdefault(concept, []).append(str(source))
        lines.setdefault(concept, line)
    for name, kind in TABLES.items():
        for line, concept, source_ids in _pairs(typed, name, f"{kind}_id", "source_ids"):
            links = ";".join(cited.pop(concept, []))
            if links != source_ids:
                message = f"the citations of {concept} are {links or 'none'}: make the two agree."
                yield Issue(Code.SOURCE_IDS, name, line, "source_ids", source_ids, message)
    if all(name in typed for name in TABLES):
        for concept in cited:
            message = f"{concept} is no row of the four tables: only rows are cited."
            yield Issue(
                Code.SOURCE_IDS, "citations", lines[concept], "concept_id", concept, message
            )


def _cited(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    if not {"sources", *TABLES} <= set(typed):
        return
    listed = {str(value): line for line, value in _column(typed, "sources", "source_id") if value}
    cited: set[str] = set()
    for name in TABLES:
        for line, value in _column(typed, name, "source_ids"):
            for source in str(value or "").split(";"):
                cited.add(source)
                if source and source not in listed:
                    message = f"source {source} is not listed in sources: add it, or correct this."
                    yield Issue(Code.UNKNOWN_SOURCE, name, line, "source_ids", value, message)
    for source, line in listed.items():
        if source not in cited:
            message = "is cited by no row: remove it, or add the citation."
            yield Issue(Code.UNCITED_SOURCE, "sources", line, "source_id", source, message)


def _prevalence(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    number, text = "prevalence_upper_percent", "prevalence_timing"
    for line, stated, words in _pairs(typed, "symptoms", number, text):
        found = [float(each) for each in _PERCENT.findall(words or "")]
        if found != ([] if stated is None else [stated]):
            percentages = " and ".join(f"{each:g}" for each in found) or "no percentage"
            message = f"the text states {percentages}: make the number agree with it."
            value = None if stated is None else f"{stated:g}"
            yield Issue(Code.PREVALENCE, "symptoms", line, number, value, message)


def _status(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    if "sources" not in typed:
        return
    values = typed["sources"].values
    known = [name for name in values if name not in {"source_id", "status"}]
    for at, (line, status) in enumerate(_column(typed, "sources", "status")):
        filled = [name for name in known if values[name][at] is not None]
        if status == "resolved" and not ("title" in filled and set(_LOCATORS) & set(filled)):
            message = "a resolved source needs a title and at least one of doi, pmid, url."
            yield Issue(Code.SOURCE_STATUS, "sources", line, "status", status, message)
        if status == "unresolved" and filled:
            message = f"an unresolved source is bare, and this one has {', '.join(filled)}."
            yield Issue(Code.SOURCE_STATUS, "sources", line, "status", status, message)


def _column(typed: Mapping[str, Typed], resource: str, column: str) -> list[Cell]:
    if resource not in typed or column not in typed[resource].values:
        return []
    each = typed[resource]
    lines = (row.line for row in each.table.records)
    return list(zip(lines, each.values[column], strict=True))


def _pairs(
    typed: Mapping[str, Typed], resource: str, one: str, two: str
) -> list[tuple[int, Any, Any]]:
    first, second = _column(typed, resource, one), _column(typed, resource, two)
    return [(line, a, b) for (line, a), (_, b) in zip(first, second, strict=False)]
