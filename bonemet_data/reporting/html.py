"""Render a report as HTML: a self-contained page, or a table for notebooks."""

from collections.abc import Iterable, Sequence
from html import escape
from string import Template

from .escaping import printable
from .finding import Finding
from .results import Results
from .text import label, notes, summary

_PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
:root { color-scheme: light dark; --line: #8884; --error: #b00020; --valid: #1b6e2c;
  --unchecked: #8a5300 }
@media (prefers-color-scheme: dark) {
  :root { --error: #ff8a80; --valid: #81c995; --unchecked: #ffc107 } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
.wide { overflow-x: auto }
table { border-collapse: collapse }
caption { font-weight: 600; padding: 1.5rem 0 .5rem; text-align: left }
td, th { border-bottom: 1px solid var(--line); padding: .35rem 1.5rem .35rem 0; text-align: left;
  vertical-align: top }
td { white-space: nowrap }
[data-label=value], [data-label=message], [data-label=location], [data-label=suggestion] {
  overflow-wrap: anywhere; white-space: pre-wrap }
.number { text-align: right; font-variant-numeric: tabular-nums }
.valid, .error, .unchecked { font-size: 1.15rem; font-weight: 600 }
.valid { color: var(--valid) }
.error { color: var(--error) }
.unchecked { color: var(--unchecked) }
@media (max-width: 40rem) {
  thead { display: none }
  td, td.number { border: 0; display: block; padding: 0; text-align: left }
  td:not(:empty)::before { content: attr(data-label) ": "; opacity: .7 }
  tr { border-bottom: 1px solid var(--line); display: block; padding: .5rem 0 }
}
</style>
</head>
<body>
<h1>$title</h1>
$body
</body>
</html>""")


def page(report: Results) -> str:
    """Return a self-contained HTML page."""
    title = escape(printable(report.title or "Report"))
    return _PAGE.substitute(title=title, body=table(report))


def table(report: Results) -> str:
    """Return the summary line, the counts and the findings as HTML elements."""
    kind = "error" if report.errors else "valid" if report.complete else "unchecked"
    parts = [f'<p class="{kind}">{escape(summary(report))}</p>']
    parts += [f"<p>{escape(note)}</p>" for note in notes(report)]
    if report.counts:
        counts = [
            (f"{c.number:,}", label(c.severity), c.rule.value, c.resource or "", c.column or "")
            for c in report.counts
        ]
        header = ("number", "severity", "rule", "resource", "column")
        parts.append(_table("Number of findings", header, counts))
    if report.findings:
        names = ("location", "severity", "column", "value", "message", "suggestion", "rule")
        caption = f"First {len(report.findings):,} findings"
        total = sum(count.number for count in report.counts)
        if total == len(report.findings):
            caption = "Findings"
        parts.append(_table(caption, names, map(_cells, report.findings)))
    return "\n".join(parts)


def _cells(finding: Finding) -> tuple[str, ...]:
    return (
        finding.location,
        label(finding.severity),
        finding.column or "",
        finding.value or "",
        finding.message,
        finding.suggestion or "",
        finding.rule.value,
    )


def _table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{title}</th>' for title in header)
    body = "\n".join(
        "<tr>"
        + "".join(
            f'<td data-label="{title}"{_alignment(title)}>{escape(printable(cell))}</td>'
            for title, cell in zip(header, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide"><table>\n<caption>{caption}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def _alignment(title: str) -> str:
    return ' class="number"' if title == "number" else ""
