"""Clearing: Polars expressions that tell which cells surely hold every rule of their column.

They may leave a good cell to the judge, and never clear a bad one.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ..extras import CHECK
from ..tableschema.constraints import Rule
from ..tableschema.model import Field
from ..tableschema.to_polars import cell_expression
from .validator import Judge

with CHECK:
    import polars as pl

_INTEGERS = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32)
_NATIVE: dict[str, tuple[type[pl.DataType], ...]] = {
    "integer": _INTEGERS,
    "year": _INTEGERS,
    "number": (*_INTEGERS, pl.Float64),
    "boolean": (pl.Boolean,),
    "date": (pl.Date,),
    "time": (pl.Time,),
    "datetime": (pl.Datetime,),
}
_VALUES: dict[str, type[pl.DataType]] = {
    "integer": pl.Int64,
    "year": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "time": pl.Time,
    "datetime": pl.Datetime,
}

_SHORT_LIST, _SHORT_TEXT = 8, 12
"""How many texts, of how many characters, Polars compares with a cell faster than it hashes it."""


class Column(NamedTuple):
    """One column of the data: its place, its field, what it must hold, and its judge.

    `allowed` lists the texts that hold everything, where the rules leave a closed list.
    """

    at: int
    field: Field
    rules: tuple[Rule, ...]
    missing: frozenset[str]
    required: bool
    allowed: tuple[str, ...] | None
    judge: Judge

    @property
    def label(self) -> str:
        """Its name in a batch, where the names of the data could be anything."""
        return f"c{self.at}"

    @property
    def repeats(self) -> bool:
        """Whether few texts stand in many cells, so that the judge had better see each once."""
        if self.allowed is not None:
            return len(self.allowed) > _SHORT_LIST or any(
                len(text) > _SHORT_TEXT for text in self.allowed
            )
        return self.field.type in {"boolean", "date", "year"}


def is_native(dtype: pl.DataType, field: Field) -> bool:
    """Tell whether a typed column of the data holds the values of a field as they are."""
    return isinstance(dtype, _NATIVE.get(field.type, ()))


def doubtful(column: Column, dtype: pl.DataType, empty: bool, quoted: bool) -> pl.Expr | None:
    """Give the expression that is true for each cell that the judge must see.

    Args:
        column: the column.
        dtype: its type in the batch.
        empty: whether null stands for the empty text, as in CSV, and not for a missing value.
        quoted: whether an empty text may stand in the batch besides null.

    Returns:
        The expression, or None if no cell can break a rule. It is not for texts that repeat.
    """
    raw = pl.col(column.label)
    null = raw.is_null() if column.required or (empty and "" not in column.missing) else None
    if isinstance(dtype, pl.String):
        clear = _clear_text(column, raw)
        missing = sorted(column.missing if quoted else column.missing - {""})
        if missing and column.required:
            stays = ~raw.is_in(missing)
            clear = stays if clear is None else clear & stays
        elif missing and clear is not None:
            clear |= raw.is_in(missing)
    else:
        clear = _clear_value(column, raw, isinstance(dtype, pl.Float64))
    if clear is None:
        return null
    cells = raw.is_not_null() & ~clear
    return cells if null is None else null | cells


def values(series: pl.Series, column: Column, quoted: bool) -> pl.Series:
    """Give the typed values of a column, for keys; null is missing or unreadable.

    Types that Polars does not hold give the text of Python's value, which is one for each value.
    """
    dtype = _VALUES.get(column.field.type, pl.String)
    if not isinstance(series.dtype, pl.String):
        return series.cast(dtype)
    missing = sorted(column.missing if quoted else column.missing - {""})
    if column.field.type == "string" and column.field.plain and not missing:
        return series
    raw = pl.col(series.name)
    reading = _reading(column.field, raw)
    frame = series.to_frame()
    if reading is None:
        value, doubt = pl.lit(None, dtype), raw.is_not_null()
    else:
        value = pl.when(reading[1]).then(reading[0])
        doubt = raw.is_not_null() & ~reading[1]
    if missing:
        doubt |= raw.is_in(missing)
    found = frame.select(value.cast(dtype).alias("value"), doubt.alias("doubt"))
    if not found["doubt"].any():
        return found["value"]
    texts = series.filter(found["doubt"]).unique()
    read = [column.judge.read(text) for text in texts]
    if dtype == pl.String:
        read = [None if value is None else str(value) for value in read]
    table = pl.DataFrame({"text": texts, "read": pl.Series(read, dtype=dtype)})
    joined = (
        found.with_columns(series.alias("text"))
        .join(table, on="text", how="left", maintain_order="left")
        .select(pl.when("doubt").then("read").otherwise("value"))
    )
    return joined.to_series()


def _clear_text(column: Column, raw: pl.Expr) -> pl.Expr | None:
    """Clear a column of text: it reads as its type, and its value holds every rule."""
    if column.allowed is not None:
        return _all([pl.any_horizontal(False, *(raw == text for text in column.allowed))])
    reading = _reading(column.field, raw)
    if reading is None:
        return pl.lit(False)
    value, clear = reading
    parts = [] if column.field.type == "string" else [clear]
    return _all([*parts, *(_holds(rule, value) for rule in column.rules)])


def _clear_value(column: Column, raw: pl.Expr, floating: bool) -> pl.Expr | None:
    if not column.rules:
        return None
    finite = [raw.is_finite()] if floating else []  # Polars orders NaN above all numbers
    value = raw.cast(pl.Float64) if column.field.type == "number" else raw
    return _all([*finite, *(_holds(rule, value) for rule in column.rules)])


def _all(parts: Sequence[pl.Expr]) -> pl.Expr | None:
    return pl.all_horizontal(parts).fill_null(False) if parts else None


def _holds(rule: Rule, value: pl.Expr) -> pl.Expr:
    if rule.keyword == "foreignKeys":
        return value.is_in([key for (key,) in rule.argument])
    return cell_expression(rule, value)


def _reading(field: Field, raw: pl.Expr) -> tuple[pl.Expr, pl.Expr] | None:
    """Give the value of a text, and whether Polars surely read it as Table Schema does."""
    if not field.plain:
        return None
    size = raw.str.len_bytes()
    match field.type:
        case "string":
            return raw, pl.lit(True)
        case "integer":
            integer = raw.cast(pl.Int64, strict=False)
            return integer, integer.is_not_null() & (size <= 25)
        case "number":
            number = raw.cast(pl.Float64, strict=False)
            return number, number.is_finite().fill_null(False)
    return None
