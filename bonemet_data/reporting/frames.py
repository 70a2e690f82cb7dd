"""Convert findings and groups to data frames."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal, TypeAlias

from ..errors import ArgumentError
from ..extras import ARROW, BASE, POLARS

Engine: TypeAlias = Literal["pandas", "polars", "arrow"]

INTEGERS = frozenset({"line", "row", "number"})
"""Attributes that are numbers; all others are text."""


def to_frame(items: Collection[Any], names: Iterable[str], engine: Engine) -> Any:
    """Return a data frame with one row per item, and its attributes as columns.

    Args:
        items: Findings or groups.
        names: Names of the attributes.
        engine: Library of the frame.

    Raises:
        ArgumentError: There is no such engine.
        MissingExtraError: The library is not installed.
    """
    columns: Mapping[str, list[Any]] = {
        name: [_plain(getattr(item, name)) for item in items] for name in names
    }
    if engine == "pandas":
        with BASE:
            import pandas as pd
        return pd.DataFrame(
            {
                name: pd.array(values, dtype="Int64" if name in INTEGERS else "string")
                for name, values in columns.items()
            }
        )
    if engine == "polars":
        with POLARS:
            import polars as pl
        types = {name: pl.Int64() if name in INTEGERS else pl.String() for name in columns}
        return pl.DataFrame(columns, schema=types)
    if engine == "arrow":
        with ARROW:
            import pyarrow as pa
        return pa.table(
            {
                name: pa.array(values, pa.int64() if name in INTEGERS else pa.string())
                for name, values in columns.items()
            }
        )
    raise ArgumentError(f"engine {engine!r} is not one of: pandas, polars, arrow.")


def _plain(value: Any) -> Any:
    """Return the name of a severity or a rule as plain text."""
    return str(value) if isinstance(value, str) else value
