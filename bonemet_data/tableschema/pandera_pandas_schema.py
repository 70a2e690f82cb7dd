"""A pandera schema for pandas that also checks columns that are stored in another way."""

from typing import Any

from ..extras import BASE, PANDERA

with BASE:
    import pandas as pd
with PANDERA:
    from pandera.pandas import DataFrameSchema


class PandasSchema(DataFrameSchema):
    """A schema that compares datetimes in UTC, and a date as the day in its own time zone.

    An Arrow column, a category of texts, and booleans without missing values have the type of their
    values. Columns of dates have a check named "type".
    """

    @classmethod
    def get_backend(cls, *args: Any, **kwargs: Any) -> Any:
        """Return the backend of `DataFrameSchema`, because backends are not inherited."""
        return DataFrameSchema.get_backend(*args, **kwargs)

    def validate(self, check_obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Validate a frame, and return the frame."""
        plain = {}
        for name, column in self.columns.items():
            cells = check_obj.get(name)
            if not isinstance(cells, pd.Series):
                continue
            is_date = any(check.name == "type" for check in column.checks)
            if isinstance(cells.dtype, pd.ArrowDtype):
                cells = _from_arrow(cells, column.dtype.type, is_date)
            elif isinstance(cells.dtype, pd.CategoricalDtype):
                cells = _from_categories(cells, column.dtype.type, cells.dtype.categories.dtype)
            elif cells.dtype == bool:
                cells = cells.astype("boolean")
            if isinstance(cells.dtype, pd.DatetimeTZDtype) and column.dtype.type.kind == "M":
                cells = cells.dt.tz_localize(None) if is_date else cells.dt.tz_convert(None)
            if cells is not check_obj[name]:
                plain[name] = cells
        super().validate(check_obj.assign(**plain) if plain else check_obj, *args, **kwargs)
        return check_obj


def _from_arrow(cells: "pd.Series[Any]", expected: Any, is_date: bool) -> "pd.Series[Any]":
    """Return an Arrow column in the dtype of pandas for its values; unchanged if there is none."""
    import pyarrow.types as pt

    dtype: Any = cells.dtype
    kind = dtype.pyarrow_dtype
    if pt.is_dictionary(kind):
        return _from_categories(cells, expected, pd.ArrowDtype(kind.value_type))
    if pt.is_string(kind) or pt.is_large_string(kind):
        return cells.astype("string")
    if pt.is_boolean(kind):
        return cells.astype("boolean")
    if pt.is_timestamp(kind):
        zoned: Any = (
            pd.DatetimeTZDtype(kind.unit, kind.tz) if kind.tz else f"datetime64[{kind.unit}]"
        )
        return cells.astype(zoned)
    return cells.astype("datetime64[s]") if is_date and pt.is_date(kind) else cells


def _from_categories(cells: "pd.Series[Any]", expected: Any, dtype: Any) -> "pd.Series[Any]":
    """Return a column of categories in the dtype that is expected for its texts.

    Args:
        cells: The column.
        expected: The dtype.
        dtype: The dtype of the categories.
    """
    if not pd.api.types.is_string_dtype(dtype):
        return cells
    if isinstance(expected, pd.CategoricalDtype):
        is_known = cells.dropna().isin(expected.categories).all()
        return cells.astype(expected) if is_known else cells
    return cells.astype("string")
