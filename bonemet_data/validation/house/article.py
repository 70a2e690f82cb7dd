"""The tables of the article: which they are, and the rules about each row of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..typed_tables import RequiredTables, Tables

VERBATIM = "bonemet:verbatim"
"""Annotation of the fields whose cells are those of the article."""

MAKES_NO_STATEMENT = "bonemet:makesNoStatement"
"""Annotation of the fields whose cells make no statement; its value is the reason."""

SOURCE_IDS = "source_ids"
"""The field with the citations of a row, in every table of the article."""

_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*%")


@dataclass(frozen=True, slots=True)
class ArticleTable:
    """A table of the article.

    Attributes:
        name: Name of the resource.
        key: The field with the id of a row.
        kind: Kind of the concepts that are its rows.
        fields: The fields with verbatim cells; the first one is the label of the row.
        silent: The fields whose cells make no statement.
    """

    name: str
    key: str
    kind: str
    fields: tuple[str, ...]
    silent: frozenset[str]


def listed_tables(tables: Tables) -> tuple[str, ...]:
    """Return the tables that mentions can refer to, whether they exist or not."""
    field = tables["mentions"].schema.field("resource") if "mentions" in tables else None
    return (field and field.categories) or ()


def article_tables(tables: Tables) -> tuple[ArticleTable, ...]:
    """Return the tables with verbatim fields, and those that mentions can refer to."""
    found = []
    for name, table in tables.items():
        schema = table.schema
        verbatim = [field.name for field in schema.fields if VERBATIM in field.annotations]
        if verbatim or name in listed_tables(tables):
            key = (schema.primary_key or schema.names)[0]
            silent = [f.name for f in schema.fields if MAKES_NO_STATEMENT in f.annotations]
            kind = key.removesuffix("_id")
            found.append(ArticleTable(name, key, kind, tuple(verbatim), frozenset(silent)))
    return tuple(found)


def check(tables: RequiredTables, article: Sequence[ArticleTable]) -> Iterator[Finding]:
    """Check that every row is a concept of its kind, and that numbers agree with their text."""
    yield from _kinds(tables, article)
    yield from _labels(tables, article)
    yield from _label_scopes(tables, article)
    yield from _prevalence(tables)


def _kinds(tables: RequiredTables, article: Sequence[ArticleTable]) -> Iterator[Finding]:
    concepts = tables.rows("concepts", "concept_id", "kind")
    kinds = {concept: kind for _, concept, kind in reversed(concepts)}
    for table in article:
        ids = {value: row for row, value in tables.rows(table.name, table.key)}
        for value, row in ids.items():
            if concepts and kinds.get(value) != table.kind:
                actual = f"has the kind {kinds[value]}" if value in kinds else "is missing"
                message = f"must be a concept of the kind {table.kind}, but {actual} in concepts"
                yield tables[table.name].error(Rule.CONCEPT_KIND, row, table.key, value, message)
        for row, concept, kind in concepts:
            if kind == table.kind and concept not in ids:
                message = f"has the kind {kind}, but no row in {table.name}: add the row"
                yield tables["concepts"].error(
                    Rule.CONCEPT_KIND, row, "concept_id", concept, message
                )


def _labels(tables: RequiredTables, article: Sequence[ArticleTable]) -> Iterator[Finding]:
    """The label of a concept that is a row is the first verbatim cell of the row."""
    labels = {
        concept: label for _, concept, label in tables.rows("concepts", "concept_id", "label")
    }
    for table in article:
        for column in table.fields[:1]:
            for row, concept, text in tables.rows(table.name, table.key, column):
                if labels.get(concept, text) != text:
                    message = (
                        f"differs from the label of its concept, {labels[concept]!r}: correct one"
                    )
                    yield tables[table.name].error(Rule.CONCEPT_LABEL, row, column, text, message)


def _label_scopes(tables: RequiredTables, article: Sequence[ArticleTable]) -> Iterator[Finding]:
    ids = {value for table in article for _, value in tables.rows(table.name, table.key)}
    for row, concept, scope in tables.rows("concepts", "concept_id", "label_scope"):
        if scope and concept not in ids and tables.complete:
            message = f"is set, but {concept} is no row of {', '.join(t.name for t in article)}"
        elif scope is None and concept in ids:
            message = f"is missing, but {concept} is a row of the article: add it"
        else:
            continue
        yield tables["concepts"].error(Rule.LABEL_SCOPE, row, "label_scope", scope, message)


def _prevalence(tables: RequiredTables) -> Iterator[Finding]:
    number, text = "prevalence_upper_percent", "prevalence_timing"
    for row, stated, cell in tables.values("symptoms", number, text):
        percentages = [_decimal(float(match)) for match in _PERCENT.findall(str(cell or ""))]
        value = None if stated is None else _decimal(stated)
        if percentages != ([] if value is None else [value]):
            expected = " and ".join(percentages) or "no percentage"
            message = f"differs from the text, which states {expected}: correct the number"
            yield tables["symptoms"].error(Rule.PREVALENCE, row, number, value, message)


def _decimal(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
