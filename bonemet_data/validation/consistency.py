"""Stage 5: consistency: what must hold between the tables of this package, and of no other."""

import re
from collections.abc import Iterator, Mapping

from ..errors import BonemetError
from ..package.descriptor import Package, read_resource
from ..package.version import Version
from ..reporting._old_issue import Code, Issue
from ..terminology.records import TABLES
from . import concepts as entries
from .csv_form import misquoted
from .provenance import VERBATIM
from .schema import Typed, cells

PACKAGE = "bonemet-data"
_DIALECT = {"lineTerminator": "\n"}
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%")
_LOCATORS = ("doi", "pmid", "url")

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    **{name: (f"{kind}_id", "source_ids") for name, kind in TABLES.items()},
    "symptoms": ("symptom_id", "prevalence_timing", "prevalence_upper_percent", "source_ids"),
    "sources": ("source_id", "status", "title", *_LOCATORS),
    "concepts": ("concept_id", "kind", "label"),
    "citations": ("concept_id", "source_id"),
}
"""The columns that the rules read; without one of them, a rule would pass in silence."""


def check(package: Package, typed: Mapping[str, Typed]) -> Iterator[Issue]:
    """Check the rules between tables, each as far as its tables can be read."""
    yield from _required(package, typed)
    yield from _canonical(package, typed)
    yield from _ids(typed)
    yield from _kinds(typed)
    yield from _labels(typed)
    yield from _source_ids(typed)
    yield from _cited(typed)
    yield from _prevalence(typed)
    yield from _status(typed)
    yield from entries.check(typed)


def _required(package: Package, typed: Mapping[str, Typed]) -> Iterator[Issue]:
    listed = [each for each in package.descriptor["resources"] if isinstance(each, dict)]
    stated = {entry.get("name"): entry for entry in listed if isinstance(entry.get("name"), str)}
    needed = dict(_COLUMNS)
    if _version(package) >= entries.SINCE:
        needed |= entries.COLUMNS
    for name, columns in needed.items():
        if name not in stated:
            message = f"{PACKAGE} must have the resource {name}: restore it."
            yield Issue(Code.MISSING_RESOURCE, name, None, None, None, message)
            continue
        for keyword in ("bytes", "hash", "rows"):
            if keyword not in stated[name]:
                message = "It must be stated: run  bonemet-data stamp"
                yield Issue(Code.UNSTAMPED, name, None, keyword, None, message)
        for column in columns:
            if name in typed and column not in typed[name].values:
                message = f"{PACKAGE} must have this column: restore it."
                yield Issue(Code.MISSING_COLUMN, name, 1, column, None, message)


def _version(package: Package) -> Version:
    try:
        return Version.parse(package.version)
    except BonemetError:  # which is an issue of its own
        return entries.SINCE


def _canonical(package: Package, typed: Mapping[str, Typed]) -> Iterator[Issue]:
    """Hold the files to one form: comma, line feeds, and quotes only where they are needed."""
    for entry in package.descriptor["resources"]:
        name = str(entry.get("name")) if isinstance(entry, dict) else ""
        if name not in typed:
            continue
        resource = read_resource(entry)
        if dict(resource.dialect) != _DIALECT:
            message = f"{PACKAGE} writes every table with the dialect {_DIALECT}: restore it."
            yield Issue(Code.DIALECT, name, None, "dialect", str(resource.dialect), message)
        for line in misquoted(resource, package.store.read(resource.path), typed[name].table):
            message = "A cell is quoted without need: save the table with minimal quoting."
            yield Issue(Code.QUOTING, name, line, None, None, message)


def _ids(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    first: dict[str, str] = {}
    for name, kind in TABLES.items():
        for line, value in cells(typed, name, f"{kind}_id"):
            other = first.setdefault(value, name) if value else name
            if other != name:
                message = f"is also a row of {other}: ids are unique over the package; rename it."
                yield Issue(Code.REUSED_ID, name, line, f"{kind}_id", value, message)


def _kinds(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    kinds = cells(typed, "concepts", "concept_id", "kind")
    for name, kind in TABLES.items():
        if name not in typed:
            continue
        ids = {value: line for line, value in cells(typed, name, f"{kind}_id")}
        for value, line in ids.items():
            found = next((k for _, concept, k in kinds if concept == value), None)
            if kinds and found != kind:
                message = f"must be a concept of the kind {kind}; it is {found or 'not listed'}."
                yield Issue(Code.CONCEPT_KIND, name, line, f"{kind}_id", value, message)
        for line, concept, found in kinds:
            if found == kind and concept not in ids:
                message = f"is of the kind {kind} and has no row in {name}: add the row."
                yield Issue(Code.CONCEPT_KIND, "concepts", line, "concept_id", concept, message)


def _labels(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    """A concept that is a row bears the row's name: its first verbatim cell."""
    listed = cells(typed, "concepts", "concept_id", "label")
    labels = {concept: label for _, concept, label in listed}
    for name, kind in TABLES.items():
        schema = typed[name].schema if name in typed else None
        verbatim = [f.name for f in schema.fields if VERBATIM in f.annotations] if schema else []
        for line, concept, words in cells(typed, name, f"{kind}_id", *verbatim[:1]):
            if labels.get(concept, words) != words:
                message = f"its concept is labelled {labels[concept]}: make the two agree."
                yield Issue(Code.CONCEPT_LABEL, name, line, verbatim[0], words, message)


def _source_ids(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    if "citations" not in typed:
        return
    cited: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    for line, concept, source in cells(typed, "citations", "concept_id", "source_id"):
        cited.setdefault(concept, []).append(str(source))
        lines.setdefault(concept, line)
    for name, kind in TABLES.items():
        for line, concept, source_ids in cells(typed, name, f"{kind}_id", "source_ids"):
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
    listed = {str(value): line for line, value in cells(typed, "sources", "source_id") if value}
    cited: set[str] = set()
    for name in TABLES:
        for line, value in cells(typed, name, "source_ids"):
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
    for line, stated, words in cells(typed, "symptoms", number, text):
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
    for at, (line, status) in enumerate(cells(typed, "sources", "status")):
        filled = [name for name in known if values[name][at] is not None]
        if status == "resolved" and not ("title" in filled and set(_LOCATORS) & set(filled)):
            message = "a resolved source needs a title and at least one of doi, pmid, url."
            yield Issue(Code.SOURCE_STATUS, "sources", line, "status", status, message)
        if status == "unresolved" and filled:
            message = f"an unresolved source is bare, and this one has {', '.join(filled)}."
            yield Issue(Code.SOURCE_STATUS, "sources", line, "status", status, message)
