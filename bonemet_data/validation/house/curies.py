"""The codes: their prefixes are those of the vocabularies."""

from collections.abc import Iterator

from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..typed_tables import RequiredTables

_CURIES = (
    ("mappings", "predicate_id"),
    ("mappings", "mapping_justification"),
    ("synonyms", "object_id"),
    ("predicates", "standard_term"),
    ("predicates", "match_type"),
    ("qualifiers", "standard_term"),
    ("qualifiers", "match_type"),
)
_CURIES_OF_VOCABULARIES = (
    ("mappings", "object_id"),
    ("descendants", "object_id"),
    ("descendants", "ancestor_object_id"),
)
"""Columns whose prefix is that of the row's vocabulary_id."""


def check(tables: RequiredTables) -> Iterator[Finding]:
    """Check the prefixes of codes, and the vocabularies that declare them."""
    declared = {
        prefix: vocabulary
        for _, vocabulary, prefix in tables.rows("vocabularies", "vocabulary_id", "prefix")
        if prefix
    }
    for resource, column in (*_CURIES, *_CURIES_OF_VOCABULARIES):
        for row, curie in tables.rows(resource, column) if declared else ():
            if curie and _prefix(curie) not in declared:
                message = "has a prefix that is not listed in vocabularies: add it, or correct it"
                yield tables[resource].error(Rule.CURIE, row, column, curie, message)
    for resource, column in _CURIES_OF_VOCABULARIES:
        for row, curie, vocabulary in tables.rows(resource, column, "vocabulary_id"):
            expected = declared.get(_prefix(curie), vocabulary) if curie else vocabulary
            if vocabulary and vocabulary != expected:
                message = f"is a code of {expected}, but vocabulary_id is {vocabulary}: correct one"
                yield tables[resource].error(Rule.CURIE, row, column, curie, message)
    yield from _vocabularies(tables)


def _prefix(curie: str) -> str:
    return curie.partition(":")[0]


def _vocabularies(tables: RequiredTables) -> Iterator[Finding]:
    columns = ("vocabulary_id", "prefix", "namespace")
    for row, vocabulary, prefix, namespace in tables.rows("vocabularies", *columns):
        if prefix and vocabulary and vocabulary != prefix.lower():
            column, value = "vocabulary_id", vocabulary
            message = f"is not the prefix in lower case, {prefix.lower()}: correct one"
        elif (prefix is None) != (namespace is None):
            column, value = ("prefix", None) if prefix is None else ("namespace", None)
            message = f"is missing, but there is a {'namespace' if prefix is None else 'prefix'}"
            message += ": codes need both"
        else:
            continue
        yield tables["vocabularies"].error(Rule.VOCABULARY, row, column, value, message)
