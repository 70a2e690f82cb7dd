"""Rules in Polars: each as an expression that is true where the rule holds, null where missing."""

from typing import Any

from ..extras import POLARS
from .constraints import Rule
from .patterns import to_regex

with POLARS:
    import polars as pl


def expression(rule: Rule) -> pl.Expr:
    """Give the expression of a rule; null stands for a missing value, which breaks no rule."""
    match rule.keyword:
        case "unique" | "primaryKey" | "uniqueKeys":
            return ~pl.struct(*rule.columns).is_duplicated() | _missing(rule)
        case "foreignKeys":
            return _stands(rule) | _missing(rule)
    return cell_expression(rule, pl.col(rule.columns[0]))


def cell_expression(rule: Rule, column: pl.Expr) -> pl.Expr:
    """Give the expression of a rule that looks at one cell, for a column of typed values."""
    argument: Any = rule.argument
    text = column.cast(pl.String)  # a closed list is an Enum, which has no text functions
    match rule.keyword:
        case "minimum":
            return column >= pl.lit(argument)
        case "maximum":
            return column <= pl.lit(argument)
        case "exclusiveMinimum":
            return column > pl.lit(argument)
        case "exclusiveMaximum":
            return column < pl.lit(argument)
        case "minLength":
            return text.str.len_chars() >= pl.lit(argument)
        case "maxLength":
            return text.str.len_chars() <= pl.lit(argument)
        case "pattern":
            return text.str.contains(rf"\A{to_regex(argument)}\z")
        case "required":
            return ~text.is_in(list(argument))
        case "enum":
            return (text if isinstance(argument[0], str) else column).is_in(list(argument))
    raise NotImplementedError(rule.keyword)


def _stands(rule: Rule) -> pl.Expr:
    """Look a key up; texts as plain strings, since Enums of different lists cannot meet."""
    if isinstance(rule.argument, tuple):
        pairs = zip(rule.argument, rule.columns, strict=True)
        target = pl.struct(*(pl.col(own).cast(pl.String).alias(name) for own, name in pairs))
        return pl.struct(pl.col(*rule.columns).cast(pl.String)).is_in(target.implode())
    rows = sorted(rule.argument, key=str)
    first = rows[0] if rows else ("",) * len(rule.columns)
    key = [
        pl.col(name).cast(pl.String) if isinstance(value, str) else pl.col(name)
        for name, value in zip(rule.columns, first, strict=True)
    ]
    if len(key) == 1:
        return key[0].is_in([value for (value,) in rows])
    return pl.struct(*key).is_in([dict(zip(rule.columns, row, strict=True)) for row in rows])


def _missing(rule: Rule) -> pl.Expr:
    return pl.any_horizontal(pl.col(*rule.columns).is_null())
