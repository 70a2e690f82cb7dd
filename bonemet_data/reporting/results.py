"""Results: findings and exact counts, without output formats."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from .finding import Finding, Severity
from .rules import Rule


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
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding], **attributes: Any) -> Self:
        """Build the results from findings, which are sorted and counted.

        Args:
            findings: Findings in any order; duplicates are dropped.
            **attributes: Other attributes, such as `title` and `rows`.
        """
        ordered = sorted(set(findings), key=Finding.sort_key)
        numbers = Counter((f.severity, f.rule, f.resource, f.column) for f in ordered)
        counts = tuple(
            Count(severity=severity, rule=rule, resource=resource, column=column, number=number)
            for (severity, rule, resource, column), number in numbers.items()
        )
        return cls(findings=tuple(ordered), counts=counts, **attributes)

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
