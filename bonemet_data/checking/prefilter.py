"""The prefilter: Polars expressions that clear the cells that are certainly valid.

The prefilter never clears an invalid cell. The cell validator checks all other cells.
"""

from collections.abc import Sequence

from ..extras import CHECK
from ..tableschema.polars_expressions import cell_expression
from .columns import Column, parse_expression

with CHECK:
    import polars as pl


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
    return _all([*parts, *(cell_expression(c, value) for c in column.constraints)])


def _valid_value(column: Column, raw: pl.Expr, is_float: bool) -> pl.Expr | None:
    if not column.constraints:
        return None
    finite = [raw.is_finite()] if is_float else []  # Polars orders NaN above all numbers
    value = raw.cast(pl.Float64) if column.field.type == "number" else raw
    return _all([*finite, *(cell_expression(c, value) for c in column.constraints)])


def _all(parts: Sequence[pl.Expr]) -> pl.Expr | None:
    return pl.all_horizontal(parts).fill_null(False) if parts else None
