"""The registry of field types, with their parsers and their data types in pandas, Polars and Arrow.

This module parses the types of the published tables, with the standard library only. `formats`
parses other types and formats; it is imported on demand.
Source: Table Schema v2, field types (https://datapackage.org/standard/table-schema/).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

Parser: TypeAlias = Callable[[str], Any]
"""Function that converts the text of a cell to a value, or raises ValueError with the reason."""

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
        constraints: Keywords of the constraints that a field of the type may have.
        parse: Parser of the default format; None if the parser is in `formats`.
        options: Properties of a field that affect parsing.
        pandas: Name of the pandas dtype; None if there is no equivalent.
        polars: Name of the Polars data type; "String" if there is no equivalent.
        arrow: Name of the Arrow data type; None if there is no equivalent.
        polars_inputs: Names of the Polars data types whose values need no conversion.
        numeric: Whether values are numbers.
        discrete: Whether every value has a successor, as integers and dates have.
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
    """Return a parser of booleans, given the texts for true and for false."""
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
