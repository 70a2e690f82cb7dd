"""Typed data in the form of a batch."""

from collections.abc import Sequence

from .._extras import CHECK
from .._table_schema import TableSchema
from .clear import is_native

with CHECK:
    import polars as pl


def native(frame: pl.DataFrame, places: Sequence[str], schema: TableSchema) -> pl.DataFrame:
    """Bring a typed frame into the form of a batch: native types, and text for all else.

    What a library cannot hold otherwise is read as what it means: a whole float in a column of
    integers, midnight in a column of dates.
    """
    columns = []
    for series, place in zip(frame, places, strict=True):
        field = schema.field(series.name)
        named = series.alias(place)
        if field and field.type == "datetime" and isinstance(series.dtype, pl.Datetime):
            if series.dtype.time_zone:
                named = named.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
            named = named.cast(pl.Datetime("us"))
        if field is None or is_native(series.dtype, field):
            columns.append(named)
            continue
        text = pl.col(named.name).cast(pl.String)
        if field.type in {"integer", "year"} and series.dtype.is_float():
            value = pl.col(named.name)
            whole = value.is_finite() & (value == value.floor()) & (value.abs() < 2**53)
            integer = value.cast(pl.Int64, strict=False).cast(pl.String)
            text = pl.when(whole).then(integer).otherwise(text)
        if field.type == "date" and isinstance(series.dtype, pl.Datetime):
            value = pl.col(named.name)
            midnight = value.dt.time() == pl.time(0, 0, 0)
            text = pl.when(midnight).then(value.dt.to_string("%Y-%m-%d")).otherwise(text)
        columns.append(named.to_frame().select(text).to_series())
    return pl.DataFrame(columns)
