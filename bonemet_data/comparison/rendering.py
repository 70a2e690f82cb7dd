"""Render a difference as text, JSON or Markdown."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict

from ..reporting.escaping import json_text, printable
from ..reporting.layout import wrap
from .changes import Change, ChangeSet, Kind

LIMIT = 20
"""Maximum number of changes per kind and resource that text and Markdown list."""

_NOUNS: Mapping[Kind, str] = {
    Kind.FIELD_ADDED: "field{} added",
    Kind.FIELD_REMOVED: "field{} removed",
    Kind.ROW_ADDED: "row{} added",
    Kind.ROW_REMOVED: "row{} removed",
    Kind.CELL: "cell{} changed",
    Kind.TIGHTENED: "constraint{} tightened",
    Kind.LOOSENED: "constraint{} loosened",
    Kind.RESTATED: "constraint{} restated",
    Kind.METADATA: "description{} changed",
    Kind.TYPE: "type{} changed",
    Kind.REFERENCE: "reference{} updated",
    Kind.RELOCATED: "file{} relocated",
    Kind.IDENTITY: "identifier{} changed",
}


def to_text(difference: ChangeSet, width: int) -> str:
    """Return the changes, then the required version; lines that are too wide are wrapped.

    Args:
        difference: The difference.
        width: Width of the terminal.
    """
    lines = [*map(str, _listed(difference)), *_unlisted(difference), _result(difference)]
    return "\n".join(part for line in lines for part in wrap(line, width, " " * 8))


def to_markdown(difference: ChangeSet) -> str:
    """Return the required version, then a table with one row per change."""
    rows: list[tuple[str, ...]] = [
        (c.kind.level.name, c.kind.value, c.location, c.old or "", c.new or "")
        for c in _listed(difference)
    ]
    table: list[tuple[str, ...]] = [("level", "change", "location", "old", "new"), ("---",) * 5]
    table += [tuple(map(_markdown, row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in table]
    unlisted = _unlisted(difference)
    return "\n".join(
        [f"**{_result(difference)}**", "", *lines, *([""] if unlisted else []), *unlisted]
    )


def to_json(difference: ChangeSet) -> str:
    """Return the versions, the required step, and every change."""
    smallest = difference.smallest
    return json_text(
        {
            "old": difference.old,
            "new": difference.new,
            "level": difference.level.name,
            "smallest": None if smallest is None else str(smallest),
            "changes": [
                {"kind": change.kind, "level": change.kind.level.name} | asdict(change)
                for change in difference.changes
            ],
        }
    )


def summary(difference: ChangeSet) -> str:
    """Return one Markdown list item per resource, with the number of changes by kind."""
    counts: dict[str | None, Counter[Kind]] = {}
    for change in difference.changes:
        counts.setdefault(change.resource, Counter())[change.kind] += 1
    items = [
        f"- {f'`{printable(resource)}`' if resource else 'The package'}: "
        f"{', '.join(_count(kind, number) for kind, number in kinds.items())}."
        for resource, kinds in counts.items()
    ]
    return "\n".join(items) or "- Nothing has changed."


def _markdown(text: str) -> str:
    """Escape characters that would end a cell of a table, or start HTML."""
    escaped = printable(text).replace("\\", "\\\\").replace("|", "\\|")
    return escaped.replace("&", "&amp;").replace("<", "&lt;")


def _listed(difference: ChangeSet) -> list[Change]:
    """Return the first changes of each kind in each resource."""
    numbers: Counter[tuple[Kind, str | None]] = Counter()
    changes = []
    for change in difference.changes:
        numbers[change.kind, change.resource] += 1
        if numbers[change.kind, change.resource] <= LIMIT:
            changes.append(change)
    return changes


def _unlisted(difference: ChangeSet) -> list[str]:
    """Return a line for each kind and resource with more than `LIMIT` changes."""
    numbers = Counter((change.kind, change.resource) for change in difference.changes)
    return [
        f"... and {number - LIMIT:,} more {kind} in {printable(resource or 'the package')}; "
        "the JSON format lists all"
        for (kind, resource), number in numbers.items()
        if number > LIMIT
    ]


def _result(difference: ChangeSet) -> str:
    old, new = (
        printable(version) or "(no version)" for version in (difference.old, difference.new)
    )
    if not difference.changes:
        return f"{old} and {new} do not differ"
    if difference.smallest is None:
        return f"{old} → {new}: {difference.level.name}; {old} is not a version number"
    return (
        f"{old} → {new}: {difference.level.name}; "
        f"the smallest version after {old} is {difference.smallest}"
    )


def _count(kind: Kind, number: int) -> str:
    if kind not in _NOUNS:
        return kind.replace("-", " ")
    return f"{number} {_NOUNS[kind].format('s' if number != 1 else '')}"
