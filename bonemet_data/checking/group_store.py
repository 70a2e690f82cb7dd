"""Store of groups: exact counts, and the first distinct faults of all batches."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..extras import CHECK
from ..reporting.finding import Severity
from ..reporting.groups import FindingGroup, RuleResult
from ..reporting.rules import Rule
from ..tableschema.constraints import NOT_FOUND
from .group_frames import GROUPS, merge_groups
from .plan import HEADER_RULES, CheckedRule

with CHECK:
    import polars as pl

MAX_GROUPS = 100_000
"""Maximum number of distinct faults that are kept; the findings of others are only counted."""

MAX_BYTES = 2**26
"""Maximum number of bytes of the values that are kept."""

NOT_CHECKED = (Rule.LONG_RECORD.value,)
"""Rules about what cannot be checked. Other findings of a check are errors."""

RULES: Mapping[str, Rule] = {rule.value: rule for rule in Rule}

_STORED = {**GROUPS, "file": pl.String()}

_Counted: TypeAlias = tuple[str, str | None, str]
"""Rule, column and, for foreign keys, message."""


@dataclass(frozen=True, slots=True)
class GroupResults:
    """Groups of findings, and what follows from them.

    Attributes:
        groups: The groups; the last ones count the findings whose values are not kept.
        counts: Exact number of findings by rule and column.
        rules: Results of the rules that were checked.
        note: Note about values that are not kept; "" if all are kept.
    """

    groups: Sequence[FindingGroup]
    counts: Mapping[tuple[str, str | None], int]
    rules: Sequence[RuleResult]
    note: str


class GroupStore:
    """Store of the groups and of the checked rules of all batches.

    Args:
        resource: Name of the resource that is checked, or None.
    """

    def __init__(self, resource: str | None) -> None:
        self._resource = resource
        self._frames: list[pl.DataFrame] = []
        self._kept: int | None = None
        self._dropped: Counter[_Counted] = Counter()
        self._rows: dict[CheckedRule, int] = {}

    def add(self, groups: pl.DataFrame) -> None:
        """Add groups that have the lines and rows of the file.

        Groups must be added in the order of their first findings.
        """
        if groups.height:
            self._frames.append(groups.select(*_STORED))
        if sum(frame.height for frame in self._frames) > 2 * MAX_GROUPS:
            self._merge()

    def add_rules(self, rules: Iterable[CheckedRule], rows: int) -> None:
        """Add the rules that were checked for a number of rows."""
        for rule in rules:
            of_rule = 0 if rule[0] in HEADER_RULES else rows
            self._rows[rule] = self._rows.get(rule, 0) + of_rule

    def results(self) -> GroupResults:
        """Return the groups, the exact counts, and the results of the rules."""
        self._merge()
        kept = self._frames[0] if self._frames else pl.DataFrame(schema=_STORED)
        counts = self._dropped + _count(kept)
        groups = [self._group(group) for group in kept.iter_rows(named=True)]
        groups += self._dropped_groups()
        return GroupResults(
            groups=groups,
            counts=_without_message(counts),
            rules=[*self._results(counts)],
            note=self._note(kept.height),
        )

    def _results(self, counts: Counter[_Counted]) -> Iterator[RuleResult]:
        of_columns = _without_message(counts)
        of_rules: Counter[str] = Counter()
        for (rule, _), number in of_columns.items():
            of_rules[rule] += number
        for (rule, column, detail), rows in self._rows.items():
            if column is None:
                number = of_rules[rule]
            elif rule == Rule.FOREIGN_KEYS:
                number = counts[rule, column, NOT_FOUND + detail]
            else:
                number = of_columns[rule, column]
            yield RuleResult(
                rule=RULES[rule],
                resource=self._resource,
                column=column,
                detail=detail,
                rows=rows,
                number=number,
            )

    def _dropped_groups(self) -> Iterator[FindingGroup]:
        """Iterate over one group for each rule and column whose values are not all kept."""
        message = "other values; not listed, because there are too many"
        for (rule, column), number in _without_message(self._dropped).items():
            yield self._group(
                {"rule": rule, "column": column, "message": message, "number": number}
            )

    def _note(self, kept: int) -> str:
        number = self._dropped.total()
        if not number:
            return ""
        return (
            f"the first {kept:,} distinct faults are listed; "
            f"{number:,} further findings are only counted"
        )

    def _group(self, group: dict[str, Any]) -> FindingGroup:
        rule = RULES[group.pop("rule")]
        severity = Severity.NOT_CHECKED if rule.value in NOT_CHECKED else Severity.ERROR
        return FindingGroup(severity=severity, rule=rule, resource=self._resource, **group)

    def _merge(self) -> None:
        if len(self._frames) > 1:
            self._frames = [merge_groups(pl.concat(self._frames))]
        for merged in self._frames:
            kept = self._kept
            if kept is None:
                size = pl.col("value").str.len_bytes().fill_null(0).cum_sum()
                kept = min(MAX_GROUPS, merged.filter(size <= MAX_BYTES).height)
            if kept < merged.height:
                self._kept = kept
                self._dropped += _count(merged[kept:])
                self._frames = [merged[:kept]]


def _count(groups: pl.DataFrame) -> Counter[_Counted]:
    """Return the exact number of findings by rule, column and, for foreign keys, message."""
    counts: Counter[_Counted] = Counter()
    for rule, column, message, number in groups.select(
        "rule", "column", "message", "number"
    ).iter_rows():
        counts[rule, column, message if rule == Rule.FOREIGN_KEYS else ""] += number
    return counts


def _without_message(counts: Counter[_Counted]) -> Counter[tuple[str, str | None]]:
    total: Counter[tuple[str, str | None]] = Counter()
    for (rule, column, _), number in counts.items():
        total[rule, column] += number
    return total
