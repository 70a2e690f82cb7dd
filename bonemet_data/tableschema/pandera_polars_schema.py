"""A pandera schema for Polars that also checks LazyFrames, and datetimes in any unit."""

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
        moments = [each for each in frame if isinstance(each.dtype, pl.Datetime)]
        in_unit = [each.dt.cast_time_unit("us") for each in moments]
        exact = [new for old, new in zip(moments, in_unit, strict=True) if (old == new).all()]
        super().validate(frame.with_columns(exact), *args, **kwargs)
        return frame.lazy() if is_lazy else frame
