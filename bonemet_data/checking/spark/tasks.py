"""Tasks: tables of files and Spark DataFrames, read piece by piece by the workers of Spark."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from typing import TYPE_CHECKING, Any

from ...errors import DataError
from ...extras import CHECK, SPARK
from ..plan import Rulebook
from ..program import Program
from .cuts import Survey
from .pieces import FileTable, Piece, cells, pieces, place, table_of
from .rows import SURVEY
from .worker import Work, survey_cells, work_on_files, work_on_partition

if TYPE_CHECKING:
    import pyarrow as pa

with CHECK:
    import polars as pl
with SPARK:
    from py4j.protocol import Py4JError
    from pyspark import cloudpickle
    from pyspark.errors import PySparkException, PythonException
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql import functions as F  # noqa: N812 - the name that it has everywhere
    from pyspark.sql.pandas.types import from_arrow_schema

_TASKS = 4096
"""Tasks of a job over pieces, or a few more; each takes more of them if there are many."""

_TOGETHER = 8
"""Pieces that one task takes at least: starting one costs as much as checking some."""


_CAUSES = {
    "Python worker exited unexpectedly": "a Python worker died, perhaps for want of memory.",
    "JAVA_GATEWAY_EXITED": "Java did not start: install Java 17 or later.",
}


class SparkTable:
    """A Spark DataFrame, whose partitions are read where they are.

    Args:
        frame: the data.
    """

    name = None
    header_lines = 0

    def __init__(self, frame: DataFrame) -> None:
        self.header = tuple(frame.columns)
        labels = [f"c{at}" for at in range(len(self.header))]
        # Spark would number the partitions of a frame of the driver's own before it makes them.
        made = frame.toDF(*labels).sample(fraction=1.0, seed=0)
        self.frame = made.select(F.spark_partition_id().alias("partition"), *labels)


class Tasks:
    """The tables of a check, cut to pieces for the workers.

    Args:
        session: Spark.
        rulebook: the rules.
        found: files and Spark DataFrames.

    Raises:
        DataError: a file cannot be read.
    """

    def __init__(
        self, session: SparkSession, rulebook: Rulebook, found: Sequence[FileTable | SparkTable]
    ) -> None:
        self._session, self._rulebook, self._found = session, rulebook, found
        self._files = {
            at: table
            for at, table in enumerate(found)
            if not isinstance(table, SparkTable) and table.header is not None
        }
        surveys = self._surveys()
        self._pieces = [
            piece
            for at, table in self._files.items()
            for piece in pieces(at, table, surveys.get(at, ()))
        ]

    def run(
        self, schema: "pa.Schema", work: Work, places: Collection[int] | None = None
    ) -> DataFrame | None:
        """Let the workers do some work on every piece.

        Args:
            schema: of the rows that they give.
            work: what is done.
            places: the pieces that matter; all if None.

        Returns:
            The rows, which are not computed yet; None if there is no piece.
        """
        frames = []
        chosen = [each for each in self._pieces if places is None or each.place in places]
        if chosen:
            frames.append(self._over(chosen, schema, work_on_files, self._rulebook, work))
        for at, table in enumerate(self._found):
            if isinstance(table, SparkTable):
                columns = Program(self._rulebook, table.header).columns.values()
                labels = [column.label for column in columns] or table.frame.columns[1:2]
                frame = table.frame.select("partition", *labels)
                if places is not None:
                    numbers = [each - place(at, 0) for each in places if table_of(each) == at]
                    frame = frame.filter(F.col("partition").isin(numbers))
                rest = (self._rulebook, at, table.header, work)
                frames.append(mapped(frame, schema, work_on_partition, *rest))
        return reduce(DataFrame.unionAll, frames) if frames else None

    def _surveys(self) -> dict[int, list[Survey]]:
        """Let the workers survey every cell of the plain CSV files."""
        every = [cell for at, table in self._files.items() for cell in cells(at, table)]
        if not every:
            return {}
        found: dict[int, list[Survey]] = {}
        rows = collected(self._over(every, SURVEY, survey_cells)).sort("place")
        for at, size, odd, outside, inside in rows.drop("error").iter_rows():
            found.setdefault(table_of(at), []).append(Survey(size, odd, (outside, inside)))
        return found

    def _over(
        self,
        every: Sequence[Piece],
        schema: "pa.Schema",
        work: Callable[..., Iterator["pa.RecordBatch"]],
        *arguments: Any,
    ) -> DataFrame:
        """Let the workers do some work on pieces of files; each task learns its number."""
        groups = _groups(every)
        numbers = self._session.range(0, len(groups), 1, len(groups))
        return mapped(numbers, schema, work, self._files, groups, *arguments)


def _groups(every: Sequence[Piece]) -> list[list[Piece]]:
    """Bring pieces together for tasks; a packed file, of any size, is alone."""
    most = max(_TOGETHER, -(-len(every) // _TASKS))
    groups: list[list[Piece]] = []
    for piece in every:
        last = groups[-1] if groups else []
        if not last or len(last) == most or None in {piece.end, last[-1].end}:
            groups.append([])
        groups[-1].append(piece)
    return groups


def mapped(
    frame: DataFrame, schema: "pa.Schema", work: Callable[..., Any], *arguments: Any
) -> DataFrame:
    """Let the workers turn the partitions of a frame into rows of another.

    The work travels as bytes, so that a worker, which has one core, can tell Polars so before it
    is loaded.
    """
    job = cloudpickle.dumps((work, arguments))  # type: ignore[no-untyped-call]

    def task(batches: Iterator["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
        import os
        import pickle

        name = "POLARS_MAX_THREADS"
        if name not in os.environ:
            os.environ[name] = "1"
            import polars

            polars.thread_pool_size()  # now it is made, and the worker's other work is free
            del os.environ[name]
        work, arguments = pickle.loads(job)  # noqa: S301 - this very function's caller wrote it
        yield from work(batches, *arguments)

    return frame.mapInArrow(task, from_arrow_schema(schema))


def collected(frame: DataFrame) -> pl.DataFrame:
    """Bring rows to the driver.

    Raises:
        DataError: a worker could not read some data.
    """
    rows = pl.DataFrame(pl.from_arrow(frame.toArrow()))
    if "error" in rows.columns:
        for error in rows["error"].drop_nulls():
            raise DataError(error)
    return rows


@contextmanager
def plain_words() -> Iterator[None]:
    """Tell a failure of Spark itself in one line.

    Raises:
        DataError: Spark failed.
    """
    try:
        yield
    except (PySparkException, Py4JError, AssertionError) as error:
        raise DataError(f"Spark could not finish: {_cause(error)}") from error


def _cause(error: Exception) -> str:
    """Find the line that tells the cause of a failure."""
    text = str(error)
    for sign, words in _CAUSES.items():
        if sign in text:
            return words
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if isinstance(error, PythonException):
        raised = [line for line in lines if re.match(r"[\w.]+(Error|Exception): ", line)]
        return (raised or lines)[-1]
    causes = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    causes = [cause for cause in causes if ": " in cause]
    told = [line.removeprefix(": ") for line in lines if line.startswith(": ")]
    return [type(error).__name__, *lines[:1], *told[:1], *causes][-1]
