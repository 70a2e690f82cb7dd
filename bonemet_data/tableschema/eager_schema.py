"""The schema of pandera for Polars that checks the values of a LazyFrame."""

from typing import Any

from ..extras import PANDERA, POLARS

with POLARS:
    import polars as pl
with PANDERA:
    from pandera.polars import DataFrameSchema


class EagerSchema(DataFrameSchema):
    """A schema that collects a LazyFrame, checks it and returns it as a LazyFrame.

    By default pandera checks the names and types of a LazyFrame, but none of its values
    (https://github.com/unionai-oss/pandera/issues/1566).
    """

    @classmethod
    def get_backend(cls, *args: Any, **kwargs: Any) -> Any:
        """Return the backend of `DataFrameSchema`, which is registered for that class alone."""
        return DataFrameSchema.get_backend(*args, **kwargs)

    def validate(self, check_obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Check a frame, and return it."""
        if isinstance(check_obj, pl.LazyFrame):
            return super().validate(check_obj.collect(), *args, **kwargs).lazy()
        return super().validate(check_obj, *args, **kwargs)
