"""A finding: one thing that is wrong, or that could not be checked, and where it is."""

from dataclasses import dataclass
from enum import StrEnum

from .rules import Rule


class Severity(StrEnum):
    """How serious a finding is.

    Attributes:
        ERROR: The standard, or the schema, is broken.
        WARNING: The standard allows it, but good practice does not.
        NOT_CHECKED: It could not be checked: it is remote, unsupported or unreadable.
    """

    ERROR = "error"
    WARNING = "warning"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, or that could not be checked, and where it is.

    Attributes:
        severity: How serious it is.
        rule: Rule that is broken; Table Schema keywords keep their names.
        message: What is wrong, and the remedy where there is one.
        resource: Name of the resource, or None.
        file: Path of the file, or None for a frame.
        line: Line of the file where the record begins (the header is line 1), or None.
        row: Number of the record (the first one is 1, the header does not count), or None.
        column: Name of the column, names of a composite key joined by ", ", or the path of a
            property of the descriptor; None if the finding concerns no column.
        value: Text of the cell, or None.
        suggestion: Value that was probably meant, or None.

    See Also:
        Report: All findings about one package or table.

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

    @property
    def location(self) -> str:
        """File and line, or the number of the record in a frame; "" if neither is known."""
        place = self.file or self.resource or ""
        if self.line is not None:
            return f"{place}:{self.line}"
        if self.row is not None:
            return f"{place}: row {self.row}" if place else f"row {self.row}"
        return place

    def sentence(self) -> str:
        """Return column, value, message and suggestion as one line of plain text."""
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
        """Return the key that orders findings by rule, resource, line, row and column."""
        return (
            self.rule.order,
            self.resource or "",
            self.line or 0,
            self.row or 0,
            self.column or "",
            self.value or "",
            self.message,
        )
