"""Typed data in the form of a batch."""

from collections.abc import Sequence

from ..errors import DataError
from ..extras import CHECK
from ..tableschema.model import Field, TableSchema
from .prefilter import is_native

with CHECK:
    import polars as pl


def native(frame: pl.DataFrame, places: Sequence[str], schema: TableSchema) -> pl.DataFrame:
    """Bring a typed frame into the form of a batch: native types, and text for the others.

    What a library cannot hold otherwise is read as what it means: a whole float in a column of
    integers, midnight in a column of dates, 0.1 in 32 bits. Texts that stand for a missing value
    also do so where they are values of the column's type.

    Raises:
        DataError: a column cannot be read.
    """
    columns = []
    for series, place in zip(frame, places, strict=True):
        field = schema.field(series.name)
        try:
            cells = series if field is None else _cells(series, field, schema)
        except pl.exceptions.PolarsError as error:
            reason = str(error).splitlines()[0]
            raise DataError(
                f"The column {series.name}, of type {series.dtype}, cannot be read: {reason}. "
                "Turn it into text."
            ) from error
        columns.append(cells.alias(place))
    return pl.DataFrame(columns)


def _cells(series: pl.Series, field: Field, schema: TableSchema) -> pl.Series:
    if isinstance(series.dtype, pl.Datetime) and series.dtype.time_zone:
        series = series.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    if isinstance(series.dtype, pl.Float32):
        series = series.cast(pl.String).cast(pl.Float64)
    if not is_native(series.dtype, field) or _beyond_python(series):
        return _texts(series, field)
    if isinstance(series.dtype, pl.Datetime):
        series = series.cast(pl.Datetime("us"))
    missing = _missing(field, schema)
    return series.set(series.is_in(missing), None) if missing else series


def _beyond_python(series: pl.Series) -> bool:
    """Tell whether a column of times holds one that Python cannot hold."""
    beyond = [pl.lit(False)]
    cell = pl.col(series.name)
    if isinstance(series.dtype, pl.Date | pl.Datetime):
        beyond.append(~cell.dt.year().is_between(1, 9999))
    if isinstance(series.dtype, pl.Time | pl.Datetime):
        beyond.append(cell.dt.nanosecond() % 1000 != 0)
    return bool(series.to_frame().select(pl.any_horizontal(beyond).any()).item())


def _missing(field: Field, schema: TableSchema) -> list[object]:
    """Give the values of a column whose texts stand for a missing value."""
    values = []
    for text in schema.missing(field) - {""}:
        try:
            values.append(field.read(text))
        except ValueError:
            continue
    return values


def _texts(series: pl.Series, field: Field) -> pl.Series:
    cell = pl.col(series.name)
    text = cell.dt.to_string("iso") if series.dtype == pl.Duration else cell.cast(pl.String)
    if field.type in {"integer", "year"} and (series.dtype.is_float() or series.dtype.is_decimal()):
        value = cell.cast(pl.Float64)
        whole = value.is_finite() & (value == value.floor()) & (value.abs() < 2**53)
        integer = value.cast(pl.Int64, strict=False).cast(pl.String)
        text = pl.when(whole).then(integer).otherwise(text)
    if is_native(series.dtype, field) and isinstance(series.dtype, pl.Time | pl.Datetime):
        form = "%H:%M:%S%.6f" if series.dtype == pl.Time else "%Y-%m-%dT%H:%M:%S%.6f"
        whole = cell.dt.nanosecond() % 1000 == 0
        text = pl.when(whole).then(cell.dt.to_string(form)).otherwise(cell.dt.to_string("iso"))
    if field.type == "date" and isinstance(series.dtype, pl.Datetime):
        midnight = cell.dt.time() == pl.time(0, 0, 0)
        text = pl.when(midnight).then(cell.dt.to_string("%Y-%m-%d")).otherwise(text)
    return series.to_frame().select(text).to_series()
