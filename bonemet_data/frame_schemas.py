"""Schemas of pandera for frames in memory, compiled from published or other Table Schemas."""

from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from .errors import UnsupportedFrameError
from .names import unknown
from .package.installed import PUBLISHED, open_version
from .reading.foreign_keys import foreign_key_targets
from .reading.schema_source import SchemaSource, read_user_schema

if TYPE_CHECKING:
    import pandera.pandas
    import pandera.polars

Frame = TypeVar("Frame")

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
        name: Name of a published table, one of `tables()`; a Table Schema, as an object or the
            path of a .json file; or the path of a `datapackage.json`.
        engine: "pandas" or "polars". Default: "pandas".
        version: Released version of the published tables, one of `releases()`. Default: the
            installed tables.
        resource: Name of a resource of `datapackage.json`. Default: the only resource.

    Returns:
        A schema that requires the names, order and types of the columns, and checks every
        constraint and key by the same rules as `check`. Foreign keys are checked against the
        tables that they refer to. The column types are the same as in `load`: Int64 (not float64)
        for integers with missing values, and a category or Enum for text with a list of allowed
        values. An Arrow column of pandas, and categories of texts, have the type of their values.

    Raises:
        UnknownNameError: There is no such table, engine, release or resource.
        UnsupportedSchemaError: The schema is not valid, or pandera does not support it.
        IntegrityError: A foreign key refers to a table whose checksum differs from the recorded
            one.
        MissingExtraError: pandera or the library of the engine is not installed.

    See Also:
        validate: Validate a frame with the schema.
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
    from .tableschema import pandera_schemas

    compile_schema: Any = getattr(pandera_schemas, _COMPILERS[engine])
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
    """Validate a frame with pandera, and return the frame.

    Args:
        frame: pandas DataFrame, or Polars DataFrame or LazyFrame. A LazyFrame is collected.
        name: Name of a published table, or a schema; see `schema`.
        version: Released version of the published tables, one of `releases()`. Default: the
            installed tables.
        resource: Name of a resource of `datapackage.json`. Default: the only resource.

    Returns:
        The frame, if it conforms to the schema.

    Raises:
        pandera.errors.SchemaErrors: The frame does not conform; `failure_cases` lists the cells.
        UnsupportedFrameError: The frame is not a pandas or Polars frame.
        UnknownNameError: There is no such table, release or resource.
        UnsupportedSchemaError: The schema is not valid, or pandera does not support it.
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


def _engine(frame: Any) -> str:
    """Return the name of the library of a frame, without importing the library."""
    for kind in type(frame).__mro__:
        library = kind.__module__.partition(".")[0]
        if library in _COMPILERS and kind.__name__ in {"DataFrame", "LazyFrame"}:
            if library == "pandas" and frame.columns.nlevels > 1:
                raise UnsupportedFrameError(
                    "The names of the columns have several levels: join each to one text."
                )
            return library
    raise UnsupportedFrameError(
        f"A {type(frame).__name__} cannot be validated: "
        "pass a pandas DataFrame, or a Polars DataFrame or LazyFrame."
    )
