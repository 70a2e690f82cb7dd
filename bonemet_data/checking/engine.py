"""Run the batches of all tables through their checkers, on several threads and in order."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Protocol, TypeAlias, TypeVar

from ..extras import CHECK
from ..reading.batches import PendingBatch
from ..reading.tables import Table
from ..reading.temporary_files import Scratch
from ..reporting.escaping import quoted
from .batch_checker import BatchChecker, BatchResult
from .collector import Collector, locate
from .finding_frames import FINDINGS
from .group_frames import group_findings
from .keys import BatchStart, KeyChecker, digest
from .plan import Plan

with CHECK:
    import numpy as np
    import polars as pl

Result = TypeVar("Result")

_NAMES = 20
"""Maximum number of columns that the finding about a header names."""

_LONGEST_NAME = 80
"""Maximum number of characters of a name in that finding."""

Progress: TypeAlias = Callable[[int, int], None]
"""Function to call with the numbers of records and bytes checked so far."""


class HasHeader(Protocol):
    """A table of any engine: a file, a frame, or a Spark DataFrame."""

    header: tuple[str, ...] | None
    probable_header: tuple[str, ...]
    header_lines: int

    @property
    def name(self) -> str | None:
        """Name of the file in findings, or None."""

    def fit_rows(self) -> None:
        """Resize a header that is wrong to the number of cells of most rows."""


_THREADS = (os.cpu_count() or 1) + 2
"""Number of batches in progress: a few more than cores keep all threads of Polars busy."""


def check_tables(
    plan: Plan,
    tables: Sequence[Table],
    collector: Collector,
    scratch: Scratch,
    progress: Progress | None = None,
    *,
    locate_duplicates: bool = True,
) -> None:
    """Check tables against a plan, as parts of one table.

    Args:
        plan: The plan.
        tables: The tables.
        collector: Collector of the findings.
        scratch: Temporary folder for hashes that do not fit in memory.
        progress: Function to call after each batch.
        locate_duplicates: Whether to find the records with duplicate keys; otherwise, a unique key
            whose hashes are not unique counts as one finding.

    Raises:
        DataError: Data cannot be read, or changed during the check.
    """
    keys = KeyChecker(plan, scratch)
    size = 0
    checked: list[tuple[Table, BatchChecker, range]] = []
    for table in tables:
        check_header(plan, table, collector)
        if table.header is None:
            continue
        checker = BatchChecker(plan, table.header)
        first = keys.batches
        first_row, first_line = collector.rows, table.header_lines + 1
        line = first_line
        work = partial(_check, checker, collector.batch_limit)
        for _, batch_size, (result, checksum) in _in_order(table.batches(checker.columns), work):
            row = collector.rows + 1
            collector.add(result.findings, result.groups, table.name, row, line)
            keys.add(result, BatchStart(row, line, checksum))
            collector.rows += result.rows
            collector.cells += result.cells
            line += result.lines
            size += batch_size
            if progress:
                progress(collector.rows, size)
        rules = plan.rules(table.header, has_lines=line > first_line)
        collector.add_rules(rules, collector.rows - first_row)
        checked.append((table, checker, range(first, keys.batches)))
    needs_records = keys.finish()
    if not locate_duplicates:
        rows = [
            (None, None, ", ".join(key.columns), None, key.keyword, "duplicate values", None, None)
            for key in keys.repeated
        ]
        frame = pl.DataFrame(rows, schema=FINDINGS, orient="row")
        collector.add_groups(group_findings(locate(frame, None, 0, 0)))
    elif needs_records:
        for table, checker, batches in checked:
            numbers = {number - batches.start for number in keys.batches_to_read(batches)}
            for number, _, batch in _in_order(
                table.batches(checker.columns, numbers), checker.parse
            ):
                keys.read_again(batches.start + number, batch, table.name, checker)
        findings, cells = keys.findings()
        collector.add_groups(group_findings(findings))
        collector.add_located(findings)
        collector.cells += cells


def _check(
    checker: BatchChecker, limit: int | None, pending: PendingBatch
) -> tuple[BatchResult, int]:
    """Check a batch; return the result, with sorted hashes, and the checksum of its keys."""
    result = checker.check(checker.parse(pending), limit)
    checksum = digest(result.hashes.values())
    hashes = {index: np.sort(values) for index, values in result.hashes.items()}
    return replace(result, hashes=hashes), checksum


def _in_order(
    batches: Iterable[PendingBatch], work: Callable[[PendingBatch], Result]
) -> Iterator[tuple[int, int, Result]]:
    """Iterate over the number, size and result of each batch, computed on several threads."""
    iterator = iter(batches)
    head = deque(islice(iterator, 2))
    if len(head) < 2:
        yield from ((batch.number, batch.size, work(batch)) for batch in head)
        return
    waiting: deque[tuple[int, int, Future[Result]]] = deque()  # no batches: they are large
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="bonemet-data") as pool:
        try:
            while batch := head.popleft() if head else next(iterator, None):
                waiting.append((batch.number, batch.size, pool.submit(work, batch)))
                del batch
                if len(waiting) > _THREADS:
                    number, size, future = waiting.popleft()
                    yield number, size, future.result()
            while waiting:
                number, size, future = waiting.popleft()
                yield number, size, future.result()
        finally:
            for _, _, future in waiting:
                future.cancel()


def check_header(plan: Plan, table: HasHeader, collector: Collector) -> None:
    """Check the names of the columns of a table.

    Args:
        plan: The plan.
        table: The table, whose header is replaced if it is malformed, and resized if it is wrong
            and does not fit the rows.
        collector: Collector of the findings.
    """
    faults: list[tuple[str, str | None, str]] = []
    header = table.header
    if header is None:
        message = (
            "no valid header: write the names of the columns in the first line, in UTF-8, and "
            "close every quote"
        )
        faults.append(("not-csv", None, message))
        _use_probable_header(plan, table)
    else:
        faults += _header_faults(plan, header)
    if header is not None and any(rule == "columns" for rule, _, _ in faults):
        table.fit_rows()
    if table.header is not None and header is not None and len(table.header) != len(header):
        rule, column, text = faults.pop()
        text += f"; cells in the header: {len(header)}, in the rows: {len(table.header)}"
        faults.append((rule, column, text))
    if faults:
        line = 0 if table.header_lines else None
        rows = [(line, None, column, None, rule, text, None, None) for rule, column, text in faults]
        frame = locate(pl.DataFrame(rows, schema=FINDINGS, orient="row"), table.name, 0, 1)
        collector.add_groups(group_findings(frame))
        collector.add_located(frame)


def _use_probable_header(plan: Plan, table: HasHeader) -> None:
    """Replace a malformed header by the probable names, if they fit the schema and the rows."""
    if not {*table.probable_header}.isdisjoint(plan.schema.names):
        table.header = table.probable_header
        table.fit_rows()
        if len(table.header) != len(table.probable_header):
            table.header = None


def _header_faults(plan: Plan, header: tuple[str, ...]) -> list[tuple[str, str | None, str]]:
    """Return the repeated columns, and one fault about all columns that are missing or unknown."""
    seen: set[str] = set()
    repeated = dict.fromkeys(name for name in header if name in seen or seen.add(name))  # type: ignore[func-returns-value]
    duplicate = "duplicate column name: rename one of the columns"
    faults: list[tuple[str, str | None, str]] = [
        ("duplicate-header", name, duplicate)
        for name in repeated
        if name not in plan.schema.repeated_names
    ]
    expected = plan.schema.names
    missing = [name for name in expected if name not in seen]
    known = {*expected}
    extra = [name for name in dict.fromkeys(header) if name not in known]
    match plan.fields_match:
        case "subset":
            extra = []
        case "superset":
            missing = []
        case "partial":
            extra = []
            missing = [] if len(missing) < len(expected) else missing
    parts = []
    if missing:
        one = "add it" if len(missing) == 1 else "add them"
        noun = "column" if len(missing) == 1 else "columns"
        parts.append(f"missing {noun}{_listed(missing)}: {one} to the data")
    if extra:
        parts.append(
            f"column{_listed(extra)} not in the schema: remove it, or add a field to the schema"
            if len(extra) == 1
            else f"columns{_listed(extra)} not in the schema: remove them, or add fields"
        )
    if parts:
        names = [*missing, *extra]
        faults.append(("columns", names[0] if len(names) == 1 else None, "; ".join(parts)))
    elif plan.fields_match == "exact" and not faults and tuple(dict.fromkeys(header)) != expected:
        order = f"wrong column order: reorder the columns to{_listed(expected)}"
        faults.append(("columns", None, order))
    return faults


def _listed(names: Sequence[str]) -> str:
    """Return the first names as text."""
    rest = f" and {len(names) - _NAMES:,} more" if len(names) > _NAMES else ""
    shown = (name if 0 < len(name) < _LONGEST_NAME else quoted(name) for name in names[:_NAMES])
    return f" {', '.join(shown)}{rest}"
