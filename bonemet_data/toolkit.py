"""The public functions that check, validate and compare, joined to the published data."""

from collections.abc import Callable, Mapping
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from .errors import (
    ArgumentError,
    BonemetError,
    PackageError,
    UnsupportedFrameError,
    UnsupportedSchemaError,
)
from .names import unknown
from .package.descriptor import Package, open_package
from .package.installed import open_version
from .package.references import foreign_key_targets
from .package.schema_source import SchemaSource, read_user_schema

if TYPE_CHECKING:
    import pandera.pandas
    import pandera.polars
    from pyspark.sql import SparkSession

    from .comparison.difference import Difference
    from .reporting.report import Report

Frame = TypeVar("Frame")

PUBLISHED = "bonemet-data"
"""Name by which foreign keys refer to the published tables."""

_COMPILERS = {"pandas": "compile_pandas", "polars": "compile_polars"}


@overload
def schema(
    name: SchemaSource,
    engine: Literal["pandas"] = "pandas",
    *,
    version: str | None = None,
    resource: str | None = None,
) -> "pandera.pandas.DataFrameSchema": ...
@overload
def schema(
    name: SchemaSource,
    engine: Literal["polars"],
    *,
    version: str | None = None,
    resource: str | None = None,
) -> "pandera.polars.DataFrameSchema": ...
def schema(
    name: SchemaSource,
    engine: str = "pandas",
    *,
    version: str | None = None,
    resource: str | None = None,
) -> Any:
    """Compile a Table Schema to a pandera schema.

    Args:
        name (str | PathLike | Mapping): Name of a published table, one of `tables()`; or a Table
            Schema or `datapackage.json`, as its content or a path that ends in .json.
        engine (str): "pandas" (default) or "polars".
        version (str | None): Released version of the published tables, one of `releases()`.
            Default None: the installed tables.
        resource (str | None): Name of a resource of `datapackage.json`. Default None: the only one.

    Returns:
        pandera.pandas.DataFrameSchema | pandera.polars.DataFrameSchema: Schema that is strict in
        the order, names and types of the columns, and that checks every constraint and key by the
        same rules as `check`. Foreign keys are checked against the tables that they refer to.
        Types are those of `load`: Int64, not float64, for integers with missing values, and a
        category or Enum for text with a closed list of values.

    Raises:
        UnknownNameError: There is no such table, engine, release or resource.
        UnsupportedSchemaError: The schema is not valid, or uses what pandera cannot check.
        IntegrityError: The checksum of a table that a foreign key refers to is wrong.
        MissingExtraError: pandera or the library of the engine is not installed.

    See Also:
        validate: Check a frame against such a schema.
        check: Check files or frames of any size, with a report.

    Example:
        >>> import bonemet_data as bm
        >>> list(bm.schema("citations").columns)
        ['concept_id', 'source_id']
        >>> age = {"name": "age", "type": "integer", "constraints": {"maximum": 120}}
        >>> list(bm.schema({"fields": [age]}).columns)
        ['age']
    """
    if not isinstance(engine, str) or engine not in _COMPILERS:
        raise unknown("engine", engine, _COMPILERS)
    from .tableschema import to_pandera

    compile_schema: Any = getattr(to_pandera, _COMPILERS[engine])
    package = open_version(version)
    if isinstance(name, str) and not name.lower().endswith(".json"):
        table_schema = package.schema(package.resource(name))
        targets = foreign_key_targets(name, table_schema, package, {})
        return compile_schema(name, table_schema, targets)
    user = read_user_schema(name, {PUBLISHED: package}, resource)
    return compile_schema(user.name, user.schema, user.targets)


