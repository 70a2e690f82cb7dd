"""Fixes: one row for each distinct fault of a table, with the text that replaces it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from .finding import Severity
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FixRow:
    """A row of a table of fixes.

    Attributes:
        column: Name of the column.
        value: Text of the cells; "" for cells without text.
        number: Number of findings.
        replacement: Text that replaces the value, which a person edits; None for no change.
        suggestion: Value that was probably meant, or None.
        scope: How the suggestion was found, as in `FindingGroup`.
        rule: Rule that is broken.
        message: Message of the first finding.
        line: Line of the first finding, or None.
        row: Row of the first finding, or None.
        note: Why the value cannot be replaced, or None.
    """

    column: str | None
    value: str | None
    number: int
    replacement: str | None
    suggestion: str | None
    scope: str | None
    rule: str
    message: str
    line: int | None
    row: int | None
    note: str | None


COLUMNS = tuple(field.name for field in fields(FixRow))
"""Columns of a table of fixes."""


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
    note = _note(group)
    return FixRow(
        column=group.column,
        value="" if group.value is None and group.rule is Rule.REQUIRED else group.value,
        number=group.number,
        replacement=group.suggestion if not note and group.scope == EXACT else None,
        suggestion=group.suggestion,
        scope=group.scope,
        rule=group.rule.value,
        message=group.message,
        line=group.line,
        row=group.row,
        note=note,
    )


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
