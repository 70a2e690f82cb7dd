"""Constraints: the requirements of a Table Schema, defined once for all engines.

A missing value violates only `required`, and `primaryKey` if the field is part of the key. A row
with a missing value in a unique key or a foreign key does not violate that key, as in SQL.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from .model import Field, ForeignKey, TableSchema

Targets: TypeAlias = Callable[[ForeignKey], frozenset[tuple[Any, ...]] | None]
"""Function that returns the values that a foreign key may have; None if it cannot be checked."""

UNIQUE = frozenset({"unique", "primaryKey", "uniqueKeys"})
"""The keywords that forbid duplicate values."""

_SHOWN = 50
"""Number of allowed values in a message."""

NOT_FOUND = "not found in "
"""Start of the message about a foreign key."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint on one or more columns.

    Attributes:
        keyword: Table Schema keyword.
        columns: Names of the columns.
        argument: Argument of the keyword. For a foreign key, the set of allowed tuples or, if the
            table refers to itself, the tuple of the columns referred to. For a rule that is not of
            Table Schema, a function that tests a value.
        message: Message of a finding about a value that violates the constraint.
    """

    keyword: str
    columns: tuple[str, ...]
    argument: Any
    message: str

    @property
    def internal(self) -> bool:
        """Whether this is a foreign key to the same table."""
        return self.keyword == "foreignKeys" and isinstance(self.argument, tuple)

    @property
    def is_function(self) -> bool:
        """Whether a function tests the values, so that Polars cannot."""
        return callable(self.argument)

    @property
    def detail(self) -> str:
        """The argument as text, such as "types.type_id"; "" if there is none."""
        if self.keyword == "foreignKeys":
            return self.message.removeprefix(NOT_FOUND)
        if self.keyword in UNIQUE or self.keyword == "jsonSchema" or self.is_function:
            return ""
        if self.keyword in {"enum", "categories"}:
            return _list(self.argument)
        return _text(self.argument)

    @property
    def on_cell(self) -> bool:
        """Whether the constraint can be checked on one cell alone."""
        return len(self.columns) == 1 and self.keyword not in UNIQUE and not self.internal


@dataclass(frozen=True, slots=True)
class Comparison:
    """Definition of a constraint that compares a value, or its length, with a limit.

    Attributes:
        compare: Operator, for both Python values and Polars expressions.
        message: Start of the message; the limit is appended.
        check: Name of the built-in check of pandera.
        length: Whether to compare the number of characters instead of the value.
    """

    compare: Callable[[Any, Any], Any]
    message: str
    check: str
    length: bool = False


COMPARISONS: Mapping[str, Comparison] = {
    "minimum": Comparison(operator.ge, "is less than the minimum", "ge"),
    "maximum": Comparison(operator.le, "is greater than the maximum", "le"),
    "exclusiveMinimum": Comparison(operator.gt, "is not greater than the exclusive minimum", "gt"),
    "exclusiveMaximum": Comparison(operator.lt, "is not less than the exclusive maximum", "lt"),
    "minLength": Comparison(
        operator.ge, "is shorter than the minimum length", "str_length", length=True
    ),
    "maxLength": Comparison(
        operator.le, "is longer than the maximum length", "str_length", length=True
    ),
}


def constraints(schema: TableSchema, targets: Targets) -> tuple[Constraint, ...]:
    """Return the constraints of a schema: first of its fields in order, then its keys.

    `required` is not included; see `nullable`.

    Args:
        schema: The Table Schema.
        targets: Function that returns the values that a foreign key may have.
    """
    return (
        *(
            Constraint(keyword, (field.name,), argument, _message(keyword, argument))
            for field in schema.fields
            for keyword, argument in field.constraints.items()
            if keyword != "required" and argument is not False
        ),
        *([_unique("primaryKey", schema.primary_key)] if schema.primary_key else ()),
        *(_unique("uniqueKeys", columns) for columns in schema.unique_keys),
        *(
            Constraint("foreignKeys", key.fields, allowed, f"{NOT_FOUND}{_reference(key)}")
            for key in schema.foreign_keys
            if (allowed := targets(key) if key.resource else key.reference_fields) is not None
        ),
    )


def nullable(field: Field, schema: TableSchema) -> bool:
    """Return whether a column may have missing values."""
    return field.name not in schema.required_names


def test(constraint: Constraint) -> Callable[[Any], bool]:
    """Return a function that tests a constraint on one value, which must not be missing.

    Raises:
        OptionError: A pattern may take very long in Python, or has no equivalent.
    """
    limit: Any = constraint.argument
    keyword = constraint.keyword
    if constraint.is_function:
        return limit  # type: ignore[no-any-return]
    if keyword in COMPARISONS:
        compare, length = COMPARISONS[keyword].compare, COMPARISONS[keyword].length
        if length:
            return lambda value: bool(compare(len(value), limit))
        return lambda value: value == value and bool(compare(value, limit))  # noqa: PLR0124 - NaN
    if keyword == "pattern":
        import re

        from .patterns import to_python

        match = re.compile(to_python(limit)).fullmatch
        return lambda value: match(value) is not None
    if keyword == "jsonSchema":
        from .json_schema import json_schema_test

        return json_schema_test(limit)
    allowed = allowed_values(constraint)
    nan = any(value != value for value in allowed)  # noqa: PLR0124 - NaN is not equal to itself
    return lambda value: value in allowed or (nan and value != value)  # noqa: PLR0124


def allowed_values(constraint: Constraint) -> frozenset[Any]:
    """Return the values that `enum`, `categories` or a single-column foreign key allows."""
    if constraint.keyword in {"enum", "categories"}:
        return frozenset(constraint.argument)
    if constraint.keyword == "foreignKeys" and constraint.on_cell:
        return frozenset(value for (value,) in constraint.argument)
    raise ValueError(f"{constraint.keyword} has no list of allowed values")


def _unique(keyword: str, columns: tuple[str, ...]) -> Constraint:
    return Constraint(keyword, columns, None, "duplicate value")


def _reference(key: ForeignKey) -> str:
    columns = ", ".join(key.reference_fields)
    if not key.resource:
        return f"{'column' if len(key.fields) == 1 else 'columns'} {columns}"
    return f"{key.resource}.{columns}" if len(key.fields) == 1 else f"{key.resource} ({columns})"


def _message(keyword: str, argument: Any) -> str:
    if keyword in COMPARISONS:
        return f"{COMPARISONS[keyword].message} {_text(argument)}"
    match keyword:
        case "pattern":
            return f"does not match the pattern {argument}"
        case "enum":
            return f"is not one of: {_list(argument)}"
        case "categories":
            return f"is not one of the categories: {_list(argument)}"
        case "jsonSchema":
            return "does not conform to its JSON Schema"
    return "duplicate value"


def _list(values: Sequence[Any]) -> str:
    """Return allowed values as text, the first of them if there are many."""
    more = f", and {len(values) - _SHOWN:,} more" if len(values) > _SHOWN else ""
    return f"{', '.join(map(_text, values[:_SHOWN]))}{more}"


def _text(value: Any) -> str:
    """Return a limit as text, as it would be written in a cell."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)
    from .values import value_text

    return value_text(value)
