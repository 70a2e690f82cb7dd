"""The engine on Spark: what one machine does to batches, done by many, with the same report."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from typing import Any

from ...errors import DataError, UnsupportedFrameError
from ...extras import CHECK, SPARK
from ...reporting._old_report import Report
from ..engine import Progress, check_header
from ..plan import Rulebook
from ..sources import ColumnarTable, CsvTable, tables
from ..tally import Tally, located
from .candidates import Begin
from .pieces import PLACES, FileTable, table_of
from .rows import OUTCOME, made, unpacked
from .shuffle import Shuffle
from .tasks import SparkTable, Tasks, collected, plain_words
from .worker import Work, judge

with CHECK:
    import polars as pl
with SPARK:
    from pyspark import SparkContext
    from pyspark.sql import DataFrame, SparkSession

_SIZES = (
    *("place", "batch", "size", "rows", "lines", "cells", "failed", "rowless"),
    *("counts", "digest", "made", "error"),
)


def spark_tables(
    data: object, separator: str | None, output: str | PathLike[str] | None = None
) -> list[FileTable | SparkTable]:
    """Find the tables of what a caller calls data, as far as Spark can read them.

    Args:
        data: a path, a glob, a folder, a Spark DataFrame, or a list of these.
        separator: that of the CSV files; by the file's ending if None.
        output: a file that will be written, which can be none of the data.

    Raises:
        DataError: there is no such file, or its ending is unknown.
        OutputError: the output is one of the data.
        UnsupportedFrameError: it is neither a path nor a Spark DataFrame.
    """
    if isinstance(data, list | tuple):
        return [table for each in data for table in spark_tables(each, separator, output)]
    if isinstance(data, DataFrame):
        with plain_words():
            return [SparkTable(data)]
    standard_input = isinstance(data, str) and data == "-"
    if standard_input or not isinstance(data, str | Path):
        what = "Standard input" if standard_input else f"A {type(data).__name__} in memory"
        raise UnsupportedFrameError(
            f"{what} is with one machine, and not with Spark's workers: "
            "take the engine polars, or give paths or a Spark DataFrame."
        )
    found: list[FileTable | SparkTable] = []
    for table in tables(data, separator, Path(), output):
        if isinstance(table, CsvTable | ColumnarTable):
            table.path = table.path.absolute()  # workers have folders of their own
            found.append(table)
    return found


def run(
    rulebook: Rulebook,
    found: Sequence[FileTable | SparkTable],
    tally: Tally,
    progress: Progress | None,
    session: SparkSession | None,
) -> Report:
    """Check tables against a rulebook, all together as one.

    Args:
        rulebook: the rules.
        found: the tables.
        tally: takes what fails.
        progress: is told what has been read, when all has been.
        session: Spark; the active one, or else a new one, if None.

    Raises:
        DataError: some data cannot be read; there is no report then.
        UnsupportedFrameError: the session is none.
    """
    if session is not None and not hasattr(session, "range"):
        raise UnsupportedFrameError(f"spark must be a session, not a {type(session).__name__}.")
    for table in found:
        check_header(rulebook, table, tally)
    with ExitStack() as stack:
        stack.enter_context(plain_words())
        tasks = Tasks(session or _session(found), rulebook, found)
        limit = None if tally.sink else tally.limit
        outcomes = tasks.run(OUTCOME, Work(judge, (limit,)))
        if outcomes is None:
            return tally.report()
        stack.callback(outcomes.persist().unpersist)
        sizes = _sizes(outcomes, found)
        tally.rows += int(sizes["rows"].sum())
        tally.cells += int(sizes["cells"].sum())
        counts = sizes.explode("counts").drop_nulls("counts").unnest("counts")
        tally.count(counts.group_by("rule", "column").agg(pl.col("count").sum()).rows())
        begins = {
            (each["place"], each["batch"]): Begin(each["row"], each["line"], each["digest"])
            for each in sizes.iter_rows(named=True)
        }
        for place, batch, failures in _failures(outcomes, sizes, tally):
            begin = begins[place, batch]
            name = found[table_of(place)].name
            tally.show(located(unpacked(failures), name, begin.row, begin.line))
        read = int(sizes["size"].sum())
        if progress:
            progress(tally.rows, read)
        if rulebook.keys or rulebook.own:
            Shuffle(rulebook, outcomes, stack).judge(tasks, begins, tally)
    if progress:
        progress(tally.rows, read)
    return tally.report()


def _session(found: Sequence[FileTable | SparkTable]) -> SparkSession:
    for table in found:
        if isinstance(table, SparkTable):
            return table.frame.sparkSession
    return SparkSession.getActiveSession() or _new_session()


def _new_session() -> SparkSession:
    """Make a session; if its workers are on this machine, they run the Python that runs this."""
    another = SparkContext._active_spark_context  # of some other thread
    session = SparkSession.builder.getOrCreate()
    context = getattr(session, "sparkContext", None)
    if another or context is None or "PYSPARK_PYTHON" in os.environ:  # a remote session has none
        return session
    if str(context.master).startswith("local"):
        context.pythonExec = sys.executable
    return session


def _sizes(outcomes: DataFrame, found: Sequence[FileTable | SparkTable]) -> pl.DataFrame:
    """Give what is told once for each batch, in order, and where its records and lines begin."""
    once = outcomes.filter("rows is not null or error is not null").select(*_SIZES)
    sizes = collected(once).sort("place", "batch")
    for made_by in sizes["made"].unique():
        if made_by != made():
            raise DataError(
                f"A worker of Spark has {made_by}, and the driver has {made()}: "
                "install the same everywhere, or keys cannot be compared."
            )
    if sizes.select("place", "batch").is_duplicated().any():
        raise DataError(
            "Spark tells two parts of the data by one number: write them to files first."
        )
    first = pl.Series([table.header_lines + 1 for table in found])
    table = sizes["place"] // PLACES
    rows, lines = pl.col("rows"), pl.col("lines")
    return sizes.with_columns(
        row=rows.cum_sum() - rows + 1,
        line=(lines.cum_sum() - lines).over(table) + first.gather(table),
    )


def _failures(
    outcomes: DataFrame, sizes: pl.DataFrame, tally: Tally
) -> Iterator[tuple[int, int, Any]]:
    """Give the failures of batches in order: all for a sink, else those that may be the first."""
    held = outcomes.filter("failures is not null")
    columns = ("place", "batch", "failures")
    if not sizes["failed"].sum():
        return
    if tally.sink:
        for row in held.select(*columns).toLocalIterator(prefetchPartitions=True):
            yield row["place"], row["batch"], bytes(row["failures"])
    elif tally.limit:
        last = _enough(sizes, pl.col("failed"), tally.limit)
        last_rowless = _enough(sizes, pl.col("rowless"), tally.limit)
        enough = f"place <= {last} or rowless > 0 and place <= {last_rowless}"
        chosen = collected(held.filter(enough).select(*columns)).sort("place", "batch")
        yield from chosen.iter_rows()


def _enough(sizes: pl.DataFrame, failures: pl.Expr, limit: int) -> int:
    """Give the place by which there are as many failures as are shown."""
    places = sizes.filter(failures.cum_sum() >= limit)["place"]
    return int(places[0] if len(places) else sizes["place"][-1])
