"""A report as an HTML fragment, which notebooks display."""

from ..results import Results
from .parts import asset, facts, faults_of, listed, notes_of, numbers, verdict
from .tables import fault_table, rule_table, text

_MOST = 20
"""Maximum number of faults in a fragment."""


def to_fragment(report: Results) -> str:
    """Return a fragment with its own style, and without scripts, links and ids."""
    faults = faults_of(report)
    shown = faults[:_MOST]
    rest = sum(count.number for count in report.counts) - listed(shown)
    parts = [
        f"<style>{asset('report.css')}</style>",
        f"<p><b>{text(report.title)}</b></p>" if report.title else "",
        verdict(report),
        numbers(report),
        notes_of(report),
        fault_table(shown, filters=False) if shown else "",
        f'<p class="muted">{_rest(rest)}</p>' if rest > 0 else "",
    ]
    if report.rules:
        table = rule_table(report.rules)
        parts.append(f"<details><summary>Rules that were checked</summary>{table}</details>")
    about = facts(report)
    if about:
        parts.append(f"<details><summary>About this report</summary>{about}</details>")
    content = "\n".join(filter(None, parts))
    return f'<div class="bonemet-report notebook">\n{content}\n</div>'


def _rest(number: int) -> str:
    return f'and {number:,} more findings: report.to_html("report.html") writes a page'
