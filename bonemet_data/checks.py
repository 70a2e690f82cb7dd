"""Checks of tables and packages, with access to the published tables."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from .errors import ArgumentError, OutputError
from .extras import VALIDATE
from .package.descriptor import Package, open_package
from .package.installed import PUBLISHED, installed_version, open_version
from .package.storage import Folder, is_safe
from .reading.foreign_keys import partly_compared
from .reading.schema_source import SchemaSource, read_user_schema

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from .reporting.report import Report
    from .tableschema.model import ForeignKey


def check(
    data: Any,
    schema: SchemaSource | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    version: str | None = None,
    resource: str | None = None,
    separator: str | None = None,
    encoding: str | None = None,
    limit: int = 100,
    output: str | PathLike[str] | None = None,
    bom: bool = False,
    progress: Callable[[int, int], None] | None = None,
    engine: Literal["polars", "spark"] = "polars",
    spark: "SparkSession | None" = None,
) -> "Report":
    """Check every cell, key and foreign key of a table of any size.

    The data are read in chunks. Memory does not grow with the number of rows, except that a unique
    key needs 8 bytes per row; large keys are moved to disk.

    Args:
        data: Path of a CSV or TSV file (plain, .gz, .bz2, .xz, .zst or .zip), a JSON file, a
            spreadsheet (.xlsx, .xls or .ods), a Parquet file or an Arrow file; a glob pattern or a
            folder of CSV, Parquet and Arrow files, which are checked as one table; "-" for CSV on
            standard input; a pandas, Polars or Arrow frame; or a list of these.
        schema: Table Schema, as an object or a path, or path of a `datapackage.json` or of a ZIP
            archive of a package, whose resource also states dialect, encoding and compression.
            Foreign keys to the package "bonemet-data" refer to the published tables. Default:
            none; pass `columns` instead.
        columns: For each column to check, the published table whose ids the column contains, such
            as {"lesion_type": "types"}, or "codes:" and the vocabulary whose codes it contains,
            such as {"dx": "codes:icd10cm"}. Each code must lead to a concept; with "?" after the
            vocabulary, each value must only have the form of a code. Other columns are not checked.
            Default: none; pass `schema` instead.
        version: Released version of the published tables, one of `releases()`. Default: the
            installed tables.
        resource: Name of a resource of `datapackage.json`. Default: the resource with the path of
            the data, or the only resource.
        separator: Separator of CSV files, one ASCII character. Default: the delimiter in
            `datapackage.json`, or a comma for .csv and a tab for .tsv and .tab.
        encoding: Encoding of text files, such as "latin-1" or "utf-16". Default: the encoding in
            `datapackage.json`, or UTF-8.
        limit: Number of findings in the report, 0 or more. Groups and counts are exact for any
            limit. Default: 100.
        output: Path of a file for all findings, cell by cell: .parquet, .csv, .xlsx, .json, or
            .jsonl or .ndjson (one object per line). CSV files are safe to open in a spreadsheet: a
            text that looks like a formula begins with an apostrophe. Default: no file.
        bom: Whether a CSV file of findings begins with a byte order mark, so that Excel reads it
            as UTF-8. Default: False.
        progress: Function to call with the numbers of records and bytes checked so far. Default:
            none.
        engine: "polars" to run on this machine, or "spark" to run on Spark, for Spark DataFrames
            and for paths that all workers can read. Both return the same report. Default:
            "polars".
        spark: SparkSession for the engine "spark". Default: the active session, or a new one.

    Returns:
        The distinct faults, the results of the rules, the first findings, and exact counts.

    Raises:
        ArgumentError: Neither or both of `schema` and `columns` are given, the list of files is
            empty, or an argument has a value that is not allowed.
        DataError: Some data cannot be read, or changed while they were read.
        UnsupportedSchemaError: The schema is not valid, or uses a feature that is not implemented;
            no data were read.
        UnsupportedFrameError: The engine cannot read data of this type.
        UnknownNameError: There is no such resource, column, vocabulary, release or engine.
        OutputError: The findings cannot be written.
        MissingExtraError: Polars, or PySpark for the engine "spark", is not installed.

    See Also:
        validate: Validate a frame with pandera, and return the frame.
        validate_package: Validate a whole data package.

    Example:
        >>> import bonemet_data as bm
        >>> import pandas as pd
        >>> cohort = pd.DataFrame({"lesion": ["osteolytic", "Mixed", "lytic"]})
        >>> print(bm.check(cohort, columns={"lesion": "types"}))
        lesion: not found in types.type_id
          'Mixed'  row 2  → mixed
          'lytic'  row 3  → osteolytic
        2 errors in 3 rows
    """
    from .checking.check import check as check_data
    from .checking.check import title_of
    from .checking.plan import Plan
    from .reading.sources import ReadOptions
    from .reporting.finding import Finding, Severity
    from .reporting.provenance import Provenance
    from .reporting.rules import Rule
    from .terminology.code_columns import CODES, add_notes, code_constraints
    from .terminology.functions import suggest

    if (schema is None) == (not columns):
        raise ArgumentError("pass exactly one of schema (--schema) and columns (--column).")
    published = open_version(version)
    chosen = dict(columns or {}) if schema is None else {}
    codes = {name: choice for name, choice in chosen.items() if str(choice).startswith(CODES)}
    source = _columns_schema(chosen, codes, published) if schema is None else schema
    file = str(data) if isinstance(data, str | PathLike) else None
    invalid: dict[ForeignKey, list[str]] = {}
    user = read_user_schema(
        source,
        {PUBLISHED: published},
        resource,
        file,
        lambda key, place: invalid.setdefault(key, []).append(place),
    )
    if output is not None:
        _require_free(output, source, user.package)
    plan = Plan.of(
        user.schema,
        user.targets,
        exact=schema is not None,
        suggest=partial(suggest, version=version),
        more=tuple(
            constraint
            for name, choice in codes.items()
            for constraint in code_constraints(name, choice, version)
        ),
    )
    report = check_data(
        data,
        plan,
        ReadOptions(separator, encoding, user.resource, user.dialect, user.schema),
        limit=limit,
        output=output,
        bom=bom,
        findings=[
            Finding(
                severity=Severity.NOT_CHECKED,
                rule=Rule.FOREIGN_KEYS,
                message=partly_compared(key, places),
                column=", ".join(key.fields),
            )
            for key, places in invalid.items()
        ],
        progress=progress,
        engine=engine,
        spark=spark,
    )
    parts = data if isinstance(data, list | tuple) else [data]
    return replace(
        add_notes(report, codes),
        provenance=Provenance.now(
            tuple(map(title_of, parts)), _schema_title(schema, chosen), installed_version()
        ),
    )


def _schema_title(schema: SchemaSource | None, columns: Mapping[str, str]) -> str:
    """Return the path of a schema, its title or name, or the chosen columns."""
    if schema is None:
        return ", ".join(f"{name}={choice}" for name, choice in columns.items())
    if isinstance(schema, Mapping):
        return str(schema.get("title") or schema.get("name") or "a Table Schema")
    return str(schema)


def _require_free(
    output: str | PathLike[str], schema: SchemaSource, package: Package | None
) -> None:
    """Raise OutputError if an output file is the schema, or a file of the data package."""
    used = set() if isinstance(schema, Mapping) else {Path(schema)}
    if package is not None and isinstance(package.storage, Folder):
        for resource, _ in package.read_resources():
            references = (resource.schema, resource.dialect) if resource else ()
            paths = [each for each in references if isinstance(each, str)]
            paths += resource.paths if resource else ()
            used |= {package.storage.root / path for path in paths if is_safe(path)}
    if Path(output).resolve() in {path.resolve() for path in used}:
        raise OutputError(
            f"{output} is the schema or a file of the data package: choose another output file."
        )


def validate_package(
    path: str | PathLike[str] | None = None,
    *,
    house: bool = False,
    frictionless: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> "Report":
    """Validate a data package: descriptor, files, cells and keys.

    Nothing is fetched: remote data are reported as not checked. The report lists the first 1,000
    findings of each resource; the counts are exact.

    Args:
        path: Folder of the package, its `datapackage.json`, or a ZIP archive of the package.
            Default: the installed package.
        house: Whether to apply the rules of the package "bonemet-data", such as the canonical form
            of its CSV files. They always apply to a package with this name, and the rules between
            its tables to its versions from 2.0.0 on. Default: False.
        frictionless: Whether to compare the result with frictionless-py. Default: False.
        progress: Function to call with the numbers of records and bytes checked so far. Default:
            none.

    Returns:
        Report: The findings of every stage, and their counts.

    Raises:
        PackageError: There is no package, or its descriptor is not a JSON object.
        MissingExtraError: The extra "validate", or with `frictionless=True` the extra
            "frictionless", is not installed.

    See Also:
        check: Check one table.
        diff: Compare two packages.

    Example:
        >>> import bonemet_data as bm
        >>> bm.validate_package().valid
        True
    """
    with VALIDATE:
        import jsonschema  # noqa: F401 - so that a missing module names this extra, not a part of it
        import polars  # noqa: F401

    from .reporting.provenance import Provenance
    from .validation.stages import validate as run_stages

    package = open_version(None) if path is None else open_package(path, strict=False)
    report = run_stages(package, house=house, frictionless=frictionless, progress=progress)
    data = "the installed package" if path is None else str(path)
    return replace(report, provenance=Provenance.now((data,), None, installed_version()))


def _columns_schema(
    columns: Mapping[str, str], codes: Collection[str], published: Package
) -> dict[str, Any]:
    """Build a Table Schema whose columns refer to published tables, or contain codes."""
    fields, keys = [], []
    for column, table in columns.items():
        if column in codes:
            fields.append({"name": column, "type": "string"})
            continue
        schema = published.schema(published.resource(table))
        if len(schema.primary_key) != 1:
            raise ArgumentError(
                f"column {column} cannot refer to {table}, which has no single-column primary key: "
                "pass a schema with a foreign key instead."
            )
        (key,) = schema.primary_key
        field = schema.field(key)
        fields.append({"name": column, "type": field.type if field else "string"})
        reference = {"package": PUBLISHED, "resource": table, "fields": [key]}
        keys.append({"fields": [column], "reference": reference})
    return {"fields": fields, "foreignKeys": keys}
