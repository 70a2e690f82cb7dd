"""Render a report as GitHub workflow commands, which annotate lines of files.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Mapping

from .escaping import workflow_escape
from .finding import Finding, Severity
from .results import Results
from .text import notes, summary

_COMMANDS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOT_CHECKED: "notice",
}


def to_github(report: Results) -> str:
    """Return one workflow command per finding, then the notes and the summary line."""
    return "\n".join([*map(_command, report.findings), *notes(report), summary(report)])


def _command(finding: Finding) -> str:
    properties = {"title": str(finding.rule)}
    if finding.file:
        properties = {"file": finding.file, "line": str(finding.line or 1), **properties}
    text = ",".join(f"{name}={workflow_escape(value, ':,')}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {text}::{workflow_escape(finding.sentence())}"
