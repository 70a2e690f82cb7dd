"""Run a check on Spark, with the same report as on one machine."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from typing import Any

from ...errors import ArgumentError, DataError, UnsupportedFrameError
from ...extras import CHECK, SPARK
from ...reading.sources import STANDARD_INPUT, ReadOptions, find_tables
from ...reading.tables import ColumnarTable, CsvTable
from ..collector import Collector, locate
from ..engine import Progress, check_header
from ..keys import BatchStart
from ..plan import Plan
from .arrow_rows import RESULT, software, unpack
from .jobs import Jobs, SparkSource, SparkTable, collect, one_line_errors
from .keys import SparkKeyChecker
from .pieces import MAX_PIECES, table_index
from .worker import Work, check_batches

with CHECK:
    import polars as pl
with SPARK:
    from pyspark import SparkContext
    from pyspark.sql import DataFrame, SparkSession

_TOTALS = dict.fromkeys(("piece_id", "rows", "lines"), pl.Int64())

_SMALL_COLUMNS = (
    *("piece_id", "batch", "size", "rows", "lines", "cells", "findings", "rowless"),
    *("digest", "software", "error"),
)


def find_spark_tables(
    data: object, options: ReadOptions, output: str | PathLike[str] | None = None
) -> list[SparkSource]:
    """Return the tables of data that Spark workers can read.

    Args:
        data: A path, glob pattern, folder, Spark DataFrame, or a list of these.
        options: How files are read.
        output: Path of a file that will be written. It must not be one of the input files.

    Raises:
        ArgumentError: The list is empty, or the separator is not one ASCII character.
        DataError: A file does not exist, or its suffix is not supported.
        OutputError: The output is one of the input files.
        UnsupportedFrameError: The data are neither a path nor a Spark DataFrame, or workers cannot
            read their format.
    """
    if isinstance(data, list | tuple) and data:
        return [table for item in data for table in find_spark_tables(item, options, output)]
    if isinstance(data, DataFrame):
        with one_line_errors():
            return [SparkTable(data)]
    is_standard_input = isinstance(data, str) and data == STANDARD_INPUT
    if is_standard_input or not isinstance(data, str | Path | list | tuple):
        what = "standard input" if is_standard_input else f"a {type(data).__name__} in memory"
        raise UnsupportedFrameError(
            f"Spark workers cannot read {what}: "
            'pass engine="polars", or pass paths or a Spark DataFrame.'
        )
    found: list[SparkSource] = []
    for table in find_tables(data, options, None, output):
        if not isinstance(table, CsvTable | ColumnarTable):
            raise UnsupportedFrameError(
                f"Spark workers cannot read the format or dialect of {table.name}: "
                'pass engine="polars".'
            )
        found.append(table)
    return found


def check_tables(
    plan: Plan,
    tables: Sequence[SparkSource],
    collector: Collector,
    progress: Progress | None,
    session: SparkSession | None,
) -> None:
    """Check tables against a plan, as parts of one table.

    Args:
        plan: The plan.
        tables: The tables.
        collector: Collector of the findings.
        progress: Function to call after all batches have been checked, and at the end.
        session: The Spark session; None for the active session, or a new one.

    Raises:
        DataError: Data cannot be read, or changed during the check.
        ArgumentError: `session` is not a Spark session.
    """
    if session is not None and not hasattr(session, "range"):
        raise ArgumentError(f"spark must be a SparkSession, not a {type(session).__name__}.")
    for table in tables:
        check_header(plan, table, collector)
    with ExitStack() as stack:
        stack.enter_context(one_line_errors())
        jobs = Jobs(session or _session(tables), plan, tables)
        results = jobs.run(RESULT, Work(check_batches, (collector.batch_limit,)))
        if results is None:
            _add_rules(plan, tables, pl.DataFrame(schema=_TOTALS), collector)
            return
        stack.callback(results.persist().unpersist)
        summaries = _summaries(results, tables)
        collector.rows += int(summaries["rows"].sum())
        collector.cells += int(summaries["cells"].sum())
        _add_rules(plan, tables, summaries, collector)
        starts = {
            (s["piece_id"], s["batch"]): BatchStart(s["row"], s["line"], s["digest"])
            for s in summaries.iter_rows(named=True)
        }

        def located(piece_id: int, batch: int, packed: bytes) -> pl.DataFrame:
            start, file = starts[piece_id, batch], tables[table_index(piece_id)].name
            return locate(unpack(packed), file, start.row, start.line)

        if summaries["findings"].sum():
            for packed in _packed_groups(results):
                collector.add_groups(located(*packed))
        for packed in _packed_findings(results, summaries, collector):
            collector.add_located(located(*packed))
        size = int(summaries["size"].sum())
        if progress:
            progress(collector.rows, size)
        if plan.relations:
            SparkKeyChecker(plan, results, stack).check(jobs, starts, collector)
    if progress:
        progress(collector.rows, size)


def _session(tables: Sequence[SparkSource]) -> SparkSession:
    for table in tables:
        if isinstance(table, SparkTable):
            return table.frame.sparkSession
    return SparkSession.getActiveSession() or _new_session()


def _new_session() -> SparkSession:
    """Create a session; workers on this machine use the current Python interpreter."""
    other = SparkContext._active_spark_context  # of another thread
    session = SparkSession.builder.getOrCreate()
    context = getattr(session, "sparkContext", None)
    if other or context is None or "PYSPARK_PYTHON" in os.environ:  # None: a remote session
        return session
    if str(context.master).startswith("local"):
        context.pythonExec = sys.executable
    return session


def _summaries(results: DataFrame, tables: Sequence[SparkSource]) -> pl.DataFrame:
    """Return one row per batch, in order, with the row and line of its first record."""
    once = results.filter("rows is not null or error is not null").select(*_SMALL_COLUMNS)
    summaries = collect(once).sort("piece_id", "batch")
    for used in summaries["software"].unique():
        if used != software():
            raise DataError(
                f"a worker of Spark has {used}, but the driver has {software()}: "
                "install the same versions on the driver and on all workers."
            )
    if summaries.select("piece_id", "batch").is_duplicated().any():
        raise DataError(
            "two partitions of the Spark DataFrame have the same number: "
            "write the DataFrame to files, and check the files."
        )
    first_lines = pl.Series([table.header_lines + 1 for table in tables])
    table = summaries["piece_id"] // MAX_PIECES
    rows, lines = pl.col("rows"), pl.col("lines")
    return summaries.with_columns(
        row=rows.cum_sum() - rows + 1,
        line=(lines.cum_sum() - lines).over(table) + first_lines.gather(table),
    )


def _add_rules(
    plan: Plan, tables: Sequence[SparkSource], summaries: pl.DataFrame, collector: Collector
) -> None:
    """Add the rules that were checked for each table, in the order of the tables."""
    table = (summaries["piece_id"] // MAX_PIECES).alias("table")
    sums = summaries.group_by(table).agg(pl.col("rows", "lines").sum())
    totals = {index: (rows, lines) for index, rows, lines in sums.rows()}
    for index, source in enumerate(tables):
        if source.header is not None:
            rows, lines = totals.get(index, (0, 0))
            collector.add_rules(plan.rules(source.header, has_lines=lines > 0), rows)


def _packed_groups(results: DataFrame) -> Iterator[tuple[int, int, bytes]]:
    """Iterate over the groups of batches, in order."""
    packed = results.filter("groups is not null").select("piece_id", "batch", "part", "groups")
    for row in packed.orderBy("piece_id", "batch", "part").toLocalIterator(prefetchPartitions=True):
        yield row["piece_id"], row["batch"], bytes(row["groups"])


def _packed_findings(
    results: DataFrame, summaries: pl.DataFrame, collector: Collector
) -> Iterator[tuple[int, int, Any]]:
    """Iterate over the findings of batches: all for a sink, else a superset of the first ones."""
    packed = results.filter("packed is not null").select("piece_id", "batch", "packed")
    if not summaries["findings"].sum():
        return
    if collector.sink:
        for row in packed.toLocalIterator(prefetchPartitions=True):
            yield row["piece_id"], row["batch"], bytes(row["packed"])
    elif collector.limit:
        last = _last_piece_id(summaries, "findings", collector.limit)
        last_rowless = _last_piece_id(summaries, "rowless", collector.limit)
        condition = f"piece_id <= {last} or piece_id <= {last_rowless} and rowless > 0"
        chosen = results.filter("packed is not null").filter(condition)
        yield from collect(chosen.select(*packed.columns)).sort("piece_id", "batch").iter_rows()


def _last_piece_id(summaries: pl.DataFrame, column: str, limit: int) -> int:
    """Return the id of the piece in which the number of findings reaches the limit."""
    piece_ids = summaries.filter(pl.col(column).cum_sum() >= limit)["piece_id"]
    return int(piece_ids[0] if len(piece_ids) else summaries["piece_id"][-1])