def validate(
    frame: Frame, name: SchemaSource, *, version: str | None = None, resource: str | None = None
) -> Frame:
    """Check a frame with pandera, and return it.

    Args:
        frame (DataFrame | LazyFrame): pandas or Polars frame. A LazyFrame is collected.
        name (str | PathLike | Mapping): Name of a published table, or a schema, as for `schema`.
        version (str | None): Released version of the published tables, one of `releases()`.
            Default None: the installed tables.
        resource (str | None): Name of a resource of `datapackage.json`. Default None: the only one.

    Returns:
        DataFrame | LazyFrame: The frame.

    Raises:
        pandera.errors.SchemaErrors: The frame does not conform; `failure_cases` lists every cell.
        UnsupportedFrameError: The frame is from another library.
        UnknownNameError: There is no such table, release or resource.
        UnsupportedSchemaError: The schema is not valid, or uses what pandera cannot check.
        MissingExtraError: pandera is not installed.

    See Also:
        schema: Return the pandera schema.
        check: Check files or frames of any size, with a report.

    Example:
        >>> import bonemet_data as bm
        >>> len(bm.validate(bm.types(), "types"))
        3
    """
    engine: Any = _engine(frame)
    validated: Frame = schema(name, engine, version=version, resource=resource).validate(
        frame, lazy=True
    )
    return validated


def _engine(frame: object) -> str:
    """Return the library of a frame, without importing it."""
    for kind in type(frame).__mro__:
        library = kind.__module__.partition(".")[0]
        if library in _COMPILERS and kind.__name__ in {"DataFrame", "LazyFrame"}:
            return library
    raise UnsupportedFrameError(
        f"A {type(frame).__name__} cannot be validated: "
        "pass a pandas DataFrame, or a Polars DataFrame or LazyFrame."
    )


def check(
    data: Any,
    schema: SchemaSource | None = None,
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
) -> "Report":
    """Check every cell, key and reference of a table, streaming.

    Memory does not grow with the number of rows, except for unique keys, which need 8 bytes for
    each row (on disk, if there are many).

    Args:
        data: Path of CSV or TSV (plain, .gz or .zst), Parquet or Arrow; a glob pattern or a folder
            of such files, which count as one table; "-" for CSV on standard input; a pandas,
            Polars or Arrow frame; or a list of these.
        schema: Table Schema or `datapackage.json`, as its content or a path. Foreign keys to the
            package "bonemet-data" refer to the published tables.
        columns: Instead of a schema, the published table whose ids each column must have, such as
            {"lesion_type": "types"}; other columns are not checked.
        version: Released version of the published tables, one of `releases()`. Default None: the
            installed tables.
        resource: Name of a resource of `datapackage.json`. Default None: the resource with the
            path of the data.
        separator: Separator of CSV files, one character. Default None: the one that
            `datapackage.json` states, or that the suffix of the file implies.
        limit: Number of findings in the report, 0 or more. Default 100; its counts are always
            exact.
        output: Path of a file for all findings: .parquet, .csv, or .json (one object a line).
        progress: Function that is called with the numbers of records and bytes checked so far.
        engine: "polars" for this machine, or "spark" for paths that all workers can read and Spark
            DataFrames; both return the same report.
        spark: Session for the engine "spark". Default None: the active one, or a new one.

    Returns:
        Report: The findings and their counts.

    Raises:
        ArgumentError: Neither or both of `schema` and `columns` are given, the list of files is
            empty, or an argument has a value that is not allowed.
        DataError: Some data cannot be read, or changed while they were read.
        UnsupportedSchemaError: The schema uses what is not implemented; nothing was read.
        UnsupportedFrameError: The engine cannot read such data.
        UnknownNameError: There is no such resource, column, release or engine.
        OutputError: The findings cannot be written.
        MissingExtraError: Polars, or PySpark for the engine "spark", is not installed.

    See Also:
        validate: Check a frame with pandera, and get it back.
        validate_package: Validate a whole data package.

    Example:
        >>> import bonemet_data as bm
        >>> import pandas as pd
        >>> cohort = pd.DataFrame({"lesion_type": ["osteolytic", "Mixed", "lytic"]})
        >>> print(bm.check(cohort, columns={"lesion_type": "types"}))
        row 2: lesion_type: 'Mixed' not found in types.type_id; did you mean 'mixed'?  [foreignKeys]
        row 3: lesion_type: 'lytic' not found in types.type_id  [foreignKeys]
        2 errors in 3 rows
    """
    from .checking.check import check as check_data
    from .checking.plan import Plan
    from .terminology.functions import suggest

    if (schema is None) == (not columns):
        raise ArgumentError("give either schema or columns.")
    published = open_version(version)
    source = _columns_schema(columns or {}, published) if schema is None else schema
    file = str(data) if isinstance(data, str | PathLike) else None
    user = read_user_schema(source, {PUBLISHED: published}, resource, file)
    if user.dialect.get("quoteChar", '"') != '"':
        raise UnsupportedSchemaError(f"{user.name}: check() supports no quoteChar but '\"'.")
    plan = Plan.of(
        user.schema,
        user.targets,
        exact=schema is not None,
        suggest=partial(suggest, version=version),
    )
    return check_data(
        data,
        plan,
        separator=user.dialect.get("delimiter") if separator is None else separator,
        limit=limit,
        output=output,
        progress=progress,
        engine=engine,
        spark=spark,
    )


