"""Results: findings and exact counts, without output formats."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar

from .finding import Finding, Severity
from .groups import FindingGroup, RuleResult, group_findings, sort_groups
from .provenance import Provenance
from .rules import Rule
from .selection import Selection

T = TypeVar("T", "Count", Finding, FindingGroup)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Exact number of findings with one severity, rule, resource and column.

    Attributes:
        severity: Severity of the findings.
        rule: Rule that is broken.
        resource: Name of the resource, or None.
        column: Name of the column, or None.
        number: Number of findings.

    See Also:
        Report: Report that contains the counts.

    Example:
        >>> import bonemet_data as bm
        >>> import pandas as pd
        >>> cohort = pd.DataFrame({"lesion_type": ["mixed", "lytic"]})
        >>> report = bm.check(cohort, columns={"lesion_type": "types"})
        >>> report.counts[0].number
        1
    """

    severity: Severity
    rule: Rule
    resource: str | None = None
    column: str | None = None
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Results:
    """Result of a check or a validation; `Report` adds the output formats."""

    title: str = ""
    resources: int | None = None
    rows: int = 0
    cells: int = 0
    counts: tuple[Count, ...] = ()
    findings: tuple[Finding, ...] = ()
    groups: tuple[FindingGroup, ...] = ()
    rules: tuple[RuleResult, ...] = ()
    notes: tuple[str, ...] = ()
    ignored: int = 0
    provenance: Provenance | None = field(default=None, compare=False)

    @classmethod
    def of(
        cls, findings: Iterable[Finding], parts: "Iterable[Results]" = (), **attributes: Any
    ) -> Self:
        """Build the results from findings, which are sorted and counted.

        Args:
            findings: Findings in any order; duplicates are dropped.
            parts: Results about parts, such as the tables of a package, whose counts are exact.
            **attributes: Other attributes, such as `title` and `rows`.
        """
        distinct, parts = set(findings), tuple(parts)
        numbers = Counter((f.severity, f.rule, f.resource, f.column) for f in distinct)
        for part in parts:
            for count in part.counts:
                numbers[count.severity, count.rule, count.resource, count.column] += count.number
        groups = sort_groups(
            (*group_findings(distinct), *(group for part in parts for group in part.groups))
        )
        rules = tuple(rule for part in parts for rule in part.rules)
        distinct.update(finding for part in parts for finding in part.findings)
        counts = tuple(
            Count(severity=severity, rule=rule, resource=resource, column=column, number=number)
            for (severity, rule, resource, column), number in sorted(
                numbers.items(), key=lambda item: (item[0][1].order, *map(str, item[0]))
            )
        )
        ordered = tuple(sorted(distinct, key=Finding.sort_key))
        return cls(findings=ordered, counts=counts, groups=groups, rules=rules, **attributes)

    def strict(self) -> Self:
        """Return the report with warnings turned into errors.

        Example:
            >>> import bonemet_data as bm
            >>> bm.validate_package().strict().valid
            True
        """
        return replace(
            self,
            counts=tuple(map(_as_error, self.counts)),
            findings=tuple(map(_as_error, self.findings)),
            groups=sort_groups(map(_as_error, self.groups)),
        )

    def ignore(self, *selections: str) -> Self:
        """Return the report without some findings. Their number is added to `ignored`.

        Args:
            *selections: Texts of the form `RULE`, `RULE@RESOURCE` or `RULE@RESOURCE.FIELD`. A table
                that was checked by itself has no name, so that its columns are `RULE@.FIELD`.

        Raises:
            UnknownNameError: There is no such rule; the message suggests similar names.

        Example:
            >>> import bonemet_data as bm
            >>> import pandas as pd
            >>> cohort = pd.DataFrame({"lesion_type": ["mixed", "lytic"]})
            >>> report = bm.check(cohort, columns={"lesion_type": "types"})
            >>> print(report.ignore("foreignKeys@.lesion_type"))
            ignored: 1
            valid: 2 rows
        """
        parsed = [Selection.parse(text) for text in selections]

        def is_kept(item: Count | Finding | FindingGroup | RuleResult) -> bool:
            return not any(each.includes(item.rule, item.resource, item.column) for each in parsed)

        return replace(
            self,
            counts=tuple(filter(is_kept, self.counts)),
            findings=tuple(filter(is_kept, self.findings)),
            groups=tuple(filter(is_kept, self.groups)),
            rules=tuple(filter(is_kept, self.rules)),
            ignored=self.ignored + sum(c.number for c in self.counts if not is_kept(c)),
        )

    @property
    def errors(self) -> int:
        """Number of errors."""
        return self._number(Severity.ERROR)

    @property
    def warnings(self) -> int:
        """Number of warnings."""
        return self._number(Severity.WARNING)

    @property
    def not_checked(self) -> int:
        """Number of findings with the severity `not_checked`."""
        return self._number(Severity.NOT_CHECKED)

    @property
    def complete(self) -> bool:
        """True if everything was checked."""
        return not self.not_checked

    @property
    def valid(self) -> bool:
        """True if there are no errors and everything was checked."""
        return not self.errors and self.complete

    def _number(self, severity: Severity) -> int:
        return sum(count.number for count in self.counts if count.severity is severity)


def _as_error(item: T) -> T:
    """Return a finding, count or group with the severity "error" if it is a warning."""
    if item.severity is not Severity.WARNING:
        return item
    return replace(item, severity=Severity.ERROR)
