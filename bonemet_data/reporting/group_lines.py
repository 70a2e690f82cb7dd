"""Render groups of findings as lines of text, one for each distinct fault."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from rich.cells import cell_len

from .escaping import printable, quoted
from .finding import Severity
from .groups import FindingGroup
from .layout import GAP, TIMES, cut, fit, pad, wrap

_LEAST = (24, 17, 12, 30, 22)
"""Least widths of subject, problem, value, location and suggestion; longer text may be cut."""

_VALUE = 24
"""Width of a value for which other parts are not abbreviated."""

_ALSO = re.compile(r", also (?:on line|in row) .*")
_BRIEF = {
    "less than the ": "below ",
    "shorter than the ": "below ",
    "greater than the ": "above ",
    "longer than the ": "above ",
    "duplicate values": "duplicates",
    "required value is": "value is",
}
"""Parts of messages, and shorter ones."""

_REMARK = re.compile(r"\.[^ ,]+$| \(.*\)$")
"""End of a message that can be left out: the column referred to, or the format of a type."""


def group_lines(groups: Sequence[FindingGroup], width: int, *, resources: bool) -> Iterator[str]:
    """Iterate over the lines of groups, which fit in a width.

    A single fault of a descriptor or a header has all of its text, in several lines if necessary.
    Other groups have one line, with the parts of each below each other; long parts are cut. If the
    groups are of several `resources`, each line names its resource.
    """
    files = len({group.file for group in groups}) > 1 and not resources
    repeated = [group for group in groups if not _is_single(group)]
    rows = [_parts(group, resources=resources, files=files, brief=False) for group in repeated]
    subject_, problem_, value, *rest = _widths(rows)
    if _total([subject_, problem_, min(value, _VALUE), *rest]) > width:
        rows = [_parts(group, resources=resources, files=files, brief=True) for group in repeated]
    widths = fit(_widths(rows), width, _LEAST)
    aligned = iter(rows)
    for group in groups:
        if _is_single(group):
            yield from wrap(_sentence(group), width, GAP)
        else:
            yield _line(next(aligned), widths)


def problem(group: FindingGroup, *, brief: bool = False) -> str:
    """Return what is wrong, such as "not in types.type_id", or in brief "not in types"."""
    message = printable(group.message)
    if group.is_duplicate and (brief or group.number > 2):
        return _ALSO.sub("", message)
    reference = message.removeprefix("not found in ")
    if reference != message:
        message = f"not in {reference}"
    if brief:
        message = _REMARK.sub("", message).removeprefix("is ")
        for part, shorter in _BRIEF.items():
            message = message.replace(part, shorter)
    return message


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


def _parts(
    group: FindingGroup, *, resources: bool, files: bool, brief: bool
) -> tuple[str, str, str, str, str, str]:
    """Return subject, problem, value, number, location and suggestion of a group."""
    number = f"{TIMES} {group.number:,}" if group.number > 1 else ""
    file = PurePath(group.file).name if brief and group.file else group.file
    where = group.location_in(printable(file or "") if files else "")
    if where and number and not brief:
        where = f"first in {where}" if where.startswith("row") else f"first at {where}"
    meant = suggested(group)
    start = subject(group, resource=resources)
    arrow = f"→ {meant}" if meant else ""
    return start, problem(group, brief=brief), shown_value(group), number, where, arrow


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the widths of the columns: value and number are in one column."""
    if not rows:
        return [0] * 5
    columns = [[cell_len(part) for part in column] for column in zip(*rows, strict=True)]
    values = [
        value + number + bool(value and number) for value, number in zip(*columns[2:4], strict=True)
    ]
    return [max(column) for column in (*columns[:2], values, *columns[4:])]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(GAP) * max(0, sum(map(bool, widths)) - 1)


def _line(parts: Sequence[str], widths: Sequence[int]) -> str:
    start, what, value, number, *rest = parts
    room = widths[2] - cell_len(number) - bool(number)
    counted = f"{cut(value, room)} {number}".strip()
    cells = [
        pad(cut(cell, width), width)
        for cell, width in zip((start, what, counted, *rest), widths, strict=True)
        if width
    ]
    return GAP.join(cells).rstrip()
