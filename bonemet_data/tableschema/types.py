"""The registry of field types, with their parsers and their data types in pandas, Polars and Arrow.

This module parses the types of the published tables, with the standard library only. `formats`
parses other types and formats; it is imported on demand.
Source: Table Schema v2, field types (https://datapackage.org/standard/table-schema/#field-types).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

Parser: TypeAlias = Callable[[str], Any]
"""Function that converts the text of a cell to a logical value, or raises ValueError with the
reason. Logical values are exact, and can be hashed and compared; `values.native` converts them."""

_COMMON = frozenset({"required", "unique", "enum"})
_ORDERED = _COMMON | {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
_LENGTHS = _COMMON | {"minLength", "maxLength"}
_JSON = _LENGTHS | {"jsonSchema"}
_INTEGERS = ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32")

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"(?ai)[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)(e[+-]?[0-9]+)?|nan|-?inf")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INT_DIGITS = 4000
"""Python refuses to convert much longer texts to `int`; they are parsed as `Decimal`."""

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


def _integer(text: str) -> Any:
    if not _INTEGER.fullmatch(text):
        raise ValueError("is not an integer")
    return int(text) if len(text) <= _INT_DIGITS else _decimal(text)


def parse_number(text: str) -> Any:
    """Parse a number; a finite number becomes a Decimal, which is equal to an equal integer.

    Infinity and NaN are floats. Case need not be respected:
    https://datapackage.org/standard/table-schema/#number
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError("is not a number")
    return float(text) if text[-1] in "nNfF" else _decimal(text)


def _decimal(text: str) -> Any:
    from decimal import Decimal, InvalidOperation

    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError("is a number with an exponent of more than 18 digits")
    return number


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
        _LENGTHS | {"pattern"},
        _string,
        frozenset({"format"}),
        "string",
        "String",
        "string",
        ("String",),
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
        parse_number,
        frozenset({"decimalChar", "groupChar", "bareNumber"}),
        "Float64",
        "Float64",
        "float64",
        (*_INTEGERS, "Float64"),
        numeric=True,
    ),
    "boolean": FieldType(
        _COMMON,
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
    "duration": FieldType(_ORDERED),
    "object": FieldType(_JSON),
    "array": FieldType(_JSON),
    "list": FieldType(_LENGTHS, options=frozenset({"delimiter", "itemType"})),
    "geopoint": FieldType(_COMMON, options=frozenset({"format"})),
    "geojson": FieldType(_COMMON, options=frozenset({"format"})),
    "any": FieldType(_COMMON, _string),
}
"""The field types, by name."""
