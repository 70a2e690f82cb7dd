"""Compile constraints on several columns, or between records, to Polars expressions."""

from ..extras import POLARS
from .constraints import UNIQUE, Constraint
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
