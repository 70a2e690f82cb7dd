"""Collect the findings of a check: all of them in groups, and the first ones in full."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, fields
from typing import Any, TypeAlias

from ..extras import CHECK
from ..reporting.finding import Finding, Severity
from ..reporting.groups import sort_groups
from ..reporting.report import Report
from ..reporting.results import Count
from .group_store import NOT_CHECKED, RULES, GroupStore
from .plan import CheckedRule

with CHECK:
    import polars as pl

COLUMNS = {
    field.name: pl.Int64() if field.name in {"line", "row"} else pl.String()
    for field in fields(Finding)
}
"""Columns of a frame of findings in a report or an output file: the attributes of a finding."""

Sink: TypeAlias = Callable[[pl.DataFrame], None]
"""Function that receives all findings, in frames with the columns `COLUMNS`."""

_LINE, _ROW = [*COLUMNS].index("line"), [*COLUMNS].index("row")


class Collector:
    """Collector of the groups of findings and of the first findings.

    Args:
        limit: Number of findings to keep in full.
        sink: Function that receives all findings, or None.
        resource: Name of the resource that is checked, or None.

    Attributes:
        rows: Number of records.
        cells: Number of invalid cells.
    """

    def __init__(self, limit: int, sink: Sink | None = None, resource: str | None = None) -> None:
        self.rows = self.cells = 0
        self.limit, self.sink, self._resource = limit, sink, resource
        self._groups = GroupStore(resource)
        self._first: list[tuple[Any, ...]] = []
        self._others: list[Finding] = []

    @property
    def batch_limit(self) -> int | None:
        """Maximum number of findings to return for a batch; None for all."""
        return None if self.sink else self.limit

    def add(
        self, frame: pl.DataFrame, groups: pl.DataFrame, file: str | None, row: int, line: int
    ) -> None:
        """Add the findings of a batch.

        Args:
            frame: The findings, or only the first ones.
            groups: All findings of the batch, grouped.
            file: Path of the file, or None.
            row: Row of the first record of the batch.
            line: Line of the first record of the batch.
        """
        if groups.height:
            self.add_groups(locate(groups, file, row, line))
        if frame.height and (self.sink or frame["row"].null_count() or self._needs(row)):
            self.add_located(locate(frame, file, row, line))

    def add_groups(self, groups: pl.DataFrame) -> None:
        """Add groups that have the lines and rows of the file, in the order of the data."""
        self._groups.add(groups)

    def add_rules(self, rules: Iterable[CheckedRule], rows: int) -> None:
        """Add the rules that were checked for the rows of a table."""
        self._groups.add_rules(rules, rows)

    def add_located(self, frame: pl.DataFrame) -> None:
        """Add findings that have the lines and rows of the file, without counting them."""
        frame = frame.with_columns(
            severity=pl.when(pl.col("rule").is_in(NOT_CHECKED))
            .then(pl.lit(Severity.NOT_CHECKED.value))
            .otherwise(pl.lit(Severity.ERROR.value)),
            resource=pl.lit(self._resource, pl.String),
        ).select(*COLUMNS)
        if self.sink:
            self.sink(frame)
        self._first += frame.head(self.limit).rows()
        self._first.sort(key=_row_and_line)
        del self._first[self.limit :]

    def add_finding(self, finding: Finding) -> None:
        """Add a finding about the whole table."""
        self._others.append(finding)
        if self.sink:
            self.sink(pl.DataFrame([asdict(finding)], COLUMNS))

    def report(self, title: str = "") -> Report:
        """Build the report.

        Args:
            title: Title of the report.
        """
        results = self._groups.results()
        report = Report(
            title=title,
            rows=self.rows,
            cells=self.cells,
            counts=tuple(
                Count(
                    severity=Severity.NOT_CHECKED if rule in NOT_CHECKED else Severity.ERROR,
                    rule=RULES[rule],
                    resource=self._resource,
                    column=column,
                    number=number,
                )
                for (rule, column), number in sorted(
                    results.counts.items(), key=lambda item: (-item[1], *map(str, item[0]))
                )
            ),
            groups=sort_groups(results.groups),
            rules=tuple(results.rules),
            notes=(results.note,) if results.note else (),
            findings=tuple(_finding(dict(zip(COLUMNS, row, strict=True))) for row in self._first),
        )
        if not self._others:
            return report
        exact = {"rows": report.rows, "cells": report.cells, "notes": report.notes}
        return Report.of(self._others, [report], title=title, **exact)

    def _needs(self, row: int) -> bool:
        """Return whether a finding in this row or later can be one of the first findings."""
        if len(self._first) < self.limit:
            return True
        return self.limit > 0 and _row_and_line(self._first[-1]) > (row, 0)


def locate(frame: pl.DataFrame, file: str | None, row: int, line: int) -> pl.DataFrame:
    """Convert the lines and rows of a batch to lines and rows of the file."""
    return frame.with_columns(
        pl.col("line") + line, pl.col("row") + row, file=pl.lit(file, pl.String)
    )


def _row_and_line(finding: tuple[Any, ...]) -> tuple[int, int]:
    return finding[_ROW] or 0, finding[_LINE] or 0


def _finding(attributes: dict[str, Any]) -> Finding:
    severity, rule = Severity(attributes.pop("severity")), RULES[attributes.pop("rule")]
    return Finding(severity=severity, rule=rule, **attributes)
