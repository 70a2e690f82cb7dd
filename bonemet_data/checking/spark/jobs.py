"""Run work on the pieces of files and Spark DataFrames, on the workers of Spark."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from typing import TYPE_CHECKING, Any, TypeAlias

from ...errors import DataError
from ...extras import CHECK, SPARK
from ...reading.chunks import Survey
from ..batch_checker import BatchChecker
from ..plan import Plan
from .arrow_rows import SURVEY
from .pieces import FileTable, Piece, blocks, make_piece_id, pieces, table_index
from .worker import Work, survey_blocks, work_on_files, work_on_partition

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
"""Approximate maximum number of tasks of a job."""

_MIN_PIECES = 8
"""Minimum number of pieces per task: starting a task takes as long as checking several pieces."""

_CAUSES = {
    "Python worker exited unexpectedly": (
        "a Python worker died, perhaps for lack of memory: give the executors more memory."
    ),
    "JAVA_GATEWAY_EXITED": "Java did not start: install Java 17 or later.",
}


class SparkTable:
    """A Spark DataFrame, whose partitions are the pieces of a table.

    Args:
        frame: The data.
    """

    name = None
    header_lines = 0
    probable_header: tuple[str, ...] = ()

    def __init__(self, frame: DataFrame) -> None:
        self.header: tuple[str, ...] | None = tuple(frame.columns)
        labels = [f"c{index}" for index in range(len(self.header))]
        # Without the sample, Spark would evaluate the partition id of a frame of local data on the
        # driver, before it creates the partitions.
        sampled = frame.toDF(*labels).sample(fraction=1.0, seed=0)
        self.frame = sampled.select(F.spark_partition_id().alias("partition"), *labels)

    def fit_rows(self) -> None:
        """Do nothing: all rows of a frame have as many cells as the header."""


SparkSource: TypeAlias = FileTable | SparkTable


class Jobs:
    """Runner of work on tables, which are split into pieces.

    Args:
        session: The Spark session.
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
        self, schema: "pa.Schema", work: Work, piece_ids: Collection[int] | None = None
    ) -> DataFrame | None:
        """Run work on every piece, lazily.

        Args:
            schema: Schema of the resulting rows.
            work: The work.
            piece_ids: Ids of the pieces to work on; None for all.

        Returns:
            The resulting rows, or None if there are no pieces.
        """
        frames = []
        selected = [
            piece for piece in self._pieces if piece_ids is None or piece.piece_id in piece_ids
        ]
        if selected:
            frames.append(self._map(selected, schema, work_on_files, self._plan, work))
        for index, table in enumerate(self._tables):
            if isinstance(table, SparkTable):
                columns = BatchChecker(self._plan, table.header or ()).columns.values()
                labels = [column.label for column in columns] or table.frame.columns[1:2]
                frame = table.frame.select("partition", *labels)
                if piece_ids is not None:
                    numbers = [
                        p - make_piece_id(index, 0) for p in piece_ids if table_index(p) == index
                    ]
                    frame = frame.filter(F.col("partition").isin(numbers))
                rest = (self._plan, index, table.header, work)
                frames.append(map_partitions(frame, schema, work_on_partition, *rest))
        return reduce(DataFrame.unionAll, frames) if frames else None

    def _surveys(self) -> dict[int, list[Survey]]:
        """Survey every block of the uncompressed CSV files."""
        all_blocks = [
            block for index, table in self._files.items() for block in blocks(index, table)
        ]
        if not all_blocks:
            return {}
        surveys: dict[int, list[Survey]] = {}
        rows = collect(self._map(all_blocks, SURVEY, survey_blocks)).sort("piece_id")
        for piece_id, size, odd, outside, inside, *sound in rows.drop("error").iter_rows():
            survey = Survey(size, odd, (outside, inside), (bool(sound[0]), bool(sound[1])))
            surveys.setdefault(table_index(piece_id), []).append(survey)
        return surveys

    def _map(
        self,
        pieces: Sequence[Piece],
        schema: "pa.Schema",
        function: Callable[..., Iterator["pa.RecordBatch"]],
        *arguments: Any,
    ) -> DataFrame:
        """Apply a function to groups of pieces, one task per group."""
        groups = _groups(pieces)
        numbers = self._session.range(0, len(groups), 1, len(groups))
        return map_partitions(numbers, schema, function, self._files, groups, *arguments)


def _groups(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Group pieces by task; a compressed file, whose size is unknown, is a group by itself."""
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
    """Apply a function to the partitions of a frame, and return the resulting rows.

    The function is pickled, so that a worker limits Polars to one thread before it imports Polars.
    """
    job = cloudpickle.dumps((function, arguments))  # type: ignore[no-untyped-call]

    def task(batches: Iterator["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
        import os
        import pickle

        name = "POLARS_MAX_THREADS"
        if name not in os.environ:
            os.environ[name] = "1"
            import polars

            polars.thread_pool_size()  # creates the pool; then the variable can be removed
            del os.environ[name]
        function, arguments = pickle.loads(job)  # noqa: S301 - written by this function
        yield from function(batches, *arguments)

    with _safe_path(frame.sparkSession):
        return frame.mapInArrow(task, from_arrow_schema(schema))


@contextmanager
def _safe_path(session: SparkSession) -> Iterator[None]:
    """Prevent Python workers from importing modules from the current folder.

    The folder may contain untrusted files.
    """
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
    """Collect the rows of a frame on the driver.

    Raises:
        DataError: A worker could not read its data.
    """
    rows = pl.DataFrame(pl.from_arrow(frame.toArrow()))
    if "error" in rows.columns:
        for error in rows["error"].drop_nulls():
            raise DataError(error)
    return rows


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Replace an error of Spark by a DataError with a one-line message.

    Raises:
        DataError: Spark failed.
    """
    try:
        yield
    except (PySparkException, Py4JError, AssertionError) as error:
        raise DataError(
            f"Spark failed: {_cause(error).rstrip('.')}. See the log of Spark."
        ) from error


def _cause(error: Exception) -> str:
    """Return the line of an error of Spark that states its cause."""
    text = str(error)
    for pattern, cause in _CAUSES.items():
        if pattern in text:
            return cause
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if isinstance(error, PythonException):
        raised = [line for line in lines if re.match(r"[\w.]+(Error|Exception): ", line)]
        return (raised or lines)[-1]
    causes = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    causes = [cause for cause in causes if ": " in cause]
    first = [line.removeprefix(": ") for line in lines if line.startswith(": ")][:1]
    return [type(error).__name__, *lines[:1], *first, *causes][-1]
