"""Parts of a report that the page and the fragment for notebooks share."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from ..finding import Severity
from ..groups import FindingGroup
from ..provenance import Provenance
from ..results import Results
from ..text import notes, summary
from .tables import text

VERDICTS = {
    Severity.ERROR: "Not valid",
    Severity.NOT_CHECKED: "Not fully checked",
    None: "Valid",
}
"""The verdict in words, by the severity that decides it; None if the data are valid."""


def asset(name: str) -> str:
    """Return the text of a template, style sheet or script."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def verdict(report: Results) -> str:
    """Return the verdict in words, and the summary line."""
    severity = Severity.ERROR if report.errors else None
    if not report.errors and not report.complete:
        severity = Severity.NOT_CHECKED
    rest = escape(summary(report).removeprefix("valid: "))
    return (
        f'<p class="verdict {severity or "passed"}"><strong>{VERDICTS[severity]}</strong> '
        f"<span>{rest}</span></p>"
    )


def numbers(report: Results) -> str:
    """Return the numbers of rows, cells, findings, faults and rules as a list."""
    found = sum(count.number for count in report.counts)
    items = [("Rows", f"{report.rows:,}")]
    if report.resources is not None:
        items.insert(0, ("Resources", f"{report.resources:,}"))
    items += [("Invalid cells", f"{report.cells:,}"), ("Findings", f"{found:,}")]
    if not unlisted(report, report.groups):
        items.append(("Distinct faults", f"{len(report.groups):,}"))
    if report.rules:
        passed = sum(rule.passed for rule in report.rules)
        items.append(("Rules passed", f"{passed:,} of {len(report.rules):,}"))
    return _list("numbers", items)


def facts(report: Results) -> str:
    """Return data, schema, command, time and version as a list; "" if they are unknown."""
    about = report.provenance
    if about is None:
        return ""
    items = [("Data", "<br>".join(map(text, about.data)))]
    if about.schema:
        items.append(("Schema", text(about.schema)))
    if about.command:
        items.append(("Command", f"<code>{text(about.command)}</code>"))
    items += [("Checked", _moment(about)), ("bonemet-data", f"version {text(about.version)}")]
    return _list("facts", items)


def origin(report: Results) -> str:
    """Return schema and time of the check as a paragraph; "" if they are unknown."""
    about = report.provenance
    if about is None:
        return ""
    schema = f" against {text(about.schema)}" if about.schema else ""
    return f'<p class="muted">Checked{schema} on {_moment(about)}</p>'


def notes_of(report: Results) -> str:
    """Return the notes as paragraphs."""
    return "".join(f'<p class="note">{escape(note)}</p>' for note in notes(report))


def unlisted(report: Results, faults: Sequence[FindingGroup]) -> int:
    """Return the number of findings that belong to other faults."""
    return sum(count.number for count in report.counts) - sum(fault.number for fault in faults)


def _moment(about: Provenance) -> str:
    time = about.time
    return f'<time datetime="{time:%Y-%m-%dT%H:%M:%SZ}">{time:%Y-%m-%d %H:%M} UTC</time>'


def _list(name: str, items: Sequence[tuple[str, str]]) -> str:
    entries = "".join(f"<div><dt>{term}</dt><dd>{html}</dd></div>" for term, html in items)
    return f'<dl class="{name}">{entries}</dl>'
