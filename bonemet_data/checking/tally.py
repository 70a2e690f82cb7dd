"""The tally: counts and the first failures of a check, as they come in."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import TypeAlias

from ..extras import CHECK
from ..reporting._old_report import Count, Failure, Report

with CHECK:
    import polars as pl

Sink: TypeAlias = Callable[[pl.DataFrame], None]
"""Takes every failure, in frames with the columns of `Failure`."""

Counts: TypeAlias = Iterable[tuple[str, str, int]]
"""Rules and columns, and how many failures there are of each."""


class Tally:
    """The counts and the first failures, as they come in.

    Args:
        limit: how many failures are kept in full.
        sink: takes all of them, if there is one.
    """

    def __init__(self, limit: int, sink: Sink | None) -> None:
        self.rows = self.cells = 0
        self.counts: dict[tuple[str, str], int] = {}
        self.first: list[Failure] = []
        self.limit, self.sink = limit, sink

    def add(
        self,
        failures: pl.DataFrame,
        file: str | None,
        row: int,
        line: int,
        counts: Counts | None = None,
    ) -> None:
        """Take failures in order.

        Args:
            failures: a frame of failures.
            file: what they are in.
            row: the number of the record from which they count.
            line: the line from which they count.
            counts: how many there are, if these are only the first.
        """
        if counts is None:
            counts = failures.group_by("rule", "column").len().rows()
        self.count(counts)
        full = self._full(row) and not failures["row"].null_count()
        if failures.height and (self.sink or not full):
            self.show(located(failures, file, row, line))

    def count(self, counts: Counts) -> None:
        """Count failures by rule and column."""
        for rule, column, count in counts:
            self.counts[rule, column] = self.counts.get((rule, column), 0) + count

    def show(self, placed: pl.DataFrame) -> None:
        """Take failures that have been counted, in order, with absolute records and lines."""
        if self.sink:
            self.sink(placed)
        self.first += [Failure(*each) for each in placed.head(self.limit).rows()]
        self.first.sort(key=_place)
        del self.first[self.limit :]

    def report(self) -> Report:
        """Give the report."""
        counts = [Count(*key, number) for key, number in self.counts.items()]
        counts.sort(key=lambda count: (-count.failures, count.rule, count.column))
        return Report(self.rows, self.cells, tuple(counts), tuple(self.first))

    def _full(self, row: int) -> bool:
        """Tell whether no failure from a row on can be among the first."""
        if len(self.first) < self.limit:
            return False
        return self.limit == 0 or _place(self.first[-1]) <= (row, 0)


def located(failures: pl.DataFrame, file: str | None, row: int, line: int) -> pl.DataFrame:
    """Give failures the columns of `Failure`."""
    placed = failures.with_columns(
        pl.col("line") + line, pl.col("row") + row, file=pl.lit(file, pl.String)
    )
    return placed.select(field.name for field in fields(Failure))


def _place(failure: Failure) -> tuple[int, int]:
    return failure.row or 0, failure.line or 0
