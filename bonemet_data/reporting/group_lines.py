"""Render groups of findings as lines of text: distinct faults below their column and problem."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.cells import cell_len

from .escaping import printable, quoted
from .finding import Severity
from .groups import FindingGroup
from .layout import GAP, TIMES, cut, pad, wrap

_LEAST = 16
"""Width above which a long value is cut."""

_ALSO = re.compile(r", also (?:on line|in row) .*")


def group_lines(groups: Sequence[FindingGroup], width: int, *, resources: bool) -> Iterator[str]:
    """Iterate over the lines of groups, which fit in a width.

    Groups with the same column and problem are below one heading, with a line for each value. A
    single finding that is about no cell is a sentence. Long lines are wrapped; long values are cut.
    If the groups are of several `resources`, each heading names its resource.
    """
    files = len({group.file for group in groups}) > 1 and not resources
    sections: dict[str | FindingGroup, list[FindingGroup]] = {}
    for group in groups:
        heading: str | FindingGroup = group
        if not _is_single(group):
            heading = _heading(group, resources=resources)
        sections.setdefault(heading, []).append(group)
    for heading, same in sections.items():
        if not isinstance(heading, str):
            yield from wrap(_sentence(same[0]), width, GAP)
            continue
        rows = [*_rows(same, width - len(GAP), files=files)]
        line = f"{heading}{GAP}{rows[0]}"
        if len(rows) == 1 and cell_len(line) <= width:
            yield line
            continue
        yield from wrap(heading, width, GAP * 2)
        for row in (GAP + row for row in rows):
            yield from [row] if cell_len(row) <= width else wrap(row, width, GAP * 2)


def problem(group: FindingGroup) -> str:
    """Return what is wrong, such as "not found in types.type_id" or "not an integer"."""
    message = printable(group.message)
    if group.is_duplicate and group.number > 2:
        message = _ALSO.sub("", message)
    return message.removeprefix("is ")


def group_sentence(group: FindingGroup) -> str:
    """Return column, value, message, suggestion and number of a group as one line of text."""
    message = problem(group) if group.is_duplicate else group.message
    sentence = replace(group, message=message, suggestion=None).sentence()
    remark = f" ({group.scope})" if group.scope not in {None, "exact"} else ""
    hint = f"; did you mean {quoted(group.suggestion)}{remark}?" if group.suggestion else ""
    times = f" ({group.number:,} times, this is the first)" if group.number > 1 else ""
    return printable(f"{sentence}{hint}{times}")


def shown_value(group: FindingGroup) -> str:
    """Return the value in quotation marks; "" if there is none, or a blank line."""
    if group.value is None or not (group.value or group.column):
        return ""
    return printable(quoted(group.value))


def suggested(group: FindingGroup) -> str:
    """Return the suggestion and how it was found; "" without a suggestion.

    An exact name needs no remark.
    """
    if group.suggestion is None:
        return ""
    scope = f" ({group.scope})" if group.scope not in {None, "exact"} else ""
    return f"{printable(group.suggestion)}{scope}"


def subject(group: FindingGroup, *, resource: bool) -> str:
    """Return the column, or the rule of a finding about a whole record; errors have no label."""
    label = "" if group.severity is Severity.ERROR else f"{group.severity.label}: "
    parts = [group.resource if resource else None, group.column]
    name = printable(".".join(filter(None, parts)))
    return label + (name if group.column else " ".join(filter(None, [name, f"{group.rule}"])))


def _is_single(group: FindingGroup) -> bool:
    """Return whether a group is one finding that is about no cell."""
    is_cell = group.column is not None and group.row is not None
    return group.number == 1 and not is_cell


def _sentence(group: FindingGroup) -> str:
    where = printable(group.location)
    label = "" if group.severity is Severity.ERROR else f"{group.severity.label}: "
    column = f"{printable(group.column)}: " if group.column else ""
    value = f"{shown_value(group)} " if group.value else ""
    start = f"{where}: " if where else ""
    return f"{start}{label}{column}{value}{printable(group.message)}{GAP}[{group.rule}]"


def _heading(group: FindingGroup, *, resources: bool) -> str:
    return f"{subject(group, resource=resources)}: {_ALSO.sub('', problem(group))}"


def _rows(groups: Sequence[FindingGroup], width: int, *, files: bool) -> Iterator[str]:
    """Iterate over value, number, place and suggestion of groups, in columns."""
    rows = [
        (
            shown_value(group),
            f"{TIMES} {group.number:,}" if group.number > 1 else "",
            _first_place(group, files=files),
            f"→ {suggested(group)}" if group.suggestion is not None else "",
        )
        for group in groups
    ]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    others = sum(size + len(GAP) for size in widths[1:] if size)
    widths[0] = min(widths[0], max(_LEAST, width - others))
    for value, *rest in rows:
        cells = zip((cut(value, widths[0]), *rest), widths, strict=True)
        yield GAP.join(pad(cell, size) for cell, size in cells if size).rstrip()


def _first_place(group: FindingGroup, *, files: bool) -> str:
    where = group.location_in(printable(group.file or "") if files else "")
    if group.is_duplicate and group.number == 2 and (also := _ALSO.search(group.message)):
        return printable(f"{where}{also[0]}")
    if not where or group.number == 1:
        return where
    return f"first in {where}" if where.startswith("row") else f"first at {where}"
