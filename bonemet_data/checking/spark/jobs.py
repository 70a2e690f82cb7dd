"""Jobs: work on files and Spark DataFrames, done piece by piece by the workers of Spark."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeAlias

from ...errors import DataError
from ...extras import CHECK, SPARK
from ..batch_checker import BatchChecker
from ..chunks import Survey
from ..plan import Plan
from .exchange import SURVEY
from .pieces import FileTable, Piece, cells, pieces, place_of, table_of
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
    from pyspark.sql import functions as F  # noqa: N812 - its usual name
    from pyspark.sql.pandas.types import from_arrow_schema

_MAX_TASKS = 4096
"""Tasks of a job, more or less; each takes more pieces if there are many."""

_MIN_PIECES = 8
"""Pieces of a task at least: to start one takes as long as to check some."""

_CAUSES = {
    "Python worker exited unexpectedly": "a Python worker died, perhaps for lack of memory.",
    "JAVA_GATEWAY_EXITED": "Java did not start: install Java 17 or later.",
}


class SparkTable:
    """A Spark DataFrame, whose partitions are read where they are.

    Args:
        frame: The data.
    """

    name = None
    header_lines = 0

    def __init__(self, frame: DataFrame) -> None:
        self.header = tuple(frame.columns)
        labels = [f"c{index}" for index in range(len(self.header))]
        # Without the sample, Spark would number the partitions of a frame that is made by the
        # driver before it makes them.
        sampled = frame.toDF(*labels).sample(fraction=1.0, seed=0)
        self.frame = sampled.select(F.spark_partition_id().alias("partition"), *labels)


SparkSource: TypeAlias = FileTable | SparkTable


class Jobs:
    """Work on tables, which are divided into pieces for the workers.

    Args:
        session: Spark.
        plan: The plan.
        tables: Files and Spark DataFrames.

    Raises:
        DataError: A file cannot be read.
    """

    def __init__(self, session: SparkSession, plan: Plan, tables: Sequence[SparkSource]) -> None:
        self._session, self._plan, self._tables = session, plan, tables
        self._files = {
            index: table
            for index, table in enumerate(tables)
            if not isinstance(table, SparkTable) and table.header is not None
        }
        surveys = self._surveys()
        self._pieces = [
            piece
            for index, table in self._files.items()
            for piece in pieces(index, table, surveys.get(index, ()))
        ]

    def run(
        self, schema: "pa.Schema", work: Work, places: Collection[int] | None = None
    ) -> DataFrame | None:
        """Return the rows of some work on every piece, which are computed when they are needed.

        Args:
            schema: Schema of the rows.
            work: The work.
            places: The pieces that matter; None for all.

        Returns:
            The rows, or None if there is no piece.
        """
        frames = []
        selected = [piece for piece in self._pieces if places is None or piece.place in places]
        if selected:
            frames.append(self._map(selected, schema, work_on_files, self._plan, work))
        for index, table in enumerate(self._tables):
            if isinstance(table, SparkTable):
                columns = BatchChecker(self._plan, table.header).columns.values()
                labels = [column.label for column in columns] or table.frame.columns[1:2]
                frame = table.frame.select("partition", *labels)
                if places is not None:
                    numbers = [p - place_of(index, 0) for p in places if table_of(p) == index]
                    frame = frame.filter(F.col("partition").isin(numbers))
                rest = (self._plan, index, table.header, work)
                frames.append(map_partitions(frame, schema, work_on_partition, *rest))
        return reduce(DataFrame.unionAll, frames) if frames else None

    def _surveys(self) -> dict[int, list[Survey]]:
        """Survey every cell of the uncompressed CSV files."""
        every = [cell for index, table in self._files.items() for cell in cells(index, table)]
        if not every:
            return {}
        surveys: dict[int, list[Survey]] = {}
        rows = collect(self._map(every, SURVEY, survey_cells)).sort("place")
        for place, size, odd, outside, inside, last_end in rows.drop("error").iter_rows():
            survey = Survey(size, odd, (outside, inside), last_end)
            surveys.setdefault(table_of(place), []).append(survey)
        return surveys

    def _map(
        self,
        pieces: Sequence[Piece],
        schema: "pa.Schema",
        function: Callable[..., Iterator["pa.RecordBatch"]],
        *arguments: Any,
    ) -> DataFrame:
        """Apply a function to groups of pieces; each task gets the number of its group."""
        groups = _groups(pieces)
        numbers = self._session.range(0, len(groups), 1, len(groups))
        return map_partitions(numbers, schema, function, self._files, groups, *arguments)


def _groups(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Group pieces for tasks; a compressed file, of unknown size, is alone."""
    size = max(_MIN_PIECES, -(-len(pieces) // _MAX_TASKS))
    groups: list[list[Piece]] = []
    for piece in pieces:
        last = groups[-1] if groups else []
        if not last or len(last) == size or None in {piece.end, last[-1].end}:
            groups.append([])
        groups[-1].append(piece)
    return groups


def map_partitions(
    frame: DataFrame, schema: "pa.Schema", function: Callable[..., Any], *arguments: Any
) -> DataFrame:
    """Apply a function to the partitions of a frame; return the rows.

    The function travels as bytes, so that a worker, which has one core, can limit the threads of
    Polars before it is imported.
    """
    job = cloudpickle.dumps((function, arguments))  # type: ignore[no-untyped-call]

    def task(batches: Iterator["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
        import os
        import pickle

        name = "POLARS_MAX_THREADS"
        if name not in os.environ:
            os.environ[name] = "1"
            import polars

            polars.thread_pool_size()  # creates the pool, so that the variable can be removed
            del os.environ[name]
        function, arguments = pickle.loads(job)  # noqa: S301 - written by this function
        yield from function(batches, *arguments)

    with _safe_path(frame.sparkSession):
        return frame.mapInArrow(task, from_arrow_schema(schema))


@contextmanager
def _safe_path(session: SparkSession) -> Iterator[None]:
    """Let Python workers import nothing from the current folder, where the data may be."""
    context = getattr(session, "sparkContext", None)
    if context is None:  # a remote session
        yield
        return
    name, environment = "PYTHONSAFEPATH", context.environment
    earlier = environment.get(name)
    environment[name] = "1"
    try:
        yield
    finally:
        if earlier is None:
            del environment[name]
        else:
            environment[name] = earlier


def collect(frame: DataFrame) -> pl.DataFrame:
    """Return the rows of a frame.

    Raises:
        DataError: A worker could not read some data.
    """
    rows = pl.DataFrame(pl.from_arrow(frame.toArrow()))
    if "error" in rows.columns:
        for error in rows["error"].drop_nulls():
            raise DataError(error)
    return rows


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Report an error of Spark itself in one line.

    Raises:
        DataError: Spark failed.
    """
    try:
        yield
    except (PySparkException, Py4JError, AssertionError) as error:
        raise DataError(f"Spark failed: {_cause(error)}") from error


def _cause(error: Exception) -> str:
    """Return the line that states the cause of an error."""
    text = str(error)
    for sign, cause in _CAUSES.items():
        if sign in text:
            return cause
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if isinstance(error, PythonException):
        raised = [line for line in lines if re.match(r"[\w.]+(Error|Exception): ", line)]
        return (raised or lines)[-1]
    causes = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    causes = [cause for cause in causes if ": " in cause]
    first = [line.removeprefix(": ") for line in lines if line.startswith(": ")][:1]
    return [type(error).__name__, *lines[:1], *first, *causes][-1]
