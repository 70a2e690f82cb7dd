"""`bm.check`: other people's tables against a Table Schema and the published vocabularies."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from os import PathLike
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from ..errors import UnsupportedSchemaError
from ..names import unknown
from ..reporting._old_report import Report
from .engine import run
from .output import Output
from .plan import read_rulebook
from .sources import tables
from .tally import Tally

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ENGINES = ("polars", "spark")


def check(
    data: Any,
    schema: str | PathLike[str] | Mapping[str, Any] | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    version: str | None = None,
    resource: str | None = None,
    separator: str | None = None,
    limit: int = 100,
    output: str | PathLike[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    engine: Literal["polars", "spark"] = "polars",
    spark: "SparkSession | None" = None,
) -> Report:
    """Check every cell of a table, streaming, in memory that does not grow with the rows.

    Keys that must not repeat cost 8 bytes for each row, on disk when they are many.

    Args:
        data: a path of CSV, TSV (plain, .gz or .zst), Parquet, Arrow or Feather; a glob or a
            folder of such parts, which count as one table; "-" for CSV on standard input; a list
            of these; or a pandas, Polars or Arrow frame, or a LazyFrame.
        schema: a Table Schema, or a whole `datapackage.json`: the path of the JSON file or its
            content. Foreign keys to the package "bonemet-data" are looked up in the tables that
            came with this code.
        columns: instead of a schema, the published table whose ids each column must hold, such as
            {"lesion_type": "types"}; other columns are not looked at.
        version: the released version of the published tables, one of `releases()`; the installed
            tables if None.
        resource: which resource of a `datapackage.json`; the one with the data's file name if
            None.
        separator: that of CSV files, one character; by the ending of the file's name if None.
        limit: how many failures the report holds in full, 0 or more; its counts are always exact.
        output: a file for every failure: .parquet, .csv, or .json with one object a line.
        progress: is called with the records and the bytes that have been read so far.
        engine: "polars", on this machine; or "spark", which takes paths that all workers see and
            Spark DataFrames, and gives the same report.
        spark: the session for the engine "spark"; the active one, or else a new one, if None.

    Returns:
        The report.

    Raises:
        DataError: some data cannot be read, or changed meanwhile.
        UnsupportedSchemaError: the schema asks for something that is not implemented; nothing
            has been read then.
        UnsupportedFrameError: the engine cannot read such data.
        UnknownNameError: there is no such resource, column, release or engine.
        OutputError: the failures cannot be written.
        MissingExtraError: Polars, or PySpark for its engine, is not installed.

    Example:
        >>> import bonemet_data as bm
        >>> import pandas as pd
        >>> cohort = pd.DataFrame({"lesion_type": ["osteolytic", "Mixed", "lytic"]})
        >>> report = bm.check(cohort, columns={"lesion_type": "types"})
        >>> [(each.row, each.value, each.suggestion) for each in report.failures]
        [(2, 'Mixed', 'mixed'), (3, 'lytic', None)]
    """
    if engine not in ENGINES:
        raise unknown("engine", engine, ENGINES)
    file = PurePath(data).name if isinstance(data, str | PathLike) else None
    rulebook = read_rulebook(schema, columns, version, resource, file)
    separator = _separator(rulebook.separator if separator is None else separator)
    if limit < 0:
        raise UnsupportedSchemaError("limit must be 0 or more.")
    with ExitStack() as stack:
        sink = stack.enter_context(Output(output)).add if output else None
        tally = Tally(limit, sink)
        if engine == "spark":
            from .spark import run as on_spark

            found = on_spark.spark_tables(data, separator, output)
            return on_spark.run(rulebook, found, tally, progress, spark)
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bonemet-data-")))
        return run(rulebook, tables(data, separator, folder, output), tally, progress, folder)


def _separator(separator: str | None) -> str | None:
    if separator is None:
        return None
    if len(separator) == 1 and separator.isascii() and separator not in '"\r\n':
        return separator
    raise UnsupportedSchemaError(
        f"The separator {separator!r} is not one ASCII character, or is a quote or a line's end."
    )