def validate_package(
    path: str | PathLike[str] | None = None, *, frictionless: bool = False
) -> "Report":
    """Validate a data package: descriptor, files, cells, keys, consistency and releases.

    Args:
        path (str | PathLike | None): Folder of the package, or its `datapackage.json`. Default
            None: the installed package.
        frictionless (bool): Whether to compare the result with frictionless-py. Default: False.

    Returns:
        Report: The findings of every stage, and their counts. The rules of this package, such as
        the canonical form of its CSV files, apply to the package named "bonemet-data" only.

    Raises:
        PackageError: There is no package, or its descriptor is not a JSON object.
        MissingExtraError: The extra "validate" is not installed, or with `frictionless` the extra
            "frictionless".

    See Also:
        check: Check one table.
        diff: Compare two packages.

    Example:
        >>> import bonemet_data as bm
        >>> bm.validate_package().valid
        True
    """
    from .validation.stages import validate as run_stages

    package = open_version(None) if path is None else open_package(Path(path))
    return run_stages(package, frictionless=frictionless)


def diff(old: str | PathLike[str], new: str | PathLike[str] | None = None) -> "Difference":
    """Compare two versions of a data package.

    Args:
        old (str | PathLike): Released version of this package, such as "1.0.0"; or the path of a
            package: a folder, a `datapackage.json` or a ZIP archive.
        new (str | PathLike | None): The same for the other package. Default None: the installed
            package.

    Returns:
        Difference: The changes, the version step that they require, and the smallest version that
        the other package may have. Rows are compared by primary key.

    Raises:
        UnknownNameError: There is no such release.
        PackageError: There is no package at the path, or it cannot be read.

    See Also:
        releases: Return the releases.
        validate_package: Validate one package.

    Example:
        >>> import bonemet_data as bm
        >>> bm.diff("1.0.0", "1.1.0").level.name
        'MINOR'
    """
    from .comparison.compare import compare

    return compare(_open(old), open_version(None) if new is None else _open(new))


def _open(name: str | PathLike[str]) -> Package:
    """Open a package by its path, or a release of the published package by its version."""
    from .comparison.compare import open_any
    from .package.version import Version

    if Path(name).exists():
        return open_any(name)
    try:
        Version.parse(str(name))
    except BonemetError as error:
        raise PackageError(
            f"{name} is neither an existing path nor a released version, such as 1.0.0."
        ) from error
    return open_version(str(name))


def _columns_schema(columns: Mapping[str, str], published: Package) -> dict[str, Any]:
    """Return the Table Schema of columns that refer to published tables."""
    fields, keys = [], []
    for column, table in columns.items():
        schema = published.schema(published.resource(table))
        if len(schema.primary_key) != 1:
            raise ArgumentError(
                f"table {table} has no key of one column that {column} could refer to: "
                "write a schema instead."
            )
        (key,) = schema.primary_key
        field = schema.field(key)
        fields.append({"name": column, "type": field.type if field else "string"})
        reference = {"package": PUBLISHED, "resource": table, "fields": [key]}
        keys.append({"fields": [column], "reference": reference})
    return {"fields": fields, "foreignKeys": keys}
