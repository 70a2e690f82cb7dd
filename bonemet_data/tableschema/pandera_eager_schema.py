"""A pandera schema for Polars that also checks the values of a LazyFrame."""

from typing import Any

from ..extras import PANDERA, POLARS

with POLARS:
    import polars as pl
with PANDERA:
    from pandera.polars import DataFrameSchema


class EagerSchema(DataFrameSchema):
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
        if isinstance(check_obj, pl.LazyFrame):
            return super().validate(check_obj.collect(), *args, **kwargs).lazy()
        return super().validate(check_obj, *args, **kwargs)
