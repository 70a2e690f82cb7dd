"""Tables of a report as HTML: distinct faults, rules and single findings."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from ..counting import counted
from ..escaping import printable
from ..finding import Finding, Severity
from ..groups import FindingGroup, RuleResult
from .marks import marked

_SCOPES = {
    "exact": "exact name",
    "narrower": "narrower name",
    "broader": "broader name",
    "related": "related name",
    "near": "similar spelling",
}
"""How a suggestion was found, in words."""


class Cell(NamedTuple):
    """A cell of a table.

    Attributes:
        html: Content.
        order: Number to sort by; None for the text.
    """

    html: str
    order: float | None = None


def text(value: str | None) -> str:
    """Return text as HTML; invisible characters are escaped."""
    return escape(printable(value or ""))


def fault_table(groups: Sequence[FindingGroup], *, filters: bool) -> str:
    """Return the distinct faults as a table, whose rows have attributes if there are filters."""
    several = len({group.file for group in groups}) > 1
    titles = ("Severity", "Column", "Value", "Problem", "Number", "First at", "Suggestion")
    rows = [
        (
            Cell(_badge(group.severity), [*Severity].index(group.severity)),
            Cell(_subject(group)),
            Cell(_value(group)),
            Cell(_problem(group)),
            Cell(f"{group.number:,}", group.number),
            Cell(_place(group, source=several), group.line or group.row or 0),
            Cell(_suggestion(group)),
        )
        for group in groups
    ]
    return _table("Distinct faults", titles, rows, map(_attributes, groups) if filters else ())


def rule_tables(rules: Sequence[RuleResult], *, folded: bool) -> str:
    """Return a table of the broken rules, and one of the others, which is folded on request."""
    broken = sorted((rule for rule in rules if not rule.passed), key=lambda rule: rule.share)
    passed = [rule for rule in rules if rule.passed]
    parts = [_rule_table("Broken rules", broken)] if broken else []
    if passed:
        summary = f"<summary>{counted(len(passed), 'rule')} passed</summary>"
        parts.append(
            f"<details{'' if folded else ' open'}>{summary}"
            f"{_rule_table('Rules that passed', passed)}</details>"
        )
    return "\n".join(parts)


def _rule_table(caption: str, rules: Sequence[RuleResult]) -> str:
    titles = ("Result", "Column", "Rule", "Rows", "Findings", "Rows that pass")
    rows = [
        (
            Cell(_result(rule), rule.passed),
            Cell(_subject(rule)),
            Cell(f"{_code(rule.rule)} {text(rule.detail)}"),
            Cell(f"{rule.rows:,}" if rule.rows else "", rule.rows),
            Cell(f"{rule.number:,}", rule.number),
            Cell(_bar(rule.share) if rule.rows else "", rule.share),
        )
        for rule in rules
    ]
    return _table(caption, titles, rows)


def finding_table(findings: Sequence[Finding]) -> str:
    """Return single findings as a table."""
    titles = ("Place", "Severity", "Column", "Value", "Problem", "Suggestion")
    rows = [
        (
            Cell(text(finding.location), index),
            Cell(_badge(finding.severity), [*Severity].index(finding.severity)),
            Cell(_subject(finding)),
            Cell(_value(finding)),
            Cell(_problem(finding)),
            Cell(_suggestion(finding)),
        )
        for index, finding in enumerate(findings)
    ]
    return _table("Findings one by one", titles, rows)


def _badge(severity: Severity) -> str:
    """Return a severity as a word that the style sheet gives a sign and a color."""
    return f'<span class="badge {severity.value}">{severity.label}</span>'


def _result(rule: RuleResult) -> str:
    name, word = ("passed", "passed") if rule.passed else ("error", "broken")
    return f'<span class="badge {name}">{word}</span>'


def _place(group: FindingGroup, *, source: bool) -> str:
    """Return where the first finding is, such as "line 17", with its file if there are several."""
    parts = [text(group.file)] if source and group.resource is None else []
    if group.line is not None:
        parts.append(f'<span class="line">line {group.line:,}</span>')
    elif group.row is not None:
        parts.append(f'<span class="line">row {group.row:,}</span>')
    return " ".join(parts)


def _attributes(group: FindingGroup) -> str:
    """Return the attributes that the filters of the page compare."""
    values = {
        "resource": group.resource or "",
        "column": group.column or "",
        "rule": group.rule.value,
        "severity": group.severity.label,
    }
    return "".join(f' data-{name}="{text(value)}"' for name, value in values.items())


def _subject(item: Finding | RuleResult) -> str:
    resource = f'<span class="muted">{text(item.resource)}</span> ' if item.resource else ""
    return f"{resource}{text(item.column).replace('_', '_<wbr>')}".strip()


def _value(item: Finding) -> str:
    return "" if item.value is None else f"<code>{marked(item.value)}</code>"


def _problem(item: Finding) -> str:
    return f"{text(item.message)} {_code(item.rule)}"


def _suggestion(item: Finding) -> str:
    if item.suggestion is None:
        return ""
    scope = text(_SCOPES.get(item.scope or "", item.scope))
    how = f' <span class="muted">{scope}</span>' if scope else ""
    return f"<code>{marked(item.suggestion)}</code>{how}"


def _code(name: str) -> str:
    return f'<code class="rule">{text(name)}</code>'


def _bar(share: float) -> str:
    """Return a share as a percentage that is not rounded up to 100, with a bar."""
    percent = "100%" if share == 1 else "> 99.9%" if share > 0.999 else f"{share:.1%}"
    return (
        f'{escape(percent)} <svg aria-hidden="true" width="80" height="8">'
        f'<rect class="track" width="100%" height="8" rx="2"/>'
        f'<rect class="bar" width="{share:.1%}" height="8" rx="2"/></svg>'
    )


def _table(
    caption: str,
    titles: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    attributes: Iterable[str] = (),
) -> str:
    """Return a table without the columns that are empty."""
    used = [i for i in range(len(titles)) if any(row[i].html for row in rows)]
    head = "".join(f'<th scope="col" class="{_name(titles[i])}">{titles[i]}</th>' for i in used)
    more = list(attributes) or [""] * len(rows)
    body = "\n".join(
        f"<tr{attribute}>{''.join(_cell(titles[i], row[i]) for i in used)}</tr>"
        for attribute, row in zip(more, rows, strict=True)
    )
    return (
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody>\n</table>"
    )


def _cell(title: str, cell: Cell) -> str:
    order = "" if cell.order is None else f' data-order="{+cell.order}"'
    return f'<td class="{_name(title)}" data-title="{title}"{order}>{cell.html}</td>'


def _name(title: str) -> str:
    """Return the name of a column in the style sheet."""
    return title.lower().replace(" ", "-")
