"""The prefilter: Polars expressions that find the cells which are surely valid.

It may leave a valid cell to the cell validator, and never passes an invalid one.
"""

from collections.abc import Sequence

from ..extras import CHECK
from ..tableschema.to_polars import cell_expression
from .columns import Column, parse_expression

with CHECK:
    import polars as pl


def doubtful_cells(
    column: Column, dtype: pl.DataType, null_is_empty: bool, has_empty: bool
) -> pl.Expr | None:
    """Return the expression that is true for each cell that the cell validator must check.

    Args:
        column: The column; not a repetitive one of text.
        dtype: Its data type in the batch.
        null_is_empty: Whether null is the empty text, as in CSV, and not a missing value.
        has_empty: Whether a cell may be the empty text, besides null.

    Returns:
        The expression, or None if every cell is valid.
    """
    raw = pl.col(column.label)
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
    else:
        valid = _valid_value(column, raw, isinstance(dtype, pl.Float64))
    if valid is None:
        return null
    cells = raw.is_not_null() & ~valid
    return cells if null is None else null | cells


def _valid_text(column: Column, raw: pl.Expr) -> pl.Expr | None:
    if column.valid_texts is not None:
        return _all([pl.any_horizontal(False, *(raw == text for text in column.valid_texts))])
    parsed = parse_expression(column.field, raw)
    if parsed is None:
        return pl.lit(False)
    value, is_parsed = parsed
    parts = [] if column.field.type == "string" else [is_parsed]
    return _all([*parts, *(cell_expression(each, value) for each in column.constraints)])


def _valid_value(column: Column, raw: pl.Expr, is_float: bool) -> pl.Expr | None:
    if not column.constraints:
        return None
    finite = [raw.is_finite()] if is_float else []  # Polars orders NaN above all numbers
    value = raw.cast(pl.Float64) if column.field.type == "number" else raw
    return _all([*finite, *(cell_expression(each, value) for each in column.constraints)])


def _all(parts: Sequence[pl.Expr]) -> pl.Expr | None:
    return pl.all_horizontal(parts).fill_null(False) if parts else None
