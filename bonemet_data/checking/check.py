"""Check data against a plan: `check` for any data, `check_csv` for one CSV file."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError
from ..names import unknown
from ..reading.sources import ReadOptions, find_tables
from ..reading.tables import CsvTable
from ..reading.temporary_files import Scratch
from ..reporting.finding import Finding
from ..reporting.report import Report
from .collector import Collector
from .engine import check_tables
from .findings_file import open_output
from .plan import Plan

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ENGINES = ("polars", "spark")


def check(
    data: Any,
    plan: Plan,
    options: ReadOptions | None = None,
    *,
    limit: int = 100,
    output: str | PathLike[str] | None = None,
    bom: bool = False,
    findings: Iterable[Finding] = (),
    progress: Callable[[int, int], None] | None = None,
    engine: str = "polars",
    spark: "SparkSession | None" = None,
) -> Report:
    """Check data against a plan; see `bonemet_data.check`.

    Args:
        data: A path, glob pattern, folder, "-", frame, or a list of these.
        plan: The plan.
        options: How files are read; None to choose by the suffix of the file.
        limit: Number of findings in the report.
        output: Path of a file for all findings.
        bom: Whether an output that is CSV begins with a byte order mark.
        findings: Further findings for the report, about the whole table.
        progress: Function to call with the numbers of records and bytes checked so far.
        engine: "polars" or "spark".
        spark: Session for the engine "spark".
    """
    if engine not in ENGINES:
        raise unknown("engine", engine, ENGINES)
    if limit < 0:
        raise ArgumentError(f"limit {limit} is negative: pass 0 or more.")
    options = options or ReadOptions(schema=plan.schema)
    with ExitStack() as stack:
        sink = stack.enter_context(open_output(output, bom=bom)) if output else None
        collector = Collector(limit, sink)
        for finding in findings:
            collector.add_finding(finding)
        if engine == "spark":
            from .spark import run as on_spark

            spark_tables = on_spark.find_spark_tables(data, options, output)
            require_columns(plan, spark_tables)
            on_spark.check_tables(plan, spark_tables, collector, progress, spark)
        else:
            scratch = stack.enter_context(Scratch())
            tables = find_tables(data, options, scratch, output)
            require_columns(plan, tables)
            check_tables(plan, tables, collector, scratch, progress)
        return collector.report(title_of(data))


def require_columns(plan: Plan, tables: Sequence[Any]) -> None:
    """Raise ArgumentError if the columns to check were chosen by name, and data lack one of them.

    A missing column of a Table Schema is a finding instead.
    """
    for table in tables if not plan.exact else ():
        for name in plan.schema.names if table.header is not None else ():
            if name not in table.header:
                source = table.name or "the data"
                raise ArgumentError(str(unknown("column", name, table.header, source=source)))


def check_csv(
    source: Path | bytes,
    plan: Plan,
    *,
    file: str,
    resource: str | None = None,
    separator: str = ",",
    limit: int = 1000,
) -> Report:
    r"""Check one CSV file, or its content, against a plan.

    If the header does not match the schema, the columns that exist are checked. If a record is
    malformed, the other records are checked. The encoding is UTF-8; a byte order mark at the start
    is ignored.

    Args:
        source: Path of the file, plain or compressed (see `open_stream`), or its content.
        plan: The plan, such as `Plan.of(schema, targets)`.
        file: Name of the file in findings and messages.
        resource: Name of the resource in findings and counts.
        separator: One ASCII character.
        limit: Number of findings in the report, 0 or more; its counts are always exact.

    Returns:
        The report. The rules are Table Schema keywords, "type", "columns", "duplicate-header",
        "ragged-row", "blank-line", "not-csv" and "encoding".

    Raises:
        DataError: The file cannot be read.

    Example:
        >>> from bonemet_data.tableschema.parser import parse_table_schema
        >>> field = {"name": "age", "type": "integer", "constraints": {"maximum": 120}}
        >>> plan = Plan.of(parse_table_schema({"fields": [field]}, "schema"), lambda key: None)
        >>> print(check_csv(b"age\n42\n142\n", plan, file="ages.csv"))
        age: greater than the maximum 120  '142'  line 3
        1 error in 2 rows
    """
    collector = Collector(limit, resource=resource)
    with Scratch() as scratch:
        check_tables(plan, [CsvTable(source, file, separator)], collector, scratch)
    return collector.report(resource or file)


def title_of(data: object) -> str:
    """Return a title for data: a path, or the type of a frame."""
    if isinstance(data, list | tuple) and data:
        rest = f" and {len(data) - 1} more" if len(data) > 1 else ""
        return title_of(data[0]) + rest
    if isinstance(data, str | PathLike):
        return "standard input" if data == "-" else str(data)
    return f"{type(data).__module__.partition('.')[0]} {type(data).__name__}"
