"""Fixes: one row for each distinct fault of a table, with the text that replaces it."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from ..extras import BASE
from .finding import Severity
from .groups import FindingGroup
from .rules import Rule, Stage

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Mapping[str, str] = {
    "column": "string",
    "value": "string",
    "number": "Int64",
    "replacement": "string",
    "suggestion": "string",
    "scope": "string",
    "rule": "string",
    "message": "string",
    "line": "Int64",
    "row": "Int64",
    "note": "string",
}
"""Columns of fixes, and their pandas types. A person edits `replacement`."""

BY_VALUE = frozenset(
    rule for rule in Rule if rule.stage is Stage.SCHEMA and rule not in {Rule.COLUMNS, Rule.UNIQUE}
) | {Rule.FOREIGN_KEYS}
"""Rules about the text of one cell: all cells of the column with this text break the rule."""

REPEATED = frozenset(
    {Rule.UNIQUE, Rule.PRIMARY_KEY, Rule.UNIQUE_KEYS, Rule.FUNCTIONAL_DEPENDENCY, Rule.ID_CASE}
)
"""Rules about several records, of which only a person knows which one is wrong."""

EXACT = "exact"
"""Scope of suggestions that are filled in."""


Row: TypeAlias = dict[str, str | int | None]
"""A row with the columns `COLUMNS`."""


def fix_rows(groups: Iterable[FindingGroup]) -> list[Row]:
    """Return groups of findings as rows.

    `replacement` is filled in if a suggestion has the scope "exact" and the rule is `BY_VALUE`. If
    two rules suggest different texts for a value, that of the first group is filled in.
    """
    rows = [_row(group) for group in groups]
    chosen: dict[tuple[object, object], object] = {}
    for row in rows:
        new = row["replacement"]
        if new and chosen.setdefault((row["column"], row["value"]), new) != new:
            row["replacement"] = None
    return rows


def fixes_frame(groups: Iterable[FindingGroup]) -> "pd.DataFrame":
    """Return the rows of groups of findings as a frame; see `fix_rows`."""
    with BASE:
        import pandas as pd

    rows = fix_rows(groups)
    return pd.DataFrame(
        {name: pd.array([row[name] for row in rows], dtype) for name, dtype in COLUMNS.items()}  # type: ignore[call-overload]
    )


def _row(group: FindingGroup) -> Row:
    note = _note(group)
    return {
        "column": group.column,
        "value": "" if group.value is None and group.rule is Rule.REQUIRED else group.value,
        "number": group.number,
        "replacement": group.suggestion if not note and group.scope == EXACT else None,
        "suggestion": group.suggestion,
        "scope": group.scope,
        "rule": group.rule.value,
        "message": group.message,
        "line": group.line,
        "row": group.row,
        "note": note or None,
    }


def _note(group: FindingGroup) -> str:
    """Return why the value of a group cannot be replaced, or ""."""
    if group.severity is Severity.NOT_CHECKED:
        return "not checked"
    if group.rule in REPEATED and group.value is not None:
        return "repeated: only a person knows which row is wrong; edit the rows"
    if group.rule is Rule.REQUIRED:
        return "a replacement fills every cell of the column without text"
    if group.rule not in BY_VALUE or group.column is None or group.value is None:
        return "concerns the file, a row, or values that are not listed: edit the file"
    return ""
