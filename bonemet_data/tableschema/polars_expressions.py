"""Compile constraints on several columns, or between records, to Polars expressions."""

from typing import Any

from ..extras import POLARS
from .constraints import COMPARISONS, UNIQUE, Constraint, allowed_values
from .patterns import to_rust
from .values import native

with POLARS:
    import polars as pl


def expression(constraint: Constraint) -> pl.Expr:
    """Return an expression that is true for the rows that satisfy a constraint.

    The expression is true or null for missing values.
    """
    columns = pl.col(*constraint.columns)
    missing = pl.any_horizontal(columns.is_null())
    if constraint.keyword in UNIQUE:
        return ~pl.struct(columns).is_duplicated() | missing
    return _key_expression(constraint) | missing


def cell_expression(constraint: Constraint, column: pl.Expr) -> pl.Expr:
    """Return the expression of a constraint on single cells, for typed values."""
    argument: Any = native(constraint.argument)
    text = column.cast(pl.String)  # an Enum has no string methods
    if comparison := COMPARISONS.get(constraint.keyword):
        value = text.str.len_chars() if comparison.length else column
        compared: pl.Expr = comparison.compare(value, pl.lit(argument))
        return compared
    if constraint.keyword == "pattern":
        return text.str.contains(rf"\A{to_rust(argument)}\z")
    values = [native(v) for v in allowed_values(constraint)]
    return (text if values and isinstance(values[0], str) else column).is_in(values)


def _key_expression(constraint: Constraint) -> pl.Expr:
    """Return the expression of a foreign key.

    Enums are cast to strings, because Enums with different categories cannot be compared.
    """
    if constraint.internal:
        pairs = zip(constraint.argument, constraint.columns, strict=True)
        target = pl.struct(*(pl.col(source).cast(pl.String).alias(name) for source, name in pairs))
        return pl.struct(pl.col(*constraint.columns).cast(pl.String)).is_in(target.implode())
    rows = [tuple(map(native, row)) for row in sorted(constraint.argument, key=str)]
    types = rows[0] if rows else ("",) * len(constraint.columns)
    key = [
        pl.col(name).cast(pl.String) if isinstance(value, str) else pl.col(name)
        for name, value in zip(constraint.columns, types, strict=True)
    ]
    return pl.struct(*key).is_in([dict(zip(constraint.columns, row, strict=True)) for row in rows])
