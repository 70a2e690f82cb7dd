"""Fixes: which text replaces which in a column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


class StatedFix(NamedTuple):
    """A row of fixes that was read.

    Attributes:
        place: Location of the row, for messages.
        column: Name of the column.
        value: Text that is replaced; "" for cells without text.
        replacement: Text that replaces it; None for no change.
        rule: Rule that the value breaks; "" if it is not stated.
    """

    place: str
    column: str
    value: str
    replacement: str | None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A text of a column that is replaced.

    Attributes:
        column: Name of the column.
        value: Text of the cells; "" for cells without text.
        replacement: Text that replaces it; "" to make the cells empty.
        place: Location of the fix in the file of fixes.
    """

    column: str
    value: str
    replacement: str
    place: str

    def __str__(self) -> str:
        return f"{self.place}: {self.column}: {quoted(self.value)} → {quoted(self.replacement)}"


Fixes = Mapping[str, Mapping[str, Fix]]
"""Fixes by column and value."""


def select_fixes(rows: Iterable[StatedFix]) -> dict[str, dict[str, Fix]]:
    """Return the rows with a replacement as fixes, by column and value.

    Raises:
        DataError: Two rows replace a value by different texts, or a row replaces a value that is
            wrong only together with other cells.
    """
    fixes: dict[str, dict[str, Fix]] = {}
    for place, column, value, replacement, rule in rows:
        if replacement is None or replacement == value:
            continue
        if rule and rule not in _RULES:
            raise DataError(
                f"{place}: {column}: {quoted(value)} breaks the rule {rule}, which is about rows "
                "or the file, not about a value: delete the replacement, and edit the rows."
            )
        fix = Fix(column=column, value=value, replacement=replacement, place=place)
        first = fixes.setdefault(column, {}).setdefault(value, fix)
        if first.replacement != replacement:
            raise DataError(
                f"{place}: {column}: {quoted(value)} is replaced by {quoted(replacement)}, but by "
                f"{quoted(first.replacement)} in {first.place}: keep one of the replacements."
            )
    return fixes


def frame_rows(frame: "pd.DataFrame") -> list[StatedFix]:
    """Return the rows of a frame of fixes, such as `Report.fixes` returns.

    Raises:
        ArgumentError: The frame lacks a column.
    """
    require_columns([str(name) for name in frame.columns], "the frame of fixes")
    texts = {
        name: ["" if is_missing else str(value) for value, is_missing in zip(*pair, strict=True)]
        for name in (*REQUIRED, "rule")
        if name in frame.columns
        for pair in [(frame[name], frame[name].isna())]
    }
    rules = texts.get("rule", [""] * len(frame))
    return [
        StatedFix(f"fix {number}", column, value, "" if new == EMPTY else new or None, rule)
        for number, (column, value, new, rule) in enumerate(
            zip(*(texts[name] for name in REQUIRED), rules, strict=True), 1
        )
    ]


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
