"""Store of groups: exact counts, and the first distinct faults of all batches."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
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

_Counts: TypeAlias = Counter[tuple[str, str | None]]


class GroupStore:
    """Store of the groups and of the checked rules of all batches.

    Args:
        resource: Name of the resource that is checked, or None.
    """

    def __init__(self, resource: str | None) -> None:
        self._resource = resource
        self._frames = [pl.DataFrame(schema={**GROUPS, "file": pl.String()})]
        self._is_full = False
        self._counts: Counter[tuple[str, str | None, str]] = Counter()
        self._rows: dict[CheckedRule, int] = {}

    def add(self, groups: pl.DataFrame) -> None:
        """Add groups that have the lines and rows of the file.

        Groups must be added in the order of their first findings.
        """
        if not groups.height:
            return
        reference = pl.when(pl.col("rule") == Rule.FOREIGN_KEYS.value).then("message").fill_null("")
        sums = groups.group_by("rule", "column", reference).agg(pl.col("number").sum())
        for *key, number in sums.rows():
            self._counts[tuple(key)] += number
        self._frames.append(groups.select(self._frames[0].columns))
        if sum(frame.height for frame in self._frames) > 2 * MAX_GROUPS:
            self._merge()

    def add_rules(self, rules: Iterable[CheckedRule], rows: int) -> None:
        """Add the rules that were checked for a number of rows."""
        for rule in rules:
            of_rule = 0 if rule[0] in HEADER_RULES else rows
            self._rows[rule] = self._rows.get(rule, 0) + of_rule

    def counts(self) -> _Counts:
        """Return the exact number of findings by rule and column."""
        counts: _Counts = Counter()
        for (rule, column, _), number in self._counts.items():
            counts[rule, column] += number
        return counts

    def rules(self) -> Iterator[RuleResult]:
        """Iterate over the results of the rules that were checked."""
        counts = self.counts()
        of_rules: Counter[str] = Counter()
        for (rule, _), number in counts.items():
            of_rules[rule] += number
        for (rule, column, detail), rows in self._rows.items():
            if column is None:
                number = of_rules[rule]
            elif rule == Rule.FOREIGN_KEYS:
                number = self._counts[rule, column, NOT_FOUND + detail]
            else:
                number = counts[rule, column]
            yield RuleResult(
                rule=RULES[rule],
                resource=self._resource,
                column=column,
                detail=detail,
                rows=rows,
                number=number,
            )

    def groups(self) -> Iterator[FindingGroup]:
        """Iterate over the groups; the last ones count the findings whose values are not kept."""
        self._merge()
        rest = self.counts()
        for group in self._frames[0].iter_rows(named=True):
            rest[group["rule"], group["column"]] -= group["number"]
            yield self._group(group)
        for (rule, column), number in rest.items():
            if number:
                message = "other values; not listed, because there are too many"
                yield self._group(
                    {"rule": rule, "column": column, "message": message, "number": number}
                )

    @property
    def note(self) -> str:
        """Note about values that are not kept; "" if all are kept."""
        if not self._is_full:
            return ""
        kept = self._frames[0]
        number = self._counts.total() - int(kept["number"].sum())
        return (
            f"the first {kept.height:,} distinct faults are listed; "
            f"{number:,} further findings are only counted"
        )

    def _group(self, group: dict[str, Any]) -> FindingGroup:
        rule = RULES[group.pop("rule")]
        severity = Severity.NOT_CHECKED if rule.value in NOT_CHECKED else Severity.ERROR
        return FindingGroup(severity=severity, rule=rule, resource=self._resource, **group)

    def _merge(self) -> None:
        kept = self._frames[0].height
        merged = merge_groups(pl.concat(self._frames))
        if self._is_full:
            merged = merged.head(kept)
        else:
            size = pl.col("value").str.len_bytes().fill_null(0).cum_sum()
            most = min(MAX_GROUPS, merged.filter(size <= MAX_BYTES).height)
            self._is_full = most < merged.height
            merged = merged.head(most)
        self._frames = [merged]
