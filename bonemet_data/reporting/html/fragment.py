"""A report as an HTML fragment, which notebooks display."""

from ..results import Results
from .parts import asset, facts, notes_of, numbers, unlisted, verdict
from .tables import fault_table, rule_tables, text

_MOST = 20
"""Maximum number of faults in a fragment."""


def to_fragment(report: Results) -> str:
    """Return a fragment with its own style, and without scripts, links and ids."""
    shown = report.groups[:_MOST]
    parts = [
        f"<style>{asset('report.css')}</style>",
        f"<p><b>{text(report.title)}</b></p>" if report.title else "",
        verdict(report),
        numbers(report),
        notes_of(report),
        fault_table(shown, filters=False) if shown else "",
    ]
    if rest := unlisted(report, shown):
        advice = 'report.to_html("report.html") writes a page'
        parts.append(f'<p class="muted">and {rest:,} more findings: {advice}</p>')
    if report.rules:
        parts.append(rule_tables(report.rules, folded=True))
    if about := facts(report):
        parts.append(f"<details><summary>About this report</summary>{about}</details>")
    content = "\n".join(filter(None, parts))
    return f'<div class="bonemet-report notebook">\n{content}\n</div>'
