"""The result of applying fixes to a table."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import DataError
from ..reporting.counting import counted
from .fixes import Fix, Fixes

_LISTED = 10
"""Maximum number of fixes that an error lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What `apply` changed.

    Attributes:
        rows: Number of records that were read.
        cells: Number of cells that were changed.
        fixes: Number of fixes that changed cells.
        unused: Fixes that changed no cell, as text.
        notes: Notes on what was left as it is.

    See Also:
        apply: Replace values of a table.

    Example:
        >>> from bonemet_data import Applied
        >>> print(Applied(rows=2000, cells=436, fixes=2))
        2 fixes changed 436 cells in 2,000 rows
    """

    rows: int
    cells: int
    fixes: int
    unused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        text = (
            f"{counted(self.fixes, 'fix', 'fixes')} changed "
            f"{counted(self.cells, 'cell')} in {counted(self.rows, 'row')}"
        )
        return "\n".join([*(f"not found: {fix}" for fix in self.unused), *self.notes, text])


def summarize(
    fixes: Fixes,
    numbers: Counter[Fix],
    rows: int,
    notes: Iterable[str] = (),
    *,
    name: str,
    allow_unused: bool,
) -> Applied:
    """Return the result of applying fixes.

    Raises:
        DataError: A fix changed no cell.
    """
    unused = [str(fix) for each in fixes.values() for fix in each.values() if not numbers[fix]]
    if unused and not allow_unused:
        listed = [
            *unused[:_LISTED],
            *([f"{len(unused) - _LISTED} more"] if unused[_LISTED:] else []),
        ]
        raise DataError(
            f"{name} does not contain {len(unused)} of the values to replace; nothing was written. "
            "Compare them with the table (a spreadsheet may have changed them), check the table "
            "again, or allow unused fixes (--allow-unused).\n" + "\n".join(listed)
        )
    return Applied(
        rows=rows,
        cells=numbers.total(),
        fixes=sum(number > 0 for number in numbers.values()),
        unused=tuple(unused),
        notes=tuple(notes),
    )
