"""The report of a check: what was read, what failed, how often, and where."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Failure:
    """One rule that one cell, key or record breaks.

    Args:
        file: the file as it was named, or None for a frame.
        line: the line of the file on which the record begins, where the header is line 1; None
            where the data are not lines.
        row: the number of the record, from 1, without the header; over all files.
        column: the column's name; for a key of several its names, joined by ", "; "" for a
            failure of the record as a whole.
        value: the cell as it stands in the data; None where there is none.
        rule: the keyword of Table Schema that is broken, or the code of a malformed record.
        message: what is wrong, for people.
        suggestion: the published id that is probably meant, or None.
    """

    file: str | None
    line: int | None
    row: int | None
    column: str
    value: str | None
    rule: str
    message: str
    suggestion: str | None


@dataclass(frozen=True)
class Count:
    """How often a rule is broken in a column, exactly."""

    rule: str
    column: str
    failures: int


@dataclass(frozen=True)
class Report:
    """What a check found.

    Args:
        rows: how many records were read.
        cells: how many cells break at least one rule.
        counts: the exact number of failures by rule and column, most frequent first.
        failures: the first in full: those of headers and malformed records, then by record.

    Example:
        >>> import bonemet_data as bm
        >>> report = bm.check(bm.types(), columns={"type_id": "types"})
        >>> report.valid, report.rows
        (True, 3)
    """

    rows: int
    cells: int
    counts: tuple[Count, ...]
    failures: tuple[Failure, ...]

    @property
    def valid(self) -> bool:
        """Whether nothing failed."""
        return not self.counts

    @property
    def failed(self) -> int:
        """The number of failures in all: a cell that breaks two rules is two."""
        return sum(count.failures for count in self.counts)
