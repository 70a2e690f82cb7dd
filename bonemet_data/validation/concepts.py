"""Stage 5, continued: the tables about concepts (relations, mappings, synonyms, evidence)."""

import re
from collections.abc import Iterator, Mapping

from ..names import fold
from ..package.version import Version
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from .tables import Tables, rows

SINCE = Version(1, 1, 0)
"""First version with these resources."""

_IDENTIFIERS = ("doi", "pmid", "pmcid")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "relations": ("subject_id", "predicate", "object_id", "table", "column"),
    "mappings": ("concept_id", "predicate_id", "object_id"),
    "synonyms": ("concept_id", "synonym", "scope", "object_id"),
    "evidence": ("concept_id", "relation", "title", *_IDENTIFIERS),
    "prefixes": ("prefix", "spellings"),
}
"""Columns that the rules read: a rule must not be skipped because a column is missing."""


def check(tables: Tables, kinds: Mapping[str, str]) -> Iterator[Finding]:
    """Check the rules, each as far as its tables can be read.

    Args:
        tables: The tables of the package.
        kinds: The tables of the article, each with the kind of its concepts.
    """
    yield from _curies(tables)
    yield from _exact_synonyms(tables)
    yield from _relation_cells(tables, kinds)
    yield from _evidence_identifiers(tables)


def _curies(tables: Tables) -> Iterator[Finding]:
    if "prefixes" not in tables:
        return
    prefixes = {prefix for _, prefix in rows(tables, "prefixes", "prefix")}
    for resource, column in (
        ("mappings", "object_id"),
        ("mappings", "predicate_id"),
        ("mappings", "mapping_justification"),
        ("synonyms", "object_id"),
    ):
        for row, curie in rows(tables, resource, column):
            if curie and curie.partition(":")[0] not in prefixes:
                message = (
                    "has a prefix that is not listed in prefixes: add it, or correct the CURIE"
                )
                yield tables[resource].error(Rule.CURIE, row, column, curie, message)


def _exact_synonyms(tables: Tables) -> Iterator[Finding]:
    """Two concepts of one kind must not have the same name, so that normalizing is unambiguous."""
    kinds = {concept: kind for _, concept, kind in rows(tables, "concepts", "concept_id", "kind")}
    owners: dict[tuple[str | None, str], str] = {}
    for _, concept, label in rows(tables, "concepts", "concept_id", "label"):
        if concept and label:
            owners[kinds.get(concept), fold(label)] = concept
    for row, concept, name, scope in rows(tables, "synonyms", "concept_id", "synonym", "scope"):
        if concept and name and scope == "EXACT":
            owner = owners.setdefault((kinds.get(concept), fold(name)), concept)
            if owner != concept:
                message = f"is also a name of {owner}, of the same kind: change one of the scopes"
                yield tables["synonyms"].error(Rule.EXACT_SYNONYM, row, "synonym", name, message)


def _relation_cells(tables: Tables, kinds: Mapping[str, str]) -> Iterator[Finding]:
    """The cell that a relation refers to must contain a name of its object."""
    names: dict[str, set[str]] = {}
    for resource, column in (("concepts", "label"), ("synonyms", "synonym")):
        for _, concept, name in rows(tables, resource, "concept_id", column):
            if name:
                names.setdefault(concept, set()).add(_words(name))
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for row, subject, target, table, column in rows(
        tables, "relations", "subject_id", "object_id", "table", "column"
    ):
        if table not in tables:
            continue
        if (table, column) not in cells:
            listed = rows(tables, table, f"{kinds.get(table, table)}_id", column)
            cells[table, column] = {concept: text for _, concept, text in listed}
        cell = cells[table, column].get(subject)
        if cell is None or not any(
            f" {name} " in f" {_words(cell)} " for name in names.get(target, ())
        ):
            text = "does not exist" if cell is None else f"is {cell!r}"
            message = f"has no name in the cell {table}[{subject}].{column}, which {text}"
            yield tables["relations"].error(Rule.RELATION_CELL, row, "object_id", target, message)


def _words(text: object) -> str:
    return " ".join(re.findall(r"\w+", str(text).casefold()))


def _evidence_identifiers(tables: Tables) -> Iterator[Finding]:
    for row, title, *identifiers in rows(tables, "evidence", "title", *_IDENTIFIERS):
        if not any(identifiers):
            message = f"has none of {', '.join(_IDENTIFIERS)}: add one"
            yield tables["evidence"].error(Rule.EVIDENCE_IDENTIFIER, row, "title", title, message)
