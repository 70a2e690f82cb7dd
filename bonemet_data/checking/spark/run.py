"""The engine on Spark: the work of one machine, done by many, with the same report."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from typing import Any

from ...errors import ArgumentError, DataError, UnsupportedFrameError
from ...extras import CHECK, SPARK
from ..collector import Collector, locate
from ..engine import Progress, check_header
from ..keys import BatchStart
from ..plan import Plan
from ..scratch import Scratch
from ..sources import STANDARD_INPUT, find_tables
from ..tables import ColumnarTable, CsvTable
from .exchange import RESULT, software, unpack
from .jobs import Jobs, SparkSource, SparkTable, collect, one_line_errors
from .keys import SparkKeyChecker
from .pieces import MAX_PIECES, table_of
from .worker import Work, check_batches

with CHECK:
    import polars as pl
with SPARK:
    from pyspark import SparkContext
    from pyspark.sql import DataFrame, SparkSession

_SMALL_COLUMNS = (
    *("place", "batch", "size", "rows", "lines", "cells", "findings", "rowless"),
    *("counts", "digest", "software", "error"),
)


def find_spark_tables(
    data: object, separator: str | None, output: str | PathLike[str] | None = None
) -> list[SparkSource]:
    """Find the tables of some data, as far as Spark can read them.

    Args:
        data: A path, glob pattern, folder, Spark DataFrame, or a list of these.
        separator: Separator of CSV files; None to choose it by the suffix of the file.
        output: A file that will be written, and must not be one of the data.

    Raises:
        ArgumentError: There is no file, or the separator cannot be one.
        DataError: A file does not exist, or its suffix is unknown.
        OutputError: The output is one of the data.
        UnsupportedFrameError: It is neither a path nor a Spark DataFrame.
    """
    if isinstance(data, list | tuple) and data:
        return [table for each in data for table in find_spark_tables(each, separator, output)]
    if isinstance(data, DataFrame):
        with one_line_errors():
            return [SparkTable(data)]
    is_standard_input = isinstance(data, str) and data == STANDARD_INPUT
    if is_standard_input or not isinstance(data, str | Path | list | tuple):
        what = "standard input" if is_standard_input else f"a {type(data).__name__} in memory"
        raise UnsupportedFrameError(
            f"{what} is not available to Spark's workers: "
            'use engine="polars", or give paths or a Spark DataFrame.'
        )
    tables = find_tables(data, separator, Scratch(), output)
    return [table for table in tables if isinstance(table, CsvTable | ColumnarTable)]


def check_tables(
    plan: Plan,
    tables: Sequence[SparkSource],
    collector: Collector,
    progress: Progress | None,
    session: SparkSession | None,
) -> None:
    """Check tables against a plan, as the parts of one table.

    Args:
        plan: The plan.
        tables: The tables.
        collector: Takes the findings.
        progress: Is called when all batches have been checked, and at the end.
        session: Spark; None for the active session, or a new one.

    Raises:
        DataError: Some data cannot be read; then there is no result.
        ArgumentError: The session is not one.
    """
    if session is not None and not hasattr(session, "range"):
        raise ArgumentError(f"spark must be a SparkSession, not a {type(session).__name__}.")
    for table in tables:
        check_header(plan, table.header, table.name, table.header_lines, collector)
    with ExitStack() as stack:
        stack.enter_context(one_line_errors())
        jobs = Jobs(session or _session(tables), plan, tables)
        results = jobs.run(RESULT, Work(check_batches, (collector.batch_limit,)))
        if results is None:
            return
        stack.callback(results.persist().unpersist)
        summaries = _summaries(results, tables)
        collector.rows += int(summaries["rows"].sum())
        collector.cells += int(summaries["cells"].sum())
        counts = summaries.explode("counts").drop_nulls("counts").unnest("counts")
        collector.add_counts(counts.group_by("rule", "column").agg(pl.col("number").sum()).rows())
        starts = {
            (each["place"], each["batch"]): BatchStart(each["row"], each["line"], each["digest"])
            for each in summaries.iter_rows(named=True)
        }
        for place, batch, packed in _packed_findings(results, summaries, collector):
            start, file = starts[place, batch], tables[table_of(place)].name
            collector.add_located(locate(unpack(packed), file, start.row, start.line))
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
    """Return a new session; workers on this machine run the same Python."""
    other = SparkContext._active_spark_context  # of another thread
    session = SparkSession.builder.getOrCreate()
    context = getattr(session, "sparkContext", None)
    if other or context is None or "PYSPARK_PYTHON" in os.environ:  # None: a remote session
        return session
    if str(context.master).startswith("local"):
        context.pythonExec = sys.executable
    return session


def _summaries(results: DataFrame, tables: Sequence[SparkSource]) -> pl.DataFrame:
    """Return one row for each batch, in order, with the row and line of its first record."""
    once = results.filter("rows is not null or error is not null").select(*_SMALL_COLUMNS)
    summaries = collect(once).sort("place", "batch")
    for used in summaries["software"].unique():
        if used != software():
            raise DataError(
                f"a worker of Spark has {used}, but the driver has {software()}: "
                "install the same versions everywhere, since keys cannot be compared otherwise."
            )
    if summaries.select("place", "batch").is_duplicated().any():
        raise DataError(
            "Spark gives two partitions the same number: write the data to files first."
        )
    first_lines = pl.Series([table.header_lines + 1 for table in tables])
    table = summaries["place"] // MAX_PIECES
    rows, lines = pl.col("rows"), pl.col("lines")
    return summaries.with_columns(
        row=rows.cum_sum() - rows + 1,
        line=(lines.cum_sum() - lines).over(table) + first_lines.gather(table),
    )


def _packed_findings(
    results: DataFrame, summaries: pl.DataFrame, collector: Collector
) -> Iterator[tuple[int, int, Any]]:
    """Return the findings of batches in order: all for a sink, else those that may be the first."""
    packed = results.filter("packed is not null").select("place", "batch", "packed")
    if not summaries["findings"].sum():
        return
    if collector.sink:
        for row in packed.toLocalIterator(prefetchPartitions=True):
            yield row["place"], row["batch"], bytes(row["packed"])
    elif collector.limit:
        last = _last_place(summaries, "findings", collector.limit)
        last_rowless = _last_place(summaries, "rowless", collector.limit)
        condition = f"place <= {last} or place <= {last_rowless} and rowless > 0"
        chosen = results.filter("packed is not null").filter(condition)
        yield from collect(chosen.select(*packed.columns)).sort("place", "batch").iter_rows()


def _last_place(summaries: pl.DataFrame, column: str, limit: int) -> int:
    """Return the place up to which there are as many findings as the report has."""
    places = summaries.filter(pl.col(column).cum_sum() >= limit)["place"]
    return int(places[0] if len(places) else summaries["place"][-1])
