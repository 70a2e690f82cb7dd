"""Compile constraints that pandera has no built-in check for to Polars expressions."""

from datetime import datetime

from ..extras import POLARS
from .constraints import COMPARISONS, UNIQUE, Constraint, allowed_values
from .patterns import to_rust
from .values import native

with POLARS:
    import polars as pl


def expression(constraint: Constraint) -> pl.Expr:
    """Return an expression that is true for the rows that satisfy a constraint.

    Limits and `enum` are those of datetimes, which may have a time zone. The expression is true or
    null for missing values.
    """
    columns = pl.col(*constraint.columns)
    missing = pl.any_horizontal(columns.is_null())
    if constraint.keyword in UNIQUE:
        return ~pl.struct(columns).is_duplicated() | missing
    if constraint.keyword == "pattern":
        return columns.str.contains(rf"\A{to_rust(constraint.argument)}\z") | missing
    if constraint.keyword in COMPARISONS:
        satisfies: pl.Expr = COMPARISONS[constraint.keyword].compare(
            _utc(columns), native(constraint.argument)
        )
        return satisfies
    if constraint.keyword == "enum":
        return _utc(columns).is_in([native(value) for value in allowed_values(constraint)])
    return _key_expression(constraint) | missing


def _utc(moments: pl.Expr) -> pl.Expr:
    """Return datetimes in UTC, without a time zone; those without a time zone are in UTC."""
    return moments.dt.convert_time_zone("UTC").dt.replace_time_zone(None)


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
        pl.col(name).cast(pl.String)
        if isinstance(value, str)
        else _utc(pl.col(name))
        if isinstance(value, datetime)
        else pl.col(name)
        for name, value in zip(constraint.columns, types, strict=True)
    ]
    return pl.struct(*key).is_in([dict(zip(constraint.columns, row, strict=True)) for row in rows])
