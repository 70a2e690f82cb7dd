"""Stage 5, the entries: what must hold among relations, mappings, synonyms and evidence."""

import re
from collections.abc import Iterator, Mapping

from ..names import fold
from ..package.version import Version
from ..reporting._old_issue import Code, Issue
from ..terminology.records import TABLES
from .schema import Typed, cells

SINCE = Version(1, 1, 0)
"""The version that brought these resources."""

_IDENTIFIERS = ("doi", "pmid", "pmcid")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "relations": ("subject_id", "predicate", "object_id", "table", "column"),
    "mappings": ("concept_id", "predicate_id", "object_id"),
    "synonyms": ("concept_id", "synonym", "scope", "object_id"),
    "evidence": ("concept_id", "relation", "title", *_IDENTIFIERS),
    "prefixes": ("prefix", "spellings"),
}
"""The columns that the rules below read; without one of them, a rule would pass in silence."""


def check(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    """Check the rules among the entries, each as far as its tables can be read."""
    yield from _curies(typed)
    yield from _exact_names(typed)
    yield from _relations(typed)
    yield from _identifiers(typed)


def _curies(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    declared = {prefix for _, prefix in cells(typed, "prefixes", "prefix")}
    for resource, column in (
        ("mappings", "object_id"),
        ("mappings", "predicate_id"),
        ("mappings", "mapping_justification"),
        ("synonyms", "object_id"),
    ):
        for line, curie in cells(typed, resource, column) if "prefixes" in typed else ():
            if curie and curie.partition(":")[0] not in declared:
                message = "has a prefix that prefixes does not declare: declare it, or correct it."
                yield Issue(Code.CURIE, resource, line, column, curie, message)


def _exact_names(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    """No name may stand for two concepts of one kind, or normalizing could not choose."""
    kinds = {concept: kind for _, concept, kind in cells(typed, "concepts", "concept_id", "kind")}
    owners: dict[tuple[str | None, str], str] = {}
    for _, concept, label in cells(typed, "concepts", "concept_id", "label"):
        if concept and label:
            owners[kinds.get(concept), fold(label)] = concept
    for line, concept, name, scope in cells(typed, "synonyms", "concept_id", "synonym", "scope"):
        if concept and name and scope == "EXACT":
            owner = owners.setdefault((kinds.get(concept), fold(name)), concept)
            if owner != concept:
                message = f"is a name of {owner} too, of the same kind: narrow one of the scopes."
                yield Issue(Code.EXACT_SYNONYM, "synonyms", line, "synonym", name, message)


def _relations(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    """Each relation must be readable in the cell that it names."""
    names: dict[str, set[str]] = {}
    for resource, column in (("concepts", "label"), ("synonyms", "synonym")):
        for _, concept, name in cells(typed, resource, "concept_id", column):
            if name:
                names.setdefault(concept, set()).add(_words(name))
    for line, subject, thing, table, column in cells(
        typed, "relations", "subject_id", "object_id", "table", "column"
    ):
        if table not in typed:
            continue
        found = cells(typed, table, f"{TABLES.get(table, table)}_id", column)
        cell = next((text for _, row, text in found if row == subject), None)
        if cell is None or not any(
            f" {name} " in f" {_words(cell)} " for name in names.get(thing, ())
        ):
            message = f"is not named in {table}, {subject}, {column}: {cell or 'there is no cell'}."
            yield Issue(Code.RELATION_CELL, "relations", line, "object_id", thing, message)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _identifiers(typed: Mapping[str, Typed]) -> Iterator[Issue]:
    for line, title, *found in cells(typed, "evidence", "title", *_IDENTIFIERS):
        if not any(found):
            message = f"has none of {', '.join(_IDENTIFIERS)}: give one."
            yield Issue(Code.EVIDENCE_IDENTIFIER, "evidence", line, "title", title, message)
