"""Compiled schemas: Table Schemas, published or a user's own, for frames in a user's hands."""

from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from .datasets import open_version
from .errors import UnsupportedFrameError, UnsupportedSchemaError
from .names import unknown
from .package.csv_reading import read_columns
from .package.descriptor import Package
from .package.references import Source, read_user_schema
from .tableschema.constraints import Targets
from .tableschema.frames import is_implemented
from .tableschema.model import ForeignKey
from .tableschema.to_pandera import compile_pandas, compile_polars

if TYPE_CHECKING:
    import pandera.pandas
    import pandera.polars

Frame = TypeVar("Frame")

_COMPILERS = {"pandas": compile_pandas, "polars": compile_polars}


@overload
def schema(
    name: Source,
    engine: Literal["pandas"] = "pandas",
    *,
    version: str | None = None,
    resource: str | None = None,
) -> "pandera.pandas.DataFrameSchema": ...
@overload
def schema(
    name: Source,
    engine: Literal["polars"],
    *,
    version: str | None = None,
    resource: str | None = None,
) -> "pandera.polars.DataFrameSchema": ...
def schema(
    name: Source,
    engine: str = "pandas",
    *,
    version: str | None = None,
    resource: str | None = None,
) -> Any:
    """Compile a Table Schema to a pandera schema: a published one, or your own.

    Args:
        name: the name of a published table, one of `tables()`; or a Table Schema or a whole
            `datapackage.json` of your own, as `check` takes it: its content, or the path of a
            file whose name ends in .json.
        engine: "pandas" or "polars".
        version: the released version of the published tables, one of `releases()`; the installed
            ones if None.
        resource: which resource of your own `datapackage.json`.

    Returns:
        A schema that is strict in the order, names and types of columns, and that checks every
        constraint and key, by the same rules as `check`. Foreign keys are looked up in the
        tables that they refer to. Types are those of `load`: Int64, not float64, for integers
        with missing values, and a closed list of texts is a category or Enum. What is null is
        missing; a text of missingValues is so only where a value is required.

    Raises:
        UnknownNameError: there is no such resource, engine or release.
        IntegrityError: a table that a foreign key refers to differs from its stated sha256.
        UnsupportedSchemaError: the Table Schema uses a keyword or type that is not implemented.
        MissingExtraError: pandera or the engine's library is not installed.

    Example:
        >>> import bonemet_data as bm
        >>> list(bm.schema("citations").columns)
        ['concept_id', 'source_id']
        >>> age = {"name": "age", "type": "integer", "constraints": {"maximum": 120}}
        >>> bm.schema({"fields": [age]}).columns["age"].checks
        [<Check maximum: must be at most 120>]
    """
    if not isinstance(engine, str) or engine not in _COMPILERS:
        raise unknown("engine", engine, _COMPILERS)
    package = open_version(version)
    if isinstance(name, str) and not name.lower().endswith(".json"):
        table_schema = package.schema(package.resource(name))
        return _COMPILERS[engine](name, table_schema, published_targets(package))
    user = read_user_schema(name, package, resource)
    for field in user.schema.fields:
        if not is_implemented(field):
            raise UnsupportedSchemaError(
                f"{user.name}: {field.name}: the type {field.type}, as it is written here, is not "
                "implemented for pandera: leave it to check(), or make it a plain string."
            )
    return _COMPILERS[engine](user.name, user.schema, user.targets)


def validate(
    frame: Frame, name: Source, *, version: str | None = None, resource: str | None = None
) -> Frame:
    """Check a frame against the schema of a published table, or your own.

    Args:
        frame: a pandas or Polars frame; a LazyFrame is collected for the check.
        name: the name of a published table, or a schema of your own, as for `schema`.
        version: a released version, one of `releases()`; the installed schema if None.
        resource: which resource of your own `datapackage.json`.

    Returns:
        The frame.

    Raises:
        pandera.errors.SchemaErrors: it does not conform; `failure_cases` lists every cell.
        UnknownNameError: there is no such resource.
        UnsupportedFrameError: the frame is neither pandas' nor Polars'.
        UnsupportedSchemaError: the Table Schema uses a keyword or type that is not implemented.
        MissingExtraError: pandera is not installed.

    Example:
        >>> import bonemet_data as bm
        >>> len(bm.validate(bm.types(), "types"))
        3
    """
    engine: Any = _engine(frame)
    compiled = schema(name, engine, version=version, resource=resource)
    checked: Frame = compiled.validate(frame, lazy=True)
    return checked


def _engine(frame: object) -> str:
    """Name the library of a frame, without importing one that is not in use."""
    for kind in type(frame).__mro__:
        library = kind.__module__.partition(".")[0]
        if library in _COMPILERS and kind.__name__ in {"DataFrame", "LazyFrame"}:
            return library
    raise UnsupportedFrameError(
        f"A {type(frame).__name__} cannot be validated: "
        "give a pandas DataFrame, or a Polars DataFrame or LazyFrame."
    )


def published_targets(package: Package) -> Targets:
    """Give the look-up of foreign keys in a package's own, trusted tables."""

    def targets(key: ForeignKey) -> frozenset[tuple[Any, ...]]:
        _, columns = read_columns(package, package.resource(key.resource))
        return frozenset(zip(*(columns[name] for name in key.reference_fields), strict=True))

    return targets
