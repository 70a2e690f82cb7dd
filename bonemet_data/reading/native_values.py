"""Native values: the typed values of JSON and spreadsheets as text of a field."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple

from ..extras import CHECK
from ..tableschema.model import Field
from ..tableschema.types import TYPES
from ..tableschema.values import json_text

with CHECK:
    import polars as pl

_MAX_ZEROS = 1000
"""Maximum exponent of a number that is written as an integer."""

_EXACT = 2**53
"""Integers up to this one are exact as floats."""


class NativeTypeError(ValueError):
    """A native value has a type that the field does not have."""


def text_of(value: Any, field: Field | None) -> str | None:
    """Return a native value as text that the parser of its field understands; None is missing.

    Args:
        value: A value of JSON, or of a cell of a spreadsheet.
        field: The field; None for a column without field.

    Raises:
        NativeTypeError: The field has another type.
    """
    if value is None or isinstance(value, str):
        return value
    native = _native_type(type(value))
    if native is None:
        return str(value)
    if field is not None and field.type not in native.types:
        raise NativeTypeError(f"is {native.name}, but must be {_article(field.type)}")
    return native.convert(value, field)


def kind_of(value: Any) -> type:
    """Return the type of the column for a native value: text, unless another one is exact.

    Spreadsheets store every number as a float.
    """
    kind = type(value)
    if kind in {int, float} and isfinite(value) and abs(value) <= _EXACT:
        return int if value == int(value) else float
    return kind if kind in {bool, date, datetime} else str


def types_of(kind: type) -> frozenset[str]:
    """Return the types of the fields that a native value of a type may have."""
    if issubclass(kind, str):
        return frozenset(TYPES)
    native = _native_type(kind)
    return native.types if native else frozenset({"any"})


def column_of_kind(name: str, kind: type) -> pl.Expr:
    """Return the values of a column of text, as `text_of` writes them, with their native type.

    Args:
        name: Name of the column.
        kind: Type of the values, as `kind_of` returns it.
    """
    column = pl.col(name).replace("", None)
    if kind is bool:
        return column == "true"
    if kind is date:
        return column.str.to_date("%Y-%m-%d")
    if kind is datetime:
        return column.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", time_unit="us")
    types = {int: pl.Int64, float: pl.Float64}
    return column.cast(types[kind]) if kind in types else pl.col(name)


def plain_text(value: Any) -> str:
    """Return a native value as text, as JSON writes it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, float) and value.is_integer() and abs(value) <= _EXACT:
        return str(int(value))  # spreadsheets store every number as a float
    return str(value)


def _boolean(value: bool, field: Field | None) -> str:
    options = {} if field is None else field.options
    texts = options.get("trueValues" if value else "falseValues")
    return str(texts[0]) if texts else json.dumps(value)


def _number(value: Any, field: Field | None) -> str:
    if isinstance(value, int):
        return str(value)
    number = Decimal(repr(value) if isinstance(value, float) else value)
    exponent = number.as_tuple().exponent
    is_short = isinstance(exponent, int) and abs(exponent) <= _MAX_ZEROS
    if is_short and number == number.to_integral_value():
        text = f"{number.to_integral_value() or Decimal():f}"
    else:
        text = str(number)
    decimal_char = (field.options.get("decimalChar") if field else None) or "."
    return text.replace(".", str(decimal_char))


def _json(value: Any, _: Field | None) -> str:
    return json_text(value)  # json.dumps would write a Decimal as text


def _date(value: Any, field: Field | None) -> str:
    """Write a date or time in the format of its field."""
    if isinstance(value, datetime) and field is not None and field.type == "date":
        value = value.date() if value.time() == time() else value
    if field is not None and field.type == "datetime" and not isinstance(value, datetime | time):
        value = datetime.combine(value, time())  # spreadsheets do not tell midnight from a date
    pattern = field.options.get("format") if field else None
    if isinstance(pattern, str) and "%" in pattern:
        return str(value.strftime(pattern.removeprefix("fmt:")))
    return str(value.isoformat())


def _duration(value: timedelta, _: Field | None) -> str:
    sign = "-" if value < timedelta() else ""
    days, seconds = divmod(abs(value), timedelta(days=1))
    total = Decimal(seconds // timedelta(microseconds=1)) / 1_000_000
    return f"{sign}P{days}DT{total.normalize():f}S"


def _article(name: str) -> str:
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"


class _NativeType(NamedTuple):
    """Native type: its name in messages, the types of fields that it may have, its conversion."""

    name: str
    types: frozenset[str]
    convert: Callable[[Any, Field | None], str]


_NUMBER = _NativeType("a number", frozenset({"integer", "number", "year", "any"}), _number)

_NATIVE_TYPES = {
    bool: _NativeType("a boolean", frozenset({"boolean", "any"}), _boolean),
    int: _NUMBER,
    float: _NUMBER,
    Decimal: _NUMBER,
    list: _NativeType("an array", frozenset({"array", "list", "geopoint", "any"}), _json),
    dict: _NativeType("an object", frozenset({"object", "geojson", "geopoint", "any"}), _json),
    datetime: _NativeType("a date and time", frozenset({"datetime", "date", "any"}), _date),
    date: _NativeType("a date", frozenset({"date", "datetime", "any"}), _date),
    time: _NativeType("a time", frozenset({"time", "any"}), _date),
    timedelta: _NativeType("a duration", frozenset({"duration", "any"}), _duration),
}


def _native_type(kind: type) -> _NativeType | None:
    return next((_NATIVE_TYPES[base] for base in kind.__mro__ if base in _NATIVE_TYPES), None)
