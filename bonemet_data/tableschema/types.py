"""Field types: one registry of what Table Schema, pandas, Polars and Arrow know about each type.

The types of the published tables are parsed here with the standard library alone; other types and
other formats are parsed in `formats`, which is imported when a schema needs it.
Source: Table Schema v2, field types (https://datapackage.org/standard/table-schema/).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

Parser: TypeAlias = Callable[[str], Any]
"""A function from the text of a cell to its value; it raises ValueError with the reason."""

_COMMON = frozenset({"required", "unique", "enum"})
_ORDERED = _COMMON | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
_LENGTHS = _COMMON | {"minLength", "maxLength", "pattern"}
_INTEGERS = ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32")

_INTEGER = re.compile(r"[+-]?[0-9]{1,25}")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|NaN|-?INF")
_YEAR = re.compile(r"-?[0-9]{4}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INFINITE = {float("inf"), float("-inf")}
TRUE_VALUES = ("true", "True", "TRUE", "1")
FALSE_VALUES = ("false", "False", "FALSE", "0")


class FieldType(NamedTuple):
    """A type of Table Schema fields.

    Attributes:
        constraints: the constraints that a field of the type may have.
        parse: the parser of the default format; None if `formats` has it.
        options: the properties that change how values are written.
        pandas: the name of the dtype in pandas; None if pandas has no fitting dtype.
        polars: the name of the data type in Polars; String for values that Polars cannot store.
        arrow: the name of the data type in Arrow; None if Arrow has no fitting type.
        polars_inputs: the Polars data types whose values need no conversion.
        numeric: whether values are numbers.
        discrete: whether each value has a next one: whole numbers and days.
    """

    constraints: frozenset[str]
    parse: Parser | None = None
    options: frozenset[str] = frozenset()
    pandas: str | None = None
    polars: str = "String"
    arrow: str | None = None
    polars_inputs: tuple[str, ...] = ()
    numeric: bool = False
    discrete: bool = False


def _string(text: str) -> str:
    return text


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError("is not an integer")
    number = int(text)
    if not -(2**63) <= number < 2**63:
        raise ValueError("is outside the range of 64-bit integers")
    return number


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError("is not a number")
    number = float(text)
    if number in _INFINITE and "INF" not in text:
        raise ValueError("is outside the range of 64-bit floating-point numbers")
    return number


def _year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise ValueError("is not a year (YYYY)")
    return int(text)


def _date(text: str) -> Any:
    from datetime import date

    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise ValueError("is not a date (YYYY-MM-DD)")


def boolean_parser(true_values: tuple[str, ...], false_values: tuple[str, ...]) -> Parser:
    """Return the parser of booleans that are written in the given ways."""
    values = dict.fromkeys(true_values, True) | dict.fromkeys(false_values, False)

    def parse(text: str) -> bool:
        if text not in values:
            raise ValueError(f"is not one of: {', '.join(values)}")
        return values[text]

    return parse


TYPES: Mapping[str, FieldType] = {
    "string": FieldType(
        _LENGTHS, _string, frozenset({"format"}), "string", "String", "string", ("String",)
    ),
    "integer": FieldType(
        _ORDERED,
        _integer,
        frozenset({"groupChar", "bareNumber"}),
        "Int64",
        "Int64",
        "int64",
        _INTEGERS,
        numeric=True,
        discrete=True,
    ),
    "number": FieldType(
        _ORDERED,
        _number,
        frozenset({"decimalChar", "groupChar", "bareNumber"}),
        "Float64",
        "Float64",
        "float64",
        (*_INTEGERS, "Float64"),
        numeric=True,
    ),
    "boolean": FieldType(
        frozenset({"required", "enum"}),
        boolean_parser(TRUE_VALUES, FALSE_VALUES),
        frozenset({"trueValues", "falseValues"}),
        "boolean",
        "Boolean",
        "bool",
        ("Boolean",),
    ),
    "date": FieldType(
        _ORDERED,
        _date,
        frozenset({"format"}),
        "datetime64[s]",
        "Date",
        "date32",
        ("Date",),
        discrete=True,
    ),
    "year": FieldType(
        _ORDERED,
        _year,
        pandas="Int64",
        polars="Int64",
        arrow="int64",
        polars_inputs=_INTEGERS,
        numeric=True,
        discrete=True,
    ),
    "time": FieldType(
        _ORDERED,
        options=frozenset({"format"}),
        polars="Time",
        arrow="time64[us]",
        polars_inputs=("Time",),
    ),
    "datetime": FieldType(
        _ORDERED,
        options=frozenset({"format"}),
        pandas="datetime64[us]",
        polars="Datetime",
        arrow="timestamp[us]",
        polars_inputs=("Datetime",),
    ),
    "yearmonth": FieldType(_ORDERED),
    "duration": FieldType(_COMMON),  # a month has no fixed length, so durations have no order
}
"""The supported types, by name."""
