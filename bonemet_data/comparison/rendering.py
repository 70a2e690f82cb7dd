"""Differences as text, JSON and Markdown."""

import json
from collections import Counter
from collections.abc import Callable, Mapping

from .changes import Change, Difference, Kind

MOST = 20
"""Changes of one kind in one resource that a text shows before it counts the rest."""

_NOUNS: Mapping[Kind, tuple[str, str]] = {
    Kind.FIELD_ADDED: ("field added", "fields added"),
    Kind.FIELD_REMOVED: ("field removed", "fields removed"),
    Kind.ROW_ADDED: ("row added", "rows added"),
    Kind.ROW_REMOVED: ("row removed", "rows removed"),
    Kind.CELL: ("cell changed", "cells changed"),
    Kind.TIGHTENED: ("constraint tightened", "constraints tightened"),
    Kind.LOOSENED: ("constraint loosened", "constraints loosened"),
    Kind.RESTATED: ("constraint restated", "constraints restated"),
    Kind.METADATA: ("description changed", "descriptions changed"),
    Kind.TYPE: ("type changed", "types changed"),
    Kind.ACCESS: ("way of access changed", "ways of access changed"),
    Kind.REFERENCE: ("reference updated", "references updated"),
    Kind.RELOCATED: ("file relocated", "files relocated"),
    Kind.IDENTITY: ("identifier changed", "identifiers changed"),
}


def as_text(difference: Difference) -> str:
    """Write a line for each change, and the verdict, for people."""
    lines = [
        f"{change.kind.level.name:<5}  {change.kind:<16}  {_place(change)}{_values(change)}"
        for change in _first(difference)
    ]
    lines += _rest(difference)
    return "\n".join([*lines, _verdict(difference)])


def as_markdown(difference: Difference) -> str:
    """Write a table with a row for each change, under the verdict."""
    lines = [
        f"**{_verdict(difference)}**",
        "",
        "| level | change | where | old | new |",
        "|---|---|---|---|---|",
    ]
    for change in _first(difference):
        cells = (
            change.kind.level.name,
            change.kind.value,
            _place(change),
            change.old or "",
            change.new or "",
        )
        escaped = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
        lines.append(f"| {' | '.join(escaped)} |")
    return "\n".join([*lines, *(["", *_rest(difference)] if _rest(difference) else [])])


def as_json(difference: Difference) -> str:
    """Write every change as an object, with the verdict."""
    document = {
        "old": difference.old,
        "new": difference.new,
        "level": difference.level.name,
        "smallest": None if difference.smallest is None else str(difference.smallest),
        "changes": [
            {
                "kind": change.kind,
                "level": change.kind.level.name,
                "resource": change.resource,
                "row": change.row,
                "column": change.column,
                "old": change.old,
                "new": change.new,
            }
            for change in difference.changes
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def as_summary(difference: Difference) -> str:
    """Write one Markdown item for each resource, with the number of changes of each kind."""
    counts: dict[str | None, Counter[Kind]] = {}
    for change in difference.changes:
        counts.setdefault(change.resource, Counter())[change.kind] += 1
    lines = []
    for resource, kinds in counts.items():
        words = ", ".join(_count(kind, number) for kind, number in kinds.items())
        lines.append(f"- {f'`{resource}`' if resource else 'The package'}: {words}.")
    return "\n".join(lines) or "- Nothing has changed."


DIFF_REPORTS: Mapping[str, Callable[[Difference], str]] = {
    "text": as_text,
    "json": as_json,
    "markdown": as_markdown,
}


def _first(difference: Difference) -> list[Change]:
    """Give the changes that are shown: the first of each kind in each resource."""
    seen: Counter[tuple[Kind, str | None]] = Counter()
    shown = []
    for change in difference.changes:
        seen[change.kind, change.resource] += 1
        if seen[change.kind, change.resource] <= MOST:
            shown.append(change)
    return shown


def _rest(difference: Difference) -> list[str]:
    counts = Counter((change.kind, change.resource) for change in difference.changes)
    return [
        f"… and {number - MOST} more of the kind {kind} in {resource}; the JSON report has all."
        for (kind, resource), number in counts.items()
        if number > MOST
    ]


def _verdict(difference: Difference) -> str:
    if not difference.changes:
        return f"{difference.old} and {difference.new} do not differ: no step is needed."
    verdict = f"{difference.old} → {difference.new}: {difference.level.name}"
    if difference.smallest is None:
        return f"{verdict}; the first states no version of three numbers."
    return f"{verdict}; the smallest version after {difference.old} is {difference.smallest}."


def _place(change: Change) -> str:
    row = f"[{change.row}]" if change.row else ""
    column = f".{change.column}" if change.column and change.resource else change.column or ""
    return f"{change.resource or ''}{row}{column}"


def _values(change: Change) -> str:
    if change.old is None and change.new is None:
        return ""
    if change.row and change.column is None:
        return ""
    return f"  {_short(change.old)} → {_short(change.new)}"


def _short(value: str | None) -> str:
    if value is None:
        return "nothing"
    return repr(value if len(value) <= 60 else value[:60] + "…")


def _count(kind: Kind, number: int) -> str:
    if kind not in _NOUNS:
        return kind.replace("-", " ")
    return f"{number} {_NOUNS[kind][number != 1]}"
