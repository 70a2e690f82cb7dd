"""Convert typed columns, of frames and columnar files, to the columns of a batch."""

from collections.abc import Mapping

from ..errors import DataError
from ..extras import CHECK
from ..tableschema.model import Field, TableSchema
from .columns import is_native

with CHECK:
    import polars as pl


def convert_frame(
    frame: pl.DataFrame, fields: Mapping[str, Field], schema: TableSchema
) -> pl.DataFrame:
    """Convert a typed frame to the data types of its fields, or to text.

    Some libraries cannot store all types. Therefore a whole float is an integer in an integer
    column, midnight is a date in a date column, and the 32-bit float nearest to 0.1 is 0.1. Values
    whose text is one of `missingValues` become null.

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
    if isinstance(series.dtype, pl.Datetime) and series.dtype.time_zone:
        series = series.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    if isinstance(series.dtype, pl.Float32):
        series = series.cast(pl.String).cast(pl.Float64)
    if not is_native(series.dtype, field) or _exceeds_python(series):
        return _to_text(series, field)
    if isinstance(series.dtype, pl.Datetime):
        series = series.cast(pl.Datetime("us"))
    missing = _missing_values(field, schema)
    return series.set(series.is_in(missing), None) if missing else series


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
    values = []
    for text in schema.missing(field) - {""}:
        try:
            values.append(field.parse(text))
        except ValueError:
            continue
    return values


def _to_text(series: pl.Series, field: Field) -> pl.Series:
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
