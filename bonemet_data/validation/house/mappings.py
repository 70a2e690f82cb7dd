"""The mappings and the descendants of mapped terms."""

from collections.abc import Iterator

from ...names import fold
from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..typed_tables import RequiredTables

_EXACT = "skos:exactMatch"
_INCLUDING = (_EXACT, "skos:closeMatch", "skos:narrowMatch")
"""Predicates of the terms whose descendants are narrower than the concept."""

_CHAINING, _LEXICAL = "semapv:MappingChaining", "semapv:LexicalMatching"
_OWN = "bonemet"
"""The vocabulary of the names that this package gives."""


def check(tables: RequiredTables) -> Iterator[Finding]:
    """Check exact matches, justifications and descendants."""
    yield from _exact_matches(tables)
    yield from _justifications(tables)
    yield from _descendants(tables)


def _exact_matches(tables: RequiredTables) -> Iterator[Finding]:
    columns = ("concept_id", "predicate_id", "object_id", "vocabulary_id")
    terms: dict[tuple[str, str], str] = {}
    owners: dict[str, str] = {}
    for row, concept, predicate, term, vocabulary in tables.rows("mappings", *columns):
        if predicate != _EXACT or not (concept and term and vocabulary):
            continue
        other = terms.setdefault((concept, vocabulary), term)
        owner = owners.setdefault(term, concept)
        if other != term:
            message = f"is a second exact match of {concept} in {vocabulary}, besides {other}"
        elif owner != concept:
            message = f"is also the exact match of {owner}"
        else:
            continue
        message += ": change one of the predicates"
        yield tables["mappings"].error(Rule.EXACT_MATCH, row, "object_id", term, message)


def _justifications(tables: RequiredTables) -> Iterator[Finding]:
    concepts = tables.rows("concepts", "concept_id", "label")
    columns = ("concept_id", "synonym", "synonym_scope", "vocabulary_id")
    synonyms = tables.rows("synonyms", *columns)
    names: dict[str, set[str]] = {}
    for _, concept, label in concepts:
        names.setdefault(concept, set()).add(fold(label or ""))
    for _, concept, name, scope, vocabulary in synonyms:
        if scope == "EXACT" and vocabulary == _OWN:
            names.setdefault(concept, set()).add(fold(name or ""))
    readable = bool(concepts and synonyms)
    column = "mapping_justification"
    for row, concept, label, value in tables.rows("mappings", "concept_id", "object_label", column):
        if value == _CHAINING and label is not None:
            message = "is for bare identifiers, but the mapping has an object_label: correct one"
        elif value == _LEXICAL and readable and fold(label or "") not in names.get(concept, ()):
            message = f"needs an object_label that is a name of {concept}: correct one"
        else:
            continue
        yield tables["mappings"].error(Rule.JUSTIFICATION, row, column, value, message)


def _descendants(tables: RequiredTables) -> Iterator[Finding]:
    mapped = {
        (concept, term): predicate
        for _, concept, term, predicate in tables.rows(
            "mappings", "concept_id", "object_id", "predicate_id"
        )
    }
    columns = ("concept_id", "object_id", "ancestor_object_id")
    for row, concept, term, ancestor in tables.rows("descendants", *columns):
        predicate = mapped.get((concept, ancestor), _EXACT)  # the foreign key finds missing ones
        if predicate not in _INCLUDING:
            column, value = "ancestor_object_id", ancestor
            message = f"is a {predicate} of {concept}, whose descendants need not be narrower"
        elif (concept, term) in mapped:
            column, value = "object_id", term
            message = f"is itself mapped to {concept}"
        else:
            continue
        message += ": remove the row"
        yield tables["descendants"].error(Rule.DESCENDANT, row, column, value, message)
