"""Render the results of rules as lines of text."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from .counting import counted
from .escaping import printable
from .groups import RuleResult
from .layout import GAP, cut, enumerated, pad
from .results import Results

_TABLE = "(table)"
"""Subject of the rules about the header and the records."""


def rule_lines(report: Results, width: int) -> Iterator[str]:
    """Iterate over lines: broken rules with the share of rows that pass, then the passed rules."""
    broken = [result for result in report.rules if not result.passed]
    passed = [result for result in report.rules if result.passed]
    if broken:
        yield "broken rules, with findings and the share of rows that pass:"
        yield from _table(report, broken, width)
    if passed:
        rows = {result.rows for result in passed if result.rows}
        of_rows = f" by {counted(rows.pop(), 'row')}" if len(rows) == 1 else ""
        yield f"rules passed{of_rows}:"
        yield from _table(report, passed, width)


def share(result: RuleResult) -> str:
    """Return the share of rows that pass as a percentage; it is 100 % only if all pass.

    Example:
        >>> from bonemet_data import Rule
        >>> share(RuleResult(rule=Rule.TYPE, rows=2_000_000, number=1))
        '99.99 %'
    """
    if not result.rows:
        return f"{100 * result.share:g} %"
    passed = result.rows - min(result.number, result.rows)
    return f"{passed * 10_000 // result.rows / 100:g} %"


def _table(report: Results, results: Sequence[RuleResult], width: int) -> Iterator[str]:
    """Iterate over lines with the columns of each rule, or with the rules of each resource."""
    items: dict[str, list[str]] = {}
    for result in results:
        if report.resources is not None:
            items.setdefault(printable(result.resource or ""), []).append(_rule(result))
        elif result.column is None:
            items.setdefault(_TABLE, []).append(_rule(result))
        else:
            items.setdefault(result.rule.value, []).append(_column(result))
    if report.resources is not None and results[0].passed:
        rows = {result.resource: result.rows for result in results}
        totals = zip(items.values(), rows.values(), strict=True)
        numbers = [
            [f"{counted(len(rules), 'rule')}, {counted(rows, 'row')}"] for rules, rows in totals
        ]
        items = dict(zip(items, numbers, strict=True))
    start = max(map(cell_len, items))
    for name, texts in items.items():
        line = f"{GAP}{pad(name, start)}{GAP}"
        yield cut(line + enumerated(texts, width - cell_len(line)), width)


def _rule(result: RuleResult) -> str:
    column = f"{printable(result.column)} " if result.column else ""
    return f"{column}{result.rule}{_outcome(result)}"


def _column(result: RuleResult) -> str:
    return f"{printable(result.column or '')}{_outcome(result)}"


def _outcome(result: RuleResult) -> str:
    """Return the number of findings and the share of rows that pass; "" if all pass."""
    if result.passed:
        return ""
    return f" {result.number:,} ({share(result)})" if result.rows else f" {result.number:,}"
