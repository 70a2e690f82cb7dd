"""A pandera schema for Polars that also checks LazyFrames, and other units and categories."""

from typing import Any

from ..extras import PANDERA, POLARS

with POLARS:
    import polars as pl
with PANDERA:
    from pandera.polars import DataFrameSchema


class PolarsSchema(DataFrameSchema):
    """A schema that collects a LazyFrame before it is checked, and returns a LazyFrame.

    By default, pandera checks the names and types of a LazyFrame, but not its values
    (https://github.com/unionai-oss/pandera/issues/1566).
    """

    @classmethod
    def get_backend(cls, *args: Any, **kwargs: Any) -> Any:
        """Return the backend of `DataFrameSchema`, because backends are not inherited."""
        return DataFrameSchema.get_backend(*args, **kwargs)

    def validate(self, check_obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Validate a frame, and return the frame."""
        is_lazy = isinstance(check_obj, pl.LazyFrame)
        frame = check_obj.collect() if is_lazy else check_obj
        same = [_expected(cells, self.columns.get(cells.name)) for cells in frame]
        super().validate(frame.with_columns(same), *args, **kwargs)
        return frame.lazy() if is_lazy else frame


def _expected(cells: "pl.Series", column: Any) -> "pl.Series":
    """Return equal cells in the data type that is expected; unchanged if that is impossible."""
    if isinstance(cells.dtype, pl.Datetime):
        in_unit = cells.dt.cast_time_unit("us")
        return in_unit if (cells == in_unit).all() else cells
    has_categories = column is not None and isinstance(cells.dtype, pl.Categorical | pl.Enum)
    if has_categories and column.dtype.type in (pl.String, pl.Enum):
        converted = cells.cast(pl.String).cast(column.dtype.type, strict=False)
        return converted if converted.null_count() == cells.null_count() else cells
    return cells
