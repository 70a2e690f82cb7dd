"""The rulebook: what a table must hold, from a Table Schema or from names of published tables."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..datasets import open_version
from ..errors import UnsupportedSchemaError
from ..names import fold
from ..package.descriptor import Package
from ..package.references import PUBLISHED, Source, read_user_schema
from ..tableschema.constraints import Rule, nullable, rules
from ..tableschema.model import Field, TableSchema
from ..terminology.records import read_records

_KEYS = {"unique", "primaryKey", "uniqueKeys"}


class Rulebook(NamedTuple):
    """What a table must hold.

    Args:
        schema: its columns.
        cells: the rules on single cells, by column.
        keys: the rules that no two records share some values.
        references: the rules that several columns together stand in another table.
        own: the rules that columns stand in other columns of the same table.
        exact: whether the table must have these columns and no others, in order.
        labels: the published id for each text that may be found in its place, reduced by `key`.
        separator: the separator that the package states, or None.
    """

    schema: TableSchema
    cells: Mapping[str, tuple[Rule, ...]]
    keys: tuple[Rule, ...]
    references: tuple[Rule, ...]
    own: tuple[Rule, ...]
    exact: bool
    labels: Mapping[str, str]
    separator: str | None

    def required(self, field: Field) -> str:
        """Give the keyword that forbids missing values in a column, or "" if none does."""
        if nullable(field, self.schema):
            return ""
        return "required" if field.constraints.get("required") else "primaryKey"


def read_rulebook(
    schema: Source | None,
    columns: Mapping[str, str] | None,
    version: str | None,
    resource: str | None,
    file: str | None,
) -> Rulebook:
    """Read the rules, and every table that they refer to, before any row is read.

    Args:
        schema: a Table Schema or a Data Package descriptor, as an object or a file's path.
        columns: the published table that holds the ids of each column.
        version: the released version of the published tables; the installed one if None.
        resource: which resource of a Data Package; the one with the data's file name if None.
        file: the name of the data, if they have one.

    Raises:
        UnsupportedSchemaError: a keyword, type or reference is not implemented.
        UnknownNameError: a table, column or release does not exist.
    """
    published = open_version(version)
    if (schema is None) == (not columns):
        raise UnsupportedSchemaError("Give either a schema or columns, to say what to check.")
    source = _document(columns or {}, published) if schema is None else schema
    user = read_user_schema(source, published, resource, file)
    every = rules(user.schema, user.targets)
    alone = [rule for rule in every if _looks_at_a_cell(rule)]
    own = tuple(r for r in every if r.keyword == "foreignKeys" and isinstance(r.argument, tuple))
    own = tuple(dict.fromkeys(own))
    references = tuple(
        r for r in every if r.keyword == "foreignKeys" and r not in own and r not in alone
    )
    return Rulebook(
        schema=user.schema,
        cells={
            name: tuple(rule for rule in alone if rule.columns == (name,))
            for name in user.schema.names
        },
        keys=tuple(dict.fromkeys(r for r in every if r.keyword in _KEYS)),
        references=references,
        own=own,
        exact=schema is not None,
        labels=labels(published),
        separator=user.separator,
    )


def labels(published: Package) -> dict[str, str]:
    """Give the published id for each text that surely means one: a label or an EXACT synonym.

    Texts are reduced to what is compared, by `key`; one that means two concepts is left out.
    """
    found: dict[str, set[str]] = {}
    for concept in read_records(published, "concepts"):
        found.setdefault(fold(concept.label), set()).add(concept.concept_id)
    if "synonyms" in {resource.name for resource in published.resources}:  # since 1.1.0
        for synonym in read_records(published, "synonyms"):
            if synonym.scope == "EXACT":
                found.setdefault(fold(synonym.synonym), set()).add(synonym.concept_id)
    return {text: next(iter(ids)) for text, ids in found.items() if len(ids) == 1}


def _looks_at_a_cell(rule: Rule) -> bool:
    if rule.keyword == "foreignKeys":
        return len(rule.columns) == 1 and not isinstance(rule.argument, tuple)
    return rule.keyword not in _KEYS


def _document(columns: Mapping[str, str], published: Package) -> dict[str, Any]:
    """Write the Table Schema that a choice of published tables stands for."""
    fields, keys = [], []
    for column, table in columns.items():
        schema = published.schema(published.resource(table))
        if len(schema.primary_key) != 1:
            raise UnsupportedSchemaError(
                f"{table} has no key of one column that {column} could hold: write a schema."
            )
        (key,) = schema.primary_key
        field = schema.field(key)
        fields.append({"name": column, "type": field.type if field else "string"})
        reference = {"package": PUBLISHED, "resource": table, "fields": [key]}
        keys.append({"fields": [column], "reference": reference})
    return {"fields": fields, "foreignKeys": keys}
