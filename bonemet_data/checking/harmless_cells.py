"""Make the cells of files that people open harmless: formulas and invisible characters."""

from ..extras import CHECK
from ..reporting.escaping import printable

with CHECK:
    import polars as pl

_INVISIBLE = r"[\p{C}\p{Zl}\p{Zp}]|[\p{Zs}--\x20]"
"""Control and format characters, and spaces other than the usual one."""

_FORMULA = r"^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]"
"""Start of a cell that a spreadsheet may evaluate.

Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

_NUMBER = r"^[+\-]?[0-9]+(?:[.,][0-9]+)?$"


def escape_invisible(frame: pl.DataFrame) -> pl.DataFrame:
    """Escape control characters and invisible characters in the texts of a frame."""
    return frame.with_columns(
        _printable(series) for series in frame.select(pl.selectors.string()).iter_columns()
    )


def disarm_formulas(frame: pl.DataFrame) -> pl.DataFrame:
    """Add an apostrophe before each text that a spreadsheet would evaluate; numbers stay.

    Example:
        >>> disarm_formulas(pl.DataFrame({"value": ["=1+1", "-5", "-5+A1"]}))["value"].to_list()
        ["'=1+1", '-5', "'-5+A1"]
    """
    cell = pl.selectors.string()
    is_formula = cell.str.contains(_FORMULA) & ~cell.str.contains(_NUMBER)
    return frame.with_columns(pl.when(is_formula).then(cell.str.replace("^", "'")).otherwise(cell))


def _printable(texts: pl.Series) -> pl.Series:
    escaped = texts.filter(texts.str.contains(_INVISIBLE).fill_null(False)).unique()
    if not len(escaped):
        return texts
    return texts.replace(escaped, pl.Series([*map(printable, escaped)], dtype=pl.String))
