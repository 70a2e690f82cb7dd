"""A pandera schema for pandas that also checks datetimes with a time zone."""

from typing import Any

from ..extras import BASE, PANDERA

with BASE:
    import pandas as pd
with PANDERA:
    from pandera.pandas import DataFrameSchema


class PandasSchema(DataFrameSchema):
    """A schema that compares datetimes in UTC, and a date as the day in its own time zone.

    Columns of dates have a check named "type".
    """

    @classmethod
    def get_backend(cls, *args: Any, **kwargs: Any) -> Any:
        """Return the backend of `DataFrameSchema`, because backends are not inherited."""
        return DataFrameSchema.get_backend(*args, **kwargs)

    def validate(self, check_obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Validate a frame, and return the frame."""
        plain = {
            name: _without_zone(check_obj[name], any(each.name == "type" for each in column.checks))
            for name, column in self.columns.items()
            if isinstance(check_obj.get(name), pd.Series)
            and isinstance(check_obj[name].dtype, pd.DatetimeTZDtype)
            and str(column.dtype).startswith("datetime64")
        }
        super().validate(check_obj.assign(**plain) if plain else check_obj, *args, **kwargs)
        return check_obj


def _without_zone(cells: "pd.Series[Any]", is_date: bool) -> "pd.Series[Any]":
    plain: pd.Series[Any] = cells.dt.tz_localize(None) if is_date else cells.dt.tz_convert(None)
    return plain
