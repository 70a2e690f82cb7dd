"""Groups of findings: what is wrong, how often, and which rules were checked."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from .finding import Finding, Severity
from .rules import Rule

_DUPLICATES = (Rule.UNIQUE, Rule.PRIMARY_KEY, Rule.UNIQUE_KEYS)

_FEW = 3
"""Number of duplicate values of a column that are listed one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup(Finding):
    """All findings with the same severity, rule, resource, column and value: one distinct fault.

    Messages are the same too, except that a duplicate value has one group, though each message
    states where another one is.

    Attributes:
        severity: Severity of the findings.
        rule: Rule that is broken.
        message: Message of the first finding.
        number: Exact number of findings.
        resource: Name of the resource, or None.
        file: Path of the file of the first finding, or None.
        line: Line of the first finding, or None.
        row: Row of the first finding, or None.
        column: Name of the column, or None.
        value: Text of the cells, or None.
        suggestion: Value that was probably meant, or None.
        scope: How the suggestion was found: "exact", "narrower", "broader" or "related" for a name
            of a concept with this scope, "near" for a similar spelling; None without a suggestion.

    See Also:
        Report: Report that contains the groups.
        Finding: One of the findings.

    Example:
        >>> import bonemet_data as bm
        >>> import pandas as pd
        >>> cohort = pd.DataFrame({"lesion_type": ["lytic", "mixed", "lytic"]})
        >>> report = bm.check(cohort, columns={"lesion_type": "types"})
        >>> [(group.value, group.number, group.suggestion) for group in report.groups]
        [('lytic', 2, 'osteolytic')]
    """

    number: int = 1

    @property
    def is_duplicate(self) -> bool:
        """Whether the findings are about one duplicate value."""
        return self.value is not None and self.rule in _DUPLICATES


_NAMES = [field.name for field in fields(Finding)]
COLUMNS = (*_NAMES[:3], "number", *_NAMES[3:])
"""Attributes of a group, in the order in which reports list them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """Result of one rule that was checked for a column, a key or a table.

    Attributes:
        rule: The rule.
        resource: Name of the resource, or None.
        column: Name of the column, names of a composite key joined by ", ", or None for a rule
            about whole records.
        detail: Argument of the rule as text, such as "types.type_id" or "0"; "" if there is none.
        rows: Number of rows that were checked; 0 for a rule about the header.
        number: Number of findings.

    See Also:
        Report: Report that contains the results.

    Example:
        >>> import bonemet_data as bm
        >>> report = bm.check(bm.types(), columns={"type_id": "types"})
        >>> [(result.rule.value, result.rows, result.passed) for result in report.rules]
        [('type', 3, True), ('foreignKeys', 3, True)]
    """

    rule: Rule
    resource: str | None = None
    column: str | None = None
    detail: str = ""
    rows: int = 0
    number: int = 0

    @property
    def passed(self) -> bool:
        """True if there are no findings."""
        return not self.number

    @property
    def share(self) -> float:
        """Share of the rows without a finding, from 0 to 1."""
        if not self.rows:
            return float(self.passed)
        return (self.rows - min(self.number, self.rows)) / self.rows


def sort_groups(groups: Iterable[FindingGroup]) -> tuple[FindingGroup, ...]:
    """Sort groups: by severity, the most frequent first, then by the first finding."""
    severities = [*Severity]
    return tuple(
        sorted(
            groups,
            key=lambda group: (
                severities.index(group.severity),
                -group.number,
                group.row or 0,
                group.line or 0,
                group.resource or "",
                group.column or "",
                group.value or "",
                group.rule.order,
                group.message,
            ),
        )
    )


def merge_duplicates(groups: Iterable[FindingGroup]) -> tuple[FindingGroup, ...]:
    """Merge the groups of many duplicate values of one column to one group.

    Three of them or fewer stay.
    """
    merged: list[FindingGroup] = []
    duplicates: dict[object, list[FindingGroup]] = {}
    for group in groups:
        if group.is_duplicate:
            key = group.severity, group.rule, group.resource, group.column
            duplicates.setdefault(key, []).append(group)
        else:
            merged.append(group)
    for same in duplicates.values():
        if len(same) <= _FEW:
            merged += same
            continue
        message, total = f"{len(same):,} duplicate values", sum(group.number for group in same)
        first = min(same, key=lambda group: (group.row or 0, group.line or 0))
        merged.append(replace(first, message=message, value=None, number=total))
    return sort_groups(merged)


def group_findings(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Group findings, the most frequent first."""
    first: dict[tuple[object, ...], Finding] = {}
    numbers: dict[tuple[object, ...], int] = {}
    for finding in findings:
        # The message about a duplicate value states where the other one is.
        states_line = finding.value is not None and finding.rule in _DUPLICATES
        message = None if states_line else finding.message
        place = finding.resource, finding.column, finding.value
        key = finding.severity, finding.rule, *place, message
        first.setdefault(key, finding)
        numbers[key] = numbers.get(key, 0) + 1
    return sort_groups(
        FindingGroup(number=numbers[key], **{name: getattr(each, name) for name in _NAMES})
        for key, each in first.items()
    )
