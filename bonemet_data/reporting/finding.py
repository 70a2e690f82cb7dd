"""Findings: errors, warnings, and parts that could not be checked."""

from dataclasses import dataclass
from enum import StrEnum

from .rules import Rule


class Severity(StrEnum):
    """Severity of a finding.

    Attributes:
        ERROR: The data or the descriptor violate the schema or the Data Package standard.
        WARNING: The standard allows the data, but they can cause problems in other software.
        NOT_CHECKED: Data could not be checked, because they are remote, unreadable or use a feature
            that is not implemented.

    See Also:
        Finding: One error, warning, or part that could not be checked.

    Example:
        >>> from bonemet_data import Severity
        >>> Severity("error").name
        'ERROR'
    """

    ERROR = "error"
    WARNING = "warning"
    NOT_CHECKED = "not_checked"

    @property
    def label(self) -> str:
        """Name with spaces, such as "not checked"."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One error, warning, or part that could not be checked, with its location.

    Attributes:
        severity: Severity of the finding.
        rule: Rule that is broken. For a constraint, its Table Schema keyword.
        message: Description of the problem, and the next step.
        resource: Name of the resource, or None.
        file: Path of the file; None for a frame.
        line: Line of the file on which the record begins (the header is line 1), or None.
        row: Number of the record (the first record is 1), or None.
        column: Name of the column, names of a composite key joined by ", ", or path of a property
            of the descriptor; None if the finding does not concern a column.
        value: Text of the cell, or None.
        suggestion: Value that was probably meant, or None.
        scope: How the suggestion was found: "exact", "narrower", "broader" or "related" for a name
            of a concept with this scope, "near" for a similar spelling; None without a suggestion.

    See Also:
        Report: All findings about one data package or table.

    Example:
        >>> from bonemet_data import Finding, Rule, Severity
        >>> print(
        ...     Finding(
        ...         severity=Severity.ERROR,
        ...         rule=Rule.FOREIGN_KEYS,
        ...         message="not found in types.type_id",
        ...         file="cohort.csv",
        ...         line=3,
        ...         row=2,
        ...         column="lesion_type",
        ...         value="Mixed",
        ...         suggestion="mixed",
        ...     )
        ... )
        cohort.csv:3: lesion_type: 'Mixed' not found in types.type_id; did you mean 'mixed'?
    """

    severity: Severity
    rule: Rule
    message: str
    resource: str | None = None
    file: str | None = None
    line: int | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    suggestion: str | None = None
    scope: str | None = None

    @property
    def location(self) -> str:
        """File and line, or row, as text; "" if the location is unknown."""
        return self.location_in(self.file or self.resource or "")

    def location_in(self, source: str) -> str:
        """Return line or row as text, after the name of a file or resource unless it is ""."""
        if self.line is not None:
            return f"{source}:{self.line}" if source else f"line {self.line}"
        if self.row is not None:
            return f"{source}: row {self.row}" if source else f"row {self.row}"
        return source

    def sentence(self) -> str:
        """Return column, value, message and suggestion as one line of text."""
        from .escaping import printable, quoted

        subject = f"{self.column}: " if self.column else ""
        value = "" if self.value is None else f"{quoted(self.value)} "
        hint = f"; did you mean {quoted(self.suggestion)}?" if self.suggestion else ""
        return printable(f"{subject}{value}{self.message}{hint}")

    def __str__(self) -> str:
        from .escaping import printable

        location = self.location
        return f"{printable(location)}: {self.sentence()}" if location else self.sentence()

    def sort_key(self) -> tuple[int, str, int, int, str, str, str]:
        """Return a key that sorts findings by rule, resource, line, row and column."""
        return (
            self.rule.order,
            self.resource or "",
            self.line or 0,
            self.row or 0,
            self.column or "",
            self.value or "",
            self.message,
        )
