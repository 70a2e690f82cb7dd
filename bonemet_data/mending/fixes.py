"""Fixes: which text replaces which in a column."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..errors import ArgumentError, DataError
from ..names import unknown
from ..reporting.escaping import quoted
from ..reporting.fixes import BY_VALUE
from .sheet_texts import EMPTY

if TYPE_CHECKING:
    import pandas as pd

REQUIRED = ("column", "value", "replacement")
"""Columns that fixes must have."""

_RULES = frozenset(rule.value for rule in BY_VALUE)


class Fix(NamedTuple):
    """A text of a column that is replaced.

    Attributes:
        place: Location of the fix, for messages.
        column: Name of the column.
        value: Text of the cells; "" for cells without text.
        replacement: Text that replaces it; "" to make the cells empty.
        rule: Rule that the value breaks; "" if it is not stated.
    """

    place: str
    column: str
    value: str
    replacement: str
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.column}: {quoted(self.value)} → {quoted(self.replacement)}"


Fixes = Mapping[str, Mapping[str, Fix]]
"""Fixes by column and value."""


def select_fixes(stated: Iterable[Fix]) -> dict[str, dict[str, Fix]]:
    """Return the fixes that change a value, by column and value.

    Raises:
        DataError: Two fixes replace a value by different texts, or a fix replaces a value that is
            wrong only together with other cells.
    """
    fixes: dict[str, dict[str, Fix]] = {}
    for fix in stated:
        place, column, value, replacement, rule = fix
        if replacement == value:
            continue
        if rule and rule not in _RULES:
            raise DataError(
                f"{place}: {column}: {quoted(value)} breaks the rule {rule}, which is about rows "
                "or the file, not about a value: delete the replacement, and edit the rows."
            )
        first = fixes.setdefault(column, {}).setdefault(value, fix)
        if first.replacement != replacement:
            raise DataError(
                f"{place}: {column}: {quoted(value)} is replaced by {quoted(replacement)}, but by "
                f"{quoted(first.replacement)} in {first.place}: keep one of the replacements."
            )
    return fixes


def read_frame(frame: "pd.DataFrame") -> Iterator[Fix]:
    """Iterate over the rows with a replacement of a frame such as `Report.fixes` returns.

    Raises:
        ArgumentError: The frame lacks a column.
    """
    require_columns([str(name) for name in frame.columns], "the frame of fixes")
    cells = frame[[*REQUIRED, *({"rule"} & {*frame.columns})]].astype(object)
    for number, row in enumerate(cells.where(cells.notna(), "").itertuples(index=False), 1):
        column, value, new, *rule = map(str, row)
        if new:
            yield Fix(f"fix {number}", column, value, "" if new == EMPTY else new, *rule)


def require_columns(names: Iterable[str], source: str) -> None:
    """Raise ArgumentError if fixes lack a column."""
    missing = [name for name in REQUIRED if name not in {*names}]
    if missing:
        raise ArgumentError(
            f"{source} is not a file of fixes: it has no column {', '.join(missing)}. Pass a file "
            "that `bonemet-data check --fixes` wrote, or the result of `Report.fixes`."
        )


def require_known(fixes: Fixes, header: Sequence[object], name: str) -> None:
    """Raise an error if a column with fixes does not exist once in a header.

    Raises:
        UnknownNameError: There is no such column.
        ArgumentError: Two columns have the name.
    """
    for column in fixes:
        if column not in header:
            raise unknown("column", column, map(str, header), source=name)
        if header.count(column) > 1:
            raise ArgumentError(
                f"{name}: two columns have the name {column!r}: rename one of them."
            )
