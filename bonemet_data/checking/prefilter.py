"""The prefilter: Polars expressions that clear the cells that are certainly valid.

The prefilter never clears an invalid cell. The cell validator checks all other cells.
"""

import math
import operator
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..extras import CHECK
from ..tableschema.constraints import COMPARISONS, Constraint, allowed_values
from ..tableschema.patterns import to_rust
from ..tableschema.values import Moment, native
from .columns import LISTS, PLAIN, Column
from .moments import valid_moment

with CHECK:
    import polars as pl

DIGITS = 15
"""A decimal of up to this many significant digits is the only such decimal near its float."""

_TINY, _HUGE = 1e-270, 1e270
"""Between these absolute values, floats have their full precision."""

_SHORTEST_UNDERFLOW = 5
"""A text of up to this many characters whose float is zero is zero."""

_STRICT: Mapping[Any, Any] = {operator.ge: operator.gt, operator.le: operator.lt}


def doubtful_cells(
    column: Column, dtype: pl.DataType, null_is_empty: bool, has_empty: bool
) -> pl.Expr | None:
    """Return an expression that is true for the cells that the cell validator must check.

    Args:
        column: The column.
        dtype: Data type of the column in the batch.
        null_is_empty: Whether null represents an empty cell, as in CSV, and not a missing value.
        has_empty: Whether empty cells may also be stored as "".

    Returns:
        The expression; None if every cell is certainly valid.
    """
    raw = pl.col(column.label)
    if column.has_function:
        return pl.lit(True)
    null_is_doubtful = column.required or (null_is_empty and "" not in column.missing)
    null = raw.is_null() if null_is_doubtful else None
    if isinstance(dtype, pl.String):
        valid = _valid_text(column, raw)
        missing = column.missing_texts(has_empty)
        if missing and column.required:
            present = ~raw.is_in(missing)
            valid = present if valid is None else valid & present
        elif missing and valid is not None:
            valid |= raw.is_in(missing)
    elif isinstance(dtype, PLAIN):
        valid = pl.lit(False)
    else:
        valid = _valid_value(column, raw, dtype)
    if valid is None:
        return null
    cells = raw.is_not_null() & ~valid
    return cells if null is None else null | cells


