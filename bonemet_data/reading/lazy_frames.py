"""Frames of pandas, Polars and Arrow as LazyFrames of Polars."""

from collections import Counter
from typing import Any

from ..errors import DataError, UnsupportedFrameError
from ..extras import CHECK

with CHECK:
    import polars as pl

_CONVERSION_ERRORS = (
    ValueError,
    TypeError,
    NotImplementedError,
    pl.exceptions.PolarsError,
    pl.exceptions.PanicException,  # not an Exception
)


def to_lazy(data: Any) -> pl.LazyFrame:
    """Convert a frame of pandas, Polars or Arrow to a LazyFrame.

    Raises:
        UnsupportedFrameError: The data are not such a frame.
        DataError: A column has values that Polars cannot store.
    """
    try:
        return _convert(data)
    except UnsupportedFrameError:
        raise
    except _CONVERSION_ERRORS as error:
        raise DataError(f"the frame cannot be read: {_cause(data, error)}.") from error


def _cause(data: Any, error: BaseException) -> str:
    """Return why a frame cannot be converted, with the name of the column if it is pandas'."""
    names = [*map(str, getattr(data, "columns", ()))]
    repeated = [name for name, number in Counter(names).items() if number > 1]
    if repeated:
        return f"two columns have the name {repeated[0]!r}: rename one of them"
    if hasattr(data, "iloc"):
        for at, name in enumerate(names):
            try:
                _convert(data.iloc[:, [at]])
            except _CONVERSION_ERRORS as fault:
                reason = str(fault).rstrip(".")
                return f"column {name!r}: {reason}; convert its values to one type, such as text"
    return f"{error}; change the types of its columns, or write the frame to a file and check that"


def _convert(data: Any) -> pl.LazyFrame:
    if isinstance(data, pl.LazyFrame):
        return data
    if isinstance(data, pl.DataFrame):
        return data.lazy()
    for kind in type(data).__mro__:
        library = kind.__module__.partition(".")[0]
        if library == "pandas" and kind.__name__ == "DataFrame":
            return pl.DataFrame(pl.from_pandas(data, nan_to_null=True)).lazy()
        if library == "pyarrow" and kind.__name__ in {"Table", "RecordBatch"}:
            return pl.DataFrame(pl.from_arrow(data)).lazy()
        if library == "pyspark" and kind.__name__ == "DataFrame":
            raise UnsupportedFrameError('a Spark DataFrame requires engine="spark".')
    raise UnsupportedFrameError(
        f"a {type(data).__name__} cannot be checked: "
        "pass a path, or a pandas, Polars or Arrow frame."
    )
