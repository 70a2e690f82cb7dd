"""Native values: the typed values of JSON and spreadsheets as text of a field."""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from ..extras import CHECK
from ..tableschema.model import Field
from ..tableschema.types import TYPES
from ..tableschema.values import json_text

with CHECK:
    import polars as pl

_NUMERIC = {"integer", "number", "year", "any"}
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
    for kind, (types, convert) in _CONVERTERS.items():
        if isinstance(value, kind):
            if field is not None and field.type not in types:
                raise NativeTypeError(f"is {_NAMES[kind]}, but must be {_article(field.type)}")
            return convert(value, field)
    return str(value)


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
    for each, (types, _) in _CONVERTERS.items():
        if issubclass(kind, each):
            return frozenset(types)
    return frozenset({"any"})


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


_CONVERTERS: Mapping[type, tuple[set[str], Callable[[Any, Field | None], str]]] = {
    bool: ({"boolean", "any"}, _boolean),
    int: (_NUMERIC, _number),
    float: (_NUMERIC, _number),
    Decimal: (_NUMERIC, _number),
    list: ({"array", "list", "geopoint", "any"}, _json),
    dict: ({"object", "geojson", "geopoint", "any"}, _json),
    datetime: ({"datetime", "date", "any"}, _date),
    date: ({"date", "datetime", "any"}, _date),
    time: ({"time", "any"}, _date),
    timedelta: ({"duration", "any"}, _duration),
}
"""Types of fields that a native value may have, and its conversion to text."""

_NAMES = {
    bool: "a boolean",
    int: "a number",
    float: "a number",
    Decimal: "a number",
    list: "an array",
    dict: "an object",
    datetime: "a date and time",
    date: "a date",
    time: "a time",
    timedelta: "a duration",
}
