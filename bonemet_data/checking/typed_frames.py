"""Convert typed columns, of frames and columnar files, to the columns of a batch.

A value has one verdict whatever it comes in: it is valid if its text in the default format of the
type is valid.
"""

import json
from collections.abc import Mapping
from typing import Any

from ..errors import DataError
from ..extras import CHECK
from ..tableschema.fields import make_parser
from ..tableschema.model import Field, TableSchema
from ..tableschema.values import native
from .columns import PLAIN, is_native

with CHECK:
    import polars as pl

_TEXTS = ("String", "Categorical", "Enum")


def convert_frame(
    frame: pl.DataFrame, fields: Mapping[str, Field], schema: TableSchema
) -> pl.DataFrame:
    """Convert a typed frame to the data types of its fields, or to text.

    Some libraries cannot store all types. Therefore a whole float is an integer in an integer
    column, midnight is a date in a date column, and the 32-bit float nearest to 0.1 is 0.1. Values
    whose text is one of `missingValues` become null. Text in the default format, which is not the
    format of the field, has the data type `PLAIN`.

    Args:
        frame: The frame.
        fields: Field of each column that is checked, by the name of the column in the frame.
        schema: The Table Schema.

    Raises:
        DataError: A column cannot be converted.
    """
    columns = []
    for series in frame:
        field = fields.get(series.name)
        try:
            columns.append(series if field is None else _convert(series, field, schema))
        except pl.exceptions.PolarsError as error:
            reason = str(error).splitlines()[0]
            name = series.name if field is None else field.name
            raise DataError(
                f"column {name} of type {series.dtype} cannot be read: {reason}. "
                "Convert the column to text."
            ) from error
    return pl.DataFrame(columns)


def _convert(series: pl.Series, field: Field, schema: TableSchema) -> pl.Series:
    if series.dtype.base_type().__name__ in _TEXTS:
        return series.cast(pl.String)
    if isinstance(series.dtype, pl.Datetime) and series.dtype.time_zone:
        if field.type != "date":  # a day is the day of its own time zone
            series = series.dt.convert_time_zone("UTC")
        series = series.dt.replace_time_zone(None)
    if isinstance(series.dtype, pl.Float32):
        series = series.cast(pl.String).cast(pl.Float64)
    if not is_native(series.dtype, field) or _exceeds_python(series):
        text = _to_text(series, field)
        if missing := schema.missing(field):
            text = text.set(text.is_in([*missing]), None)
        if field.type == "string":
            return text.cast(PLAIN) if _has_no_text(series.dtype) else text
        return text if field.plain else text.cast(PLAIN)
    if isinstance(series.dtype, pl.Datetime):
        series = series.cast(pl.Datetime("us"))
    values = _missing_values(field, schema)
    return series.set(series.is_in(values), None) if values else series


def _exceeds_python(series: pl.Series) -> bool:
    """Return whether a column of dates or times has a value that Python cannot represent."""
    conditions = [pl.lit(False)]
    cell = pl.col(series.name)
    if isinstance(series.dtype, pl.Date | pl.Datetime):
        conditions.append(~cell.dt.year().is_between(1, 9999))
    if isinstance(series.dtype, pl.Time | pl.Datetime):
        conditions.append(cell.dt.nanosecond() % 1000 != 0)
    return bool(series.to_frame().select(pl.any_horizontal(conditions).any()).item())


def _missing_values(field: Field, schema: TableSchema) -> list[object]:
    """Return the values of a field whose texts represent a missing value."""
    values: list[object] = []
    plain = make_parser(field.type, {}, field.name)
    for text in schema.missing(field) - {""}:
        for parse in (field.parse, plain):
            try:
                values.append(native(parse(text)))
                break
            except (ValueError, OverflowError):
                continue
    return values


def _has_no_text(dtype: pl.DataType) -> bool:
    return dtype.is_nested() or isinstance(dtype, pl.Object)


def _to_text(series: pl.Series, field: Field) -> pl.Series:
    """Return typed values as text in the default format of the type of the field."""
    dtype, cell = series.dtype, pl.col(series.name)
    if _has_no_text(dtype):
        texts = [None if value is None else _nested_text(value, field) for value in series]
        return pl.Series(series.name, texts, pl.String)
    if isinstance(dtype, pl.Binary):
        texts = [None if value is None else value.decode(errors="replace") for value in series]
        return pl.Series(series.name, texts, pl.String)
    text = cell.dt.to_string("iso") if dtype.is_temporal() else cell.cast(pl.String)
    if isinstance(dtype, pl.Datetime) and field.type == "datetime":
        text = cell.dt.to_string("%Y-%m-%dT%H:%M:%S%.9f").str.strip_prefix("+")
    if isinstance(dtype, pl.Datetime) and field.type == "date":
        midnight = cell.dt.time() == pl.time(0, 0, 0)
        text = pl.when(midnight).then(cell.dt.to_string("%Y-%m-%d")).otherwise(text)
    if field.type in {"integer", "year"} and dtype.is_float():
        value = cell.cast(pl.Float64)
        whole = value.is_finite() & (value == value.floor()) & (value.abs() < 2**53)
        integer = value.cast(pl.Int64, strict=False).cast(pl.String)
        text = pl.when(whole).then(integer).otherwise(text)
    if field.type in {"integer", "year"} and dtype.is_decimal():
        text = text.str.replace(r"\.0+$", "")
    return series.to_frame().select(text).to_series()


def _nested_text(value: Any, field: Field) -> str:
    """Return a list or a struct as JSON, or as the text of a list or place."""
    if isinstance(value, pl.Series):
        value = value.to_list()
    if field.type == "list" and isinstance(value, list):
        return str(field.options.get("delimiter", ",")).join(map(_item_text, value))
    if field.type == "geopoint" and isinstance(value, list) and not field.options:
        return ", ".join(map(_item_text, value))
    return json.dumps(value, default=_item_text)


def _item_text(item: Any) -> str:
    if isinstance(item, bool):
        return "true" if item else "false"
    return str(item.isoformat()) if hasattr(item, "isoformat") else str(item)
