"""Render a report as Markdown, for pull requests and job summaries."""

import re
from collections.abc import Iterable, Iterator, Sequence

from .counting import counted
from .escaping import printable
from .group_lines import problem, shown_value, subject, suggested
from .groups import FindingGroup, RuleResult, merge_duplicates
from .layout import cut
from .results import Results
from .rule_lines import share
from .text import summary, totals

LIMIT = 100
"""Maximum number of distinct faults in a table."""

_MOST_RULES = 1_000
"""Maximum number of rules in a table: GitHub refuses a job summary of more than 1 MiB.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

_LONGEST = 200
"""Maximum width of a cell of a table."""

_SPECIAL = re.compile(
    r"[^\w\s,;=:%()/…→\u00d7'\".-]|(?<![^\W_])_|_(?![^\W_])|(?<=www)\.|(?<=gh)-|:(?=\S)",
    re.IGNORECASE,
)
"""Characters that Markdown, HTML or GitHub may give a meaning, such as `|`, `<`, `@` and `#`."""


def to_markdown(report: Results) -> str:
    """Return the verdict, a table of the distinct faults, and the rules that were checked."""
    groups = merge_duplicates(report.groups)
    mark = "✅" if report.valid else "⚠️" if not report.errors else "❌"
    title = f"{escaped(report.title)}: " if report.title else ""
    parts = [f"### {mark} {title}{escaped(summary(report))}"]
    if groups:
        parts.append("\n".join(_faults(report, groups[:LIMIT])))
        if len(groups) > LIMIT:
            parts.append(f"… and {counted(len(groups) - LIMIT, 'more distinct fault')}")
        parts.append(f"{escaped(totals(report))}")
    if report.rules:
        passed = sum(result.passed for result in report.rules)
        listed = sorted(report.rules, key=lambda result: result.passed)[:_MOST_RULES]
        rows = [*_rules(listed)]
        if rest := len(report.rules) - len(listed):
            rows.append(f"\n… and {counted(rest, 'more rule')}")
        parts.append(
            f"<details>\n<summary>{passed:,} of {counted(len(report.rules), 'rule')} passed"
            "</summary>\n\n" + "\n".join(rows) + "\n\n</details>"
        )
    notes = [f"- {escaped(note)}" for note in report.notes]
    notes += [f"- ignored: {report.ignored:,}"] if report.ignored else []
    return "\n\n".join([*parts, *(["\n".join(notes)] if notes else [])])


def escaped(text: str) -> str:
    r"""Return text in which no character has a meaning in Markdown, HTML or GitHub.

    Example:
        >>> escaped("a|b <i> @user #1 http://x")
        'a&#124;b &#60;i&#62; &#64;user &#35;1 http&#58;//x'
    """
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", printable(text))


def _faults(report: Results, groups: Iterable[FindingGroup]) -> Iterator[str]:
    several = len({group.file for group in report.groups}) > 1
    rows = (
        (
            subject(group, resource=report.resources is not None),
            problem(group),
            shown_value(group),
            f"{group.number:,}",
            group.location_in(printable(group.file or "") if several else ""),
            suggested(group),
        )
        for group in groups
    )
    yield from _table(("column", "fault", "value", "findings", "first", "suggestion"), rows)


def _rules(results: Iterable[RuleResult]) -> Iterator[str]:
    rows = (
        (
            "passed" if result.passed else "failed",
            ".".join(filter(None, [result.resource, result.column])) or "(table)",
            f"{result.rule} {result.detail}".strip(),
            f"{result.rows:,}" if result.rows else "",
            share(result) if result.rows else "",
        )
        for result in results
    )
    yield from _table(("result", "column", "rule", "rows", "rows that pass"), rows)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    numeric = {"findings", "rows", "rows that pass"}
    yield f"| {' | '.join(header)} |"
    yield f"| {' | '.join('---:' if name in numeric else '---' for name in header)} |"
    for row in rows:
        yield f"| {' | '.join(escaped(cut(cell, _LONGEST)) for cell in row)} |"
