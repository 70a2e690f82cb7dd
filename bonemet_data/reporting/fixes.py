"""Fixes: one row for each distinct fault of a table, with the text that replaces it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .finding import Severity
from .groups import COLUMNS as GROUP_COLUMNS
from .groups import FindingGroup
from .rules import Rule, Stage

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


COLUMNS = (
    *("column", "value", "number", "replacement", "suggestion", "scope", "rule", "message"),
    *("line", "row", "note"),
)
"""Columns of a table of fixes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixRow(FindingGroup):
    """A distinct fault, and the text that replaces its value; "" is the value of empty cells.

    Attributes:
        replacement: Text that replaces the value, which a person edits; None for no change.
        note: Why the value cannot be replaced, or None.
    """

    replacement: str | None
    note: str | None


def fix_rows(groups: Iterable[FindingGroup]) -> list[FixRow]:
    """Return groups of findings as rows of a table of fixes.

    `replacement` is filled in if a suggestion has the scope "exact" and the rule is `BY_VALUE`. If
    two rules suggest different texts for a value, that of the first group is filled in.
    """
    rows = []
    chosen: dict[tuple[object, object], str] = {}
    for row in map(_row, groups):
        new = row.replacement
        contradicts = new is not None and chosen.setdefault((row.column, row.value), new) != new
        rows.append(replace(row, replacement=None) if contradicts else row)
    return rows


def _row(group: FindingGroup) -> FixRow:
    attributes = {name: getattr(group, name) for name in GROUP_COLUMNS}
    if group.value is None and group.rule is Rule.REQUIRED:
        attributes["value"] = ""
    note = _note(group)
    replacement = group.suggestion if not note and group.scope == EXACT else None
    return FixRow(**attributes, replacement=replacement, note=note)


def _note(group: FindingGroup) -> str | None:
    """Return why the value of a group cannot be replaced, or None."""
    if group.severity is Severity.NOT_CHECKED:
        return "not checked"
    if group.rule in REPEATED and group.value is not None:
        return "duplicate value: correct one of the rows in the data"
    if group.rule is Rule.REQUIRED:
        return "a replacement fills every empty cell of the column"
    if group.rule not in BY_VALUE or group.column is None or group.value is None:
        return "not about a single value: edit the file"
    return None
