"""A report as a self-contained HTML page."""

import base64
import hashlib
from collections.abc import Sequence
from string import Template

from ..groups import FindingGroup
from ..results import Results
from ..text import summary
from .parts import asset, facts, notes_of, numbers, origin, unlisted, verdict
from .tables import fault_table, finding_table, rule_tables, text

_MOST_FAULTS = 2_000
"""Maximum number of faults in a page, which a phone can still show."""

_MOST_RULES = 30
"""Maximum number of rules of which those that passed are not folded."""


def to_html(report: Results) -> str:
    """Return a page that requests nothing, and whose policy allows only its own script."""
    title = text(report.title or "Report")
    style = asset("report.css") + asset("page.css")
    script = asset("page.js")
    return Template(asset("page.html").rstrip()).substitute(
        title=title,
        summary=text(summary(report)),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        origin=origin(report),
        verdict=verdict(report),
        numbers=numbers(report),
        notes=notes_of(report),
        sections="\n".join(_sections(report)),
        about=_about(report),
    )


def _hash(source: str) -> str:
    """Return the hash that a Content Security Policy compares with an inline script or style."""
    digest = hashlib.sha256(source.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _sections(report: Results) -> list[str]:
    """Return the sections about faults, rules and single findings."""
    sections = [_section("faults", "Distinct faults", _faults(report))]
    if report.rules:
        tables = rule_tables(report.rules, folded=len(report.rules) > _MOST_RULES)
        sections.append(_section("rules", "Rules that were checked", tables))
    if report.findings:
        total, shown = sum(c.number for c in report.counts), len(report.findings)
        which = "All" if shown >= total else f"The first {shown:,} of"
        table = finding_table(report.findings)
        details = f"<details><summary>{which} {total:,} findings</summary>{table}</details>"
        sections.append(_section("findings", "Findings one by one", details))
    return sections


def _about(report: Results) -> str:
    """Return the footer; "" if the circumstances of the check are unknown."""
    about = facts(report)
    return f"<footer>\n<h2>About this report</h2>\n{about}\n</footer>" if about else ""


def _section(name: str, heading: str, body: str) -> str:
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{heading}</h2>\n{body}\n</section>'


def _faults(report: Results) -> str:
    if not report.groups:
        return "<p>No fault was found.</p>"
    shown = report.groups[:_MOST_FAULTS]
    table = fault_table(shown, filters=True)
    rest = unlisted(report, shown)
    more = f'<p class="muted">and {rest:,} more findings in other faults</p>' if rest else ""
    return f"{_filters(shown)}\n{table}\n{more}"


def _filters(faults: Sequence[FindingGroup]) -> str:
    """Return the filters; the script shows them."""
    choices = {
        "Resource": {fault.resource or "" for fault in faults},
        "Column": {fault.column or "" for fault in faults},
        "Rule": {fault.rule.value for fault in faults},
        "Severity": {fault.severity.label for fault in faults},
    }
    selects = "".join(
        _select(name, sorted(values - {""})) for name, values in choices.items() if len(values) > 1
    )
    return (
        '<form class="filters" role="search" aria-label="Filter the faults" hidden>'
        '<label class="search">Search<input type="search" autocomplete="off"></label>'
        f'{selects}<button type="reset">Show all</button>'
        '<p role="status"></p></form>'
    )


def _select(name: str, values: Sequence[str]) -> str:
    options = "".join(f'<option value="{text(value)}">{text(value)}</option>' for value in values)
    return (
        f'<label>{name}<select name="{name.lower()}">'
        f'<option value="">All</option>{options}</select></label>'
    )
