"""Compiled schemas: the published Table Schemas, for frames in a user's hands."""

from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from ._names import unknown
from ._package import Package
from ._pandera import compile_pandas, compile_polars
from ._rules import Targets
from ._table import read_columns
from ._table_schema import ForeignKey
from ._tables import open_version
from .errors import UnsupportedFrameError

if TYPE_CHECKING:
    import pandera.pandas
    import pandera.polars

Frame = TypeVar("Frame")

_COMPILERS = {"pandas": compile_pandas, "polars": compile_polars}


@overload
def schema(
    name: str, engine: Literal["pandas"] = "pandas", *, version: str | None = None
) -> "pandera.pandas.DataFrameSchema": ...
@overload
def schema(
    name: str, engine: Literal["polars"], *, version: str | None = None
) -> "pandera.polars.DataFrameSchema": ...
def schema(name: str, engine: str = "pandas", *, version: str | None = None) -> Any:
    """Compile a table's Table Schema to a pandera schema.

    Args:
        name: the resource's name, one of `tables()`.
        engine: "pandas" or "polars".
        version: a released version, one of `releases()`; the installed schema if None.

    Returns:
        A schema that is strict in the order, names and types of columns, and that checks every
        constraint and key; foreign keys are checked against the published target table.

    Raises:
        UnknownNameError: there is no such resource, engine or release.
        IntegrityError: a table that a foreign key refers to differs from its stated sha256.
        UnsupportedSchemaError: the Table Schema uses a keyword that is not implemented.
        MissingExtraError: pandera or the engine's library is not installed.

    Example:
        >>> import bonemet_data as bm
        >>> list(bm.schema("citations").columns)
        ['concept_id', 'source_id']
    """
    if not isinstance(engine, str) or engine not in _COMPILERS:
        raise unknown("engine", engine, _COMPILERS)
    package = open_version(version)
    resource = package.resource(name)
    return _COMPILERS[engine](name, package.schema(resource), published_targets(package))


def validate(frame: Frame, name: str, *, version: str | None = None) -> Frame:
    """Check a frame against a table's schema.

    Args:
        frame: a pandas or Polars frame; a LazyFrame is collected for the check.
        name: the resource's name, one of `tables()`.
        version: a released version, one of `releases()`; the installed schema if None.

    Returns:
        The frame.

    Raises:
        pandera.errors.SchemaErrors: it does not conform; `failure_cases` lists every cell.
        UnknownNameError: there is no such resource.
        UnsupportedFrameError: the frame is neither pandas' nor Polars'.
        MissingExtraError: pandera is not installed.

    Example:
        >>> import bonemet_data as bm
        >>> len(bm.validate(bm.types(), "types"))
        3
    """
    engine: Any = _engine(frame)
    checked: Frame = schema(name, engine, version=version).validate(frame, lazy=True)
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
