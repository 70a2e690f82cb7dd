"""Columns of typed data in which some texts are replaced."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from ..errors import DataError
from ..extras import CHECK
from .change_log import Change
from .fixes import Fix, Fixes

with CHECK:
    import polars as pl

_TEXT = (pl.String, pl.Categorical, pl.Enum)


class MendedColumn(NamedTuple):
    """A column in which some texts are replaced.

    Attributes:
        cells: The new column.
        found: Fix of each changed cell, by the position of the cell.
    """

    cells: pl.Series
    found: Mapping[int, Fix]


class ColumnMender:
    """Mender of the columns of typed data, which are handed in by batches of rows.

    A cell without text is "" or null, and a cell that is made empty becomes null.

    Args:
        fixes: Fixes by column and value.
        name: Name of the data, for messages.

    Attributes:
        numbers: Number of cells that each fix changed.
        rows: Number of rows.
    """

    def __init__(self, fixes: Fixes, name: str) -> None:
        self.fixes, self.name = fixes, name
        self.numbers: Counter[Fix] = Counter()
        self.rows = 0

    def mend(
        self, columns: Mapping[str, pl.Series], rows: int
    ) -> tuple[dict[str, MendedColumn], list[Change]]:
        """Replace texts of a batch of rows.

        Returns:
            The columns that changed, and the changes.

        Raises:
            DataError: A column is not text, or its type does not allow a replacement.
        """
        mended, changes = {}, []
        for name, cells in columns.items():
            column = self._mend(name, cells)
            if column.found:
                mended[name] = column
                self.numbers.update(column.found.values())
                changes += [Change(None, self.rows + at + 1, f) for at, f in column.found.items()]
        self.rows += rows
        changes.sort(key=lambda change: change.row)
        return mended, changes

    def _mend(self, name: str, cells: pl.Series) -> MendedColumn:
        if cells.dtype not in _TEXT:
            raise not_text(self.name, name, cells.dtype)
        fixes, texts = self.fixes[name], cells.cast(pl.String)
        keys = texts.fill_null("") if "" in fixes else texts
        found = {at: fixes[keys[at]] for at in keys.is_in([*fixes]).arg_true().to_list()}
        texts = texts.scatter([*found], [fix.replacement or None for fix in found.values()])
        try:
            return MendedColumn(texts.cast(cells.dtype), found)
        except pl.exceptions.PolarsError as error:
            raise DataError(
                f"{self.name}: column {name} has the type {cells.dtype}, which does not allow one "
                f"of the replacements: {error}. Convert the column to text."
            ) from error


def not_text(source: str, column: str, dtype: object) -> DataError:
    """Return the error for fixes of a column that is not text."""
    return DataError(
        f"{source}: column {column} has the type {dtype}, but fixes are for text: convert the "
        "column to text, or change its values in your program."
    )
