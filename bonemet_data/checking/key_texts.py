"""Canonical texts of the values of keys: equal values have equal texts, in every batch."""

from collections.abc import Sequence
from typing import Any

from ..extras import CHECK
from ..tableschema.values import value_text
from .columns import PLAIN, Column, plain_text
from .prefilter import exact_float, is_short

with CHECK:
    import polars as pl

_AS_TEXT = frozenset({"integer", "boolean", "date"})
"""Types whose typed values Polars writes as canonical text."""


def key_texts(cells: pl.Series, column: Column, has_empty: bool) -> pl.Series:
    """Return the canonical texts of the cells of a column; null for missing and invalid cells."""
    field, dtype = column.field, cells.dtype
    validator = column.validator_of(dtype)
    is_plain, missing = field.plain, column.missing_texts(has_empty)
    if not isinstance(dtype, pl.String):
        if field.type in _AS_TEXT and not isinstance(dtype, PLAIN):
            return cells.cast(pl.String)
        is_plain, missing = not isinstance(dtype, PLAIN), []
        cells = plain_text(cells)
    if is_plain and not missing and _are_canonical(cells, field.type):
        return cells
    raw = pl.col(cells.name)
    value, is_exact = _fast_text(field.type, raw) if is_plain else (pl.lit(None, pl.String), None)
    doubtful = raw.is_not_null() if is_exact is None else raw.is_not_null() & ~is_exact
    if missing:
        doubtful |= raw.is_in(missing)
    frame = cells.to_frame().select(value.alias("value"), doubtful.alias("doubtful"))
    if not frame["doubtful"].any():
        return frame["value"]
    texts = cells.filter(frame["doubtful"]).unique()
    exact = canonical_texts([validator.parse(text) for text in texts], field.type)
    found = pl.DataFrame({"text": texts, "exact": exact})
    return (
        frame.with_columns(cells.alias("text"))
        .join(found, on="text", how="left", maintain_order="left")
        .select(pl.when("doubtful").then("exact").otherwise("value"))
        .to_series()
    )


def canonical_texts(values: Sequence[Any], name: str) -> pl.Series:
    """Return the canonical texts of logical values of a type; null for None."""
    texts = [None if value is None else value_text(value) for value in values]
    if name != "number":
        return pl.Series(texts, dtype=pl.String)
    short = [value is not None and is_short(value) for value in values]
    floats = [
        (float(value) or 0.0) if fits else None for value, fits in zip(values, short, strict=True)
    ]
    by_polars = pl.Series(floats, dtype=pl.Float64).cast(pl.String).to_list()
    chosen = [a if fits else b for a, b, fits in zip(by_polars, texts, short, strict=True)]
    return pl.Series(chosen, dtype=pl.String)


def _are_canonical(cells: pl.Series, name: str) -> bool:
    """Return whether all texts are the canonical texts of values of a type."""
    if name != "integer":
        return name in {"string", "any"}
    has_plain_start = (cells >= "1") & (cells < ":") | (cells == "0")  # no sign, no leading zero
    if not has_plain_start.all():
        return False
    return cells.cast(pl.Int64, strict=False).null_count() == cells.null_count()


def _fast_text(name: str, raw: pl.Expr) -> tuple[pl.Expr, pl.Expr | None]:
    """Return canonical texts made by Polars, and where they are certainly right."""
    if name in {"string", "any"}:
        return raw, pl.lit(True)
    if name == "integer":
        integer = raw.cast(pl.Int64, strict=False)
        return integer.cast(pl.String), integer.is_not_null()
    if name == "number":
        number, is_exact = exact_float(raw)
        unsigned = pl.when(number == 0).then(0.0).otherwise(number)  # -0.0 is 0.0
        return unsigned.cast(pl.String), is_exact
    return pl.lit(None, pl.String), None
