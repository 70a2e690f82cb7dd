"""The engine: every batch of every table through its program, on several threads, in order."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

from ..extras import CHECK
from ..reporting._old_report import Report
from .batches import Batch
from .failures import FAILURES
from .keys import Across
from .plan import Rulebook
from .program import Outcome, Program
from .sources import Layout, Load, Table
from .tally import Tally

with CHECK:
    import numpy as np
    import polars as pl

Result = TypeVar("Result")

Progress: TypeAlias = Callable[[int, int], None]
"""Is told the records, and the bytes of files, that have been checked so far."""

_THREADS = (os.cpu_count() or 1) + 2
"""Polars has threads of its own; a few more batches under way keep all of them busy."""


def run(
    rulebook: Rulebook,
    found: Sequence[Table],
    tally: Tally,
    progress: Progress | None,
    folder: Path,
) -> Report:
    """Check tables against a rulebook, all together as one.

    Args:
        rulebook: the rules.
        found: the tables.
        tally: takes what fails.
        progress: is told how far it has come.
        folder: an empty folder that takes what is too much for memory.

    Raises:
        DataError: some data cannot be read; there is no report then.
    """
    across = Across(rulebook, folder)
    limit = None if tally.sink else tally.limit
    done = 0
    checked: list[tuple[Table, Program, range]] = []
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="bonemet-data") as pool:
        for table in found:
            check_header(rulebook, table, tally)
            if table.header is None:
                continue
            program = Program(rulebook, table.header)
            first = across.batches
            line = table.header_lines + 1
            outcomes = _in_order(pool, table.loads(program), partial(_run, program, limit))
            for _, size, outcome in outcomes:
                tally.add(outcome.failures, table.name, tally.rows + 1, line, outcome.counts)
                across.add(program, outcome, tally.rows + 1, line)
                tally.rows += outcome.rows
                tally.cells += outcome.cells
                line += outcome.lines
                done += size
                if progress:
                    progress(tally.rows, done)
            checked.append((table, program, range(first, across.batches)))
        if across.finish():
            for table, program, batches in checked:
                numbers = {number - batches.start for number in across.suspects(batches)}
                for number, _, batch in _in_order(pool, table.loads(program, numbers), _read):
                    across.again(batches.start + number, batch, table.name, program)
            for file, failures in across.failures():
                tally.add(failures, file, 0, 0)
            tally.cells += across.cells()
    return tally.report()


def _read(load: Load) -> Batch:
    return load.read()


def _run(program: Program, limit: int | None, load: Load) -> Outcome:
    outcome = program.run(load.read(), limit)
    return outcome._replace(hashes=tuple(map(np.sort, outcome.hashes)))  # as `Hashes` needs them


def _in_order(
    pool: ThreadPoolExecutor, loads: Iterator[Load], work: Callable[[Load], Result]
) -> Iterator[tuple[int, int, Result]]:
    """Do some work on batches on several threads; give number, size and result, in order."""
    waiting: deque[tuple[int, int, Future[Result]]] = deque()  # and not the batch: it is large
    try:
        for load in loads:
            waiting.append((load.number, load.size, pool.submit(work, load)))
            if len(waiting) > _THREADS:
                number, size, future = waiting.popleft()
                yield number, size, future.result()
        while waiting:
            number, size, future = waiting.popleft()
            yield number, size, future.result()
    finally:
        for _, _, future in waiting:
            future.cancel()


def check_header(rulebook: Rulebook, table: Layout, tally: Tally) -> None:
    """Tell what is wrong with the columns of a table as such."""
    wanted = rulebook.schema.names
    faults: list[tuple[str, str, str]] = []
    if table.header is None:
        message = "is no header that can be read: it must name the columns, in UTF-8"
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
