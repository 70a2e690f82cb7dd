"""Render a report as GitHub workflow commands, which annotate lines of files.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterator, Mapping

from .counting import counted
from .escaping import workflow_escape
from .finding import Severity
from .group_lines import group_sentence
from .groups import FindingGroup, merge_duplicates
from .results import Results
from .text import notes, summary

LIMIT = 10
"""Number of annotations of each kind that GitHub shows for a step.

Source: https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
"""

_COMMANDS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOT_CHECKED: "notice",
}


def to_github(report: Results) -> str:
    """Return workflow commands, one for each distinct fault, then the notes and the summary line.

    GitHub shows only the first `LIMIT` commands of each kind; the others are counted.
    """
    groups = merge_duplicates(report.groups)
    lines = [line for severity in Severity for line in _annotations(groups, severity)]
    return "\n".join([*lines, *notes(report), summary(report)])


def _annotations(groups: tuple[FindingGroup, ...], severity: Severity) -> Iterator[str]:
    of_kind = [group for group in groups if group.severity is severity]
    yield from map(_command, of_kind[:LIMIT])
    if rest := of_kind[LIMIT:]:
        findings = counted(sum(group.number for group in rest), "finding")
        faults = counted(len(rest), "more distinct fault")
        yield f"... and {faults} ({severity.label}): {findings}"


def _command(group: FindingGroup) -> str:
    properties = {"title": str(group.rule)}
    if group.file:
        properties = {"file": group.file, "line": str(group.line or 1), **properties}
    text = ",".join(f"{name}={workflow_escape(value, ':,')}" for name, value in properties.items())
    return f"::{_COMMANDS[group.severity]} {text}::{workflow_escape(group_sentence(group))}"