def exact_float(text: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return the floats of texts, and whether each float stands for the decimal of its text."""
    number = text.cast(pl.Float64, strict=False)
    size = text.str.len_bytes()
    is_exact = number.is_finite() & (size <= DIGITS)
    is_exact &= number.abs().is_between(_TINY, _HUGE) | (
        (number == 0) & (size <= _SHORTEST_UNDERFLOW)
    )
    return number, is_exact.fill_null(False)


def is_short(number: Any) -> bool:
    """Return whether a number has so few digits that equal floats are equal numbers."""
    if isinstance(number, float) or not number:
        return not number  # infinity and NaN are floats
    exact = Decimal(number)  # normalize() would round it
    digits = "".join(map(str, exact.as_tuple().digits)).rstrip("0")
    return len(digits) <= DIGITS and -280 < exact.adjusted() < 280


def _valid_text(column: Column, raw: pl.Expr) -> pl.Expr | None:
    """Return whether texts are certainly valid; None if all of them are."""
    if column.valid_texts is not None:
        return _all([pl.any_horizontal(False, *(raw == text for text in column.valid_texts))])
    field = column.field
    if field.type == "datetime":
        return pl.lit(False) if column.constraints else valid_moment(field, raw)
    if not field.plain:
        return pl.lit(False)
    if field.type in {"string", "any"}:
        return _all([_text_expression(c, raw) for c in column.constraints])
    if field.type == "integer":
        integer = raw.cast(pl.Int64, strict=False)
        parts = [integer.is_not_null()]
        return _all([*parts, *(_integer_expression(c, integer) for c in column.constraints)])
    if field.type == "number":
        number, is_exact = exact_float(raw)
        tests = (_float_expression(c, number, is_exact) for c in column.constraints)
        return _all([number.is_finite(), *tests])
    return pl.lit(False)


def _valid_value(column: Column, raw: pl.Expr, dtype: pl.DataType) -> pl.Expr | None:
    """Return whether typed values are certainly valid; None if all of them are."""
    parts: list[pl.Expr] = []
    constraints = column.constraints
    match column.field.type:
        case "year":  # a year has at least four digits
            parts.append((raw >= 1000) | (raw <= -1000))
            parts += [_integer_expression(c, raw) for c in constraints]
        case "integer":
            parts += [_integer_expression(c, raw) for c in constraints]
        case "number" if constraints:
            number = raw.cast(pl.Float64)
            is_exact = number.abs() < 10**DIGITS if dtype.is_integer() else pl.lit(True)
            parts.append(number.is_finite())  # Polars orders NaN above all numbers
            parts += [_float_expression(c, number, is_exact) for c in constraints]
        case "time":
            if column.field.plain:  # the default format has no fractions of a second
                parts.append(raw.dt.nanosecond() == 0)
            parts += [_value_expression(c, raw) for c in constraints]
        case _:
            parts += [_value_expression(c, raw) for c in constraints]
    return _all(parts)


def _text_expression(constraint: Constraint, text: pl.Expr) -> pl.Expr:
    if comparison := COMPARISONS.get(constraint.keyword):
        limit = min(constraint.argument, 2**62)
        compared: pl.Expr = comparison.compare(text.str.len_chars(), pl.lit(limit))
        return compared
    if constraint.keyword == "pattern":
        return text.str.contains(rf"\A{to_rust(constraint.argument)}\z")
    return text.is_in(list(allowed_values(constraint)))


def _integer_expression(constraint: Constraint, integer: pl.Expr) -> pl.Expr:
    """Return the expression of a constraint on integers of up to 64 bits."""
    low, high = -(2**63), 2**63 - 1
    if constraint.keyword in LISTS:
        values = [v for v in allowed_values(constraint) if low <= v <= high and v == int(v)]
        return integer.cast(pl.Int64).is_in(pl.Series(map(int, values), dtype=pl.Int64).implode())
    comparison, limit = COMPARISONS[constraint.keyword].compare, constraint.argument
    if isinstance(limit, float):  # infinity or NaN
        return pl.lit(False)
    if limit != int(limit):  # 0.5: compare with the integer beyond
        is_lower = comparison in {operator.ge, operator.gt}
        limit = math.ceil(limit) if is_lower else math.floor(limit)
        comparison = operator.ge if is_lower else operator.le
    if not low <= limit <= high:
        return pl.lit(bool(comparison(0, limit)))
    compared: pl.Expr = comparison(integer, pl.lit(int(limit), pl.Int64))
    return compared


def _float_expression(constraint: Constraint, number: pl.Expr, is_exact: pl.Expr) -> pl.Expr:
    """Return the expression of a constraint on numbers, which are given as the nearest floats.

    A number whose float is greater than the float of the limit is greater than the limit. Equal
    floats prove nothing, unless both numbers have few digits.
    """
    if constraint.keyword in LISTS:
        values = [float(v) for v in allowed_values(constraint) if is_short(v)]
        return number.is_in(pl.Series(values, dtype=pl.Float64).implode()) & is_exact
    comparison, limit = COMPARISONS[constraint.keyword].compare, constraint.argument
    try:
        rounded = pl.lit(float(limit), pl.Float64)
    except OverflowError:
        return pl.lit(False)
    strict = _STRICT.get(comparison, comparison)
    compared: pl.Expr = strict(number, rounded)
    if comparison is not strict and is_short(limit):
        compared |= is_exact & (number == rounded)
    return compared & number.is_finite()


def _value_expression(constraint: Constraint, value: pl.Expr) -> pl.Expr:
    """Return the expression of a constraint on booleans, dates and times."""
    try:
        if constraint.keyword in LISTS:
            values = [native(v) for v in allowed_values(constraint) if _is_native(v)]
            return value.is_in(values) if values else pl.lit(False)
        limit = constraint.argument
        if not _is_native(limit):
            return pl.lit(False)
        compared: pl.Expr = COMPARISONS[constraint.keyword].compare(value, pl.lit(native(limit)))
    except OverflowError:
        return pl.lit(False)
    return compared


def _is_native(value: Any) -> bool:
    """Return whether the native form of a value is exact."""
    return not isinstance(value, Moment) or value.second == round(value.second, 6)


def _all(parts: Sequence[pl.Expr]) -> pl.Expr | None:
    return pl.all_horizontal(parts).fill_null(False) if parts else None
