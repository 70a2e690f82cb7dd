"""Rules: what a Table Schema demands beyond names and types, free of any frame library.

A missing value breaks no rule but `required` and, inside it, a primary key. Rows with a missing
value in a unique or foreign key are left out of it, as in SQL.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from .model import Field, ForeignKey, TableSchema

Targets: TypeAlias = Callable[[ForeignKey], frozenset[tuple[Any, ...]] | None]
"""Gives the values that a foreign key may take; None leaves the key unchecked."""


class Rule(NamedTuple):
    """One demand on some columns: the keyword that makes it, its argument, and its words.

    The argument of a foreign key is the set of allowed tuples; for a table that refers to
    itself it is the tuple of the columns referred to.
    """

    keyword: str
    columns: tuple[str, ...]
    argument: Any
    message: str


def rules(schema: TableSchema, targets: Targets) -> tuple[Rule, ...]:
    """List the rules of a schema.

    Args:
        schema: the Table Schema.
        targets: looks up the values that a foreign key may take.

    Returns:
        Column rules in the order of the schema, then keys. `required` is not among them: it is a
        property of a column (see `nullable`).
    """
    found = [
        Rule(keyword, (field.name,), argument, _message(keyword, argument))
        for field in schema.fields
        for keyword, argument in field.constraints.items()
        if keyword != "required" and argument is not False
    ]
    if schema.primary_key:
        found.append(_unique("primaryKey", schema.primary_key))
    found += [_unique("uniqueKeys", columns) for columns in schema.unique_keys]
    for key in schema.foreign_keys:
        allowed = targets(key) if key.resource else key.reference_fields
        if allowed is not None:
            target = f"{', '.join(key.reference_fields)} of {key.resource or 'this table'}"
            found.append(Rule("foreignKeys", key.fields, allowed, f"must stand in {target}"))
    return tuple(found)


def nullable(field: Field, schema: TableSchema) -> bool:
    """Tell whether a column may hold missing values: it is not required, and in no primary key."""
    return not field.constraints.get("required") and field.name not in schema.primary_key


def _unique(keyword: str, columns: tuple[str, ...]) -> Rule:
    return Rule(keyword, columns, None, f"must not repeat in {', '.join(columns)}")


def _message(keyword: str, argument: Any) -> str:
    limit = f"{argument:g}" if isinstance(argument, float) else argument
    match keyword:
        case "unique":
            return "must not repeat"
        case "minimum":
            return f"must be at least {limit}"
        case "maximum":
            return f"must be at most {limit}"
        case "exclusiveMinimum":
            return f"must be more than {limit}"
        case "exclusiveMaximum":
            return f"must be less than {limit}"
        case "minLength":
            return f"must have at least {limit} characters"
        case "maxLength":
            return f"must have at most {limit} characters"
        case "pattern":
            return f"must match {limit} as a whole"
        case "enum":
            return f"must be one of {', '.join(map(str, argument))}"
    raise NotImplementedError(keyword)
