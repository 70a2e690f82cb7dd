"""Results: findings and their exact numbers, without any format."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from .finding import Finding, Severity
from .rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Exact number of findings of one rule in one column.

    Attributes:
        severity: Severity of the findings.
        rule: Rule that is broken.
        resource: Name of the resource, or None.
        column: Name of the column, or None.
        number: How many findings there are.
    """

    severity: Severity
    rule: Rule
    resource: str | None = None
    column: str | None = None
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Results:
    """What a check or a validation found; see `Report`, which adds the formats."""

    title: str = ""
    resources: int | None = None
    rows: int = 0
    cells: int = 0
    counts: tuple[Count, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding], **attributes: Any) -> Self:
        """Return the results with all findings, sorted and counted.

        Args:
            findings: Findings in any order; equal ones count once.
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
        """Number of findings about what could not be checked."""
        return self._number(Severity.NOT_CHECKED)

    @property
    def complete(self) -> bool:
        """True if everything was checked."""
        return not self.not_checked

    @property
    def valid(self) -> bool:
        """True if there is no error and everything was checked."""
        return not self.errors and self.complete

    def _number(self, severity: Severity) -> int:
        return sum(count.number for count in self.counts if count.severity is severity)
