"""The engine: every batch of every table through its program, on several threads, in order."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeAlias

from .._extras import CHECK
from .across import Across
from .program import FAILURES, Outcome, Program
from .report import Count, Failure, Report
from .rulebook import Rulebook
from .source import Layout, Load, Table

with CHECK:
    import polars as pl

Progress: TypeAlias = Callable[[int, int], None]
"""Is told the records, and the bytes of files, that have been checked so far."""

Sink: TypeAlias = Callable[[pl.DataFrame], None]
"""Takes every failure, in frames with the columns of `Failure`."""

_THREADS = (os.cpu_count() or 1) + 2
"""Polars has threads of its own; a few more batches under way keep all of them busy."""

_SPARE = 16
"""Times the failures that are wanted, which may be kept before they are sorted."""


class Tally:
    """The counts and the first failures, as they come in."""

    def __init__(self, limit: int, sink: Sink | None) -> None:
        self.rows = self.cells = 0
        self.counts: dict[tuple[str, str], int] = {}
        self.first: list[Failure] = []
        self.limit, self.sink = limit, sink

    def add(self, failures: pl.DataFrame, file: str | None, row: int, line: int) -> None:
        """Take failures of one batch, whose first record has that number and line."""
        if not failures.height:
            return
        placed = located(failures, file, row, line)
        self.count(placed.group_by("rule", "column").len().rows())
        self.show(placed)

    def count(self, counts: Iterable[tuple[str, str, int]]) -> None:
        """Count failures by rule and column."""
        for rule, column, count in counts:
            self.counts[rule, column] = self.counts.get((rule, column), 0) + count

    def show(self, placed: pl.DataFrame) -> None:
        """Take failures that have been counted, in order, with absolute records and lines."""
        if self.sink:
            self.sink(placed)
        self.first += [Failure(*each) for each in placed.head(self.limit).rows()]
        if len(self.first) > _SPARE * self.limit:
            self._shorten()

    def report(self) -> Report:
        """Give the report."""
        counts = [Count(*key, number) for key, number in self.counts.items()]
        counts.sort(key=lambda count: (-count.failures, count.rule, count.column))
        self._shorten()
        return Report(self.rows, self.cells, tuple(counts), tuple(self.first))

    def _shorten(self) -> None:
        self.first.sort(key=lambda each: (each.row or 0, each.line or 0))
        del self.first[self.limit :]


def located(failures: pl.DataFrame, file: str | None, row: int, line: int) -> pl.DataFrame:
    """Give failures of one batch, in order, the columns of `Failure`."""
    return failures.select(
        pl.lit(file, pl.String).alias("file"),
        pl.col("line") + line,
        pl.col("row") + row,
        *("column", "value", "rule", "message", "suggestion"),
    ).sort("row", "line", maintain_order=True)


def run(
    rulebook: Rulebook, found: Sequence[Table], tally: Tally, progress: Progress | None
) -> Report:
    """Check tables against a rulebook, all together as one.

    Args:
        rulebook: the rules.
        found: the tables.
        tally: takes what fails.
        progress: is told how far it has come.

    Raises:
        DataError: some data cannot be read; there is no report then.
    """
    across = Across(rulebook)
    done = 0
    programs: list[tuple[Table, Program, int]] = []
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="bonemet-data") as pool:
        for table in found:
            check_header(rulebook, table, tally)
            if table.header is None:
                continue
            program = Program(rulebook, table.header)
            programs.append((table, program, tally.rows))
            line = table.header_lines + 1
            for size, outcome in _outcomes(pool, program, table.loads(program)):
                tally.add(outcome.failures, table.name, tally.rows + 1, line)
                across.add(program, outcome)
                tally.rows += outcome.rows
                tally.cells += outcome.cells
                line += outcome.lines
                done += size
                if progress:
                    progress(tally.rows, done)
        if across.finish():
            for table, program, row in programs:
                across.table(table, program, row + 1)
            for file, failures in across.failures():
                tally.add(failures, file, 0, 0)
            tally.cells += across.cells()
    return tally.report()


def _outcomes(
    pool: ThreadPoolExecutor, program: Program, loads: Iterator[Load]
) -> Iterator[tuple[int, Outcome]]:
    """Run batches on several threads, and give what they gave in order."""
    waiting: deque[tuple[int, Future[Outcome]]] = deque()
    lists = True

    def work(load: Load, lists: bool) -> Outcome:
        batch, held = load.read(lists)
        return program.run(batch, held)

    try:
        for load in loads:
            waiting.append((load.size, pool.submit(work, load, lists)))
            if len(waiting) > _THREADS:
                size, future = waiting.popleft()
                outcome = future.result()
                lists = outcome.lists_held or not outcome.failures.height
                yield size, outcome
        while waiting:
            size, future = waiting.popleft()
            yield size, future.result()
    finally:
        for _, future in waiting:
            future.cancel()


def check_header(rulebook: Rulebook, table: Layout, tally: Tally) -> None:
    """Tell what is wrong with the columns of a table as such."""
    wanted = rulebook.schema.names
    faults: list[tuple[str, str, str]] = []
    if table.header is None:
        message = "there is no header: the first line must name the columns"
        faults.append(("", "not-csv", message))
    else:
        header = table.header
        twice = dict.fromkeys(name for name in header if header.count(name) > 1)
        faults += [(name, "duplicate-header", "stands twice: rename one") for name in twice]
        absent = [name for name in wanted if name not in header]
        faults += [(name, "columns", "is missing: add the column") for name in absent]
        if rulebook.exact:
            extra = dict.fromkeys(name for name in header if name not in wanted)
            message = "is not in the schema: remove it, or describe it there"
            faults += [(name, "columns", message) for name in extra]
            if not (twice or absent or extra) and header != wanted:
                faults.append(("", "columns", f"must be, in this order: {', '.join(wanted)}"))
    if faults:
        is_file = bool(table.header_lines) or table.header is None
        line = 0 if is_file else None
        rows = [(None, line, column, None, rule, words, None) for column, rule, words in faults]
        tally.add(pl.DataFrame(rows, schema=FAILURES, orient="row"), table.name, 0, 1)
