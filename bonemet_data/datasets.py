"""The published tables: what a data scientist asks for, by name."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

from .names import unknown
from .package.csv_reading import read_columns
from .package.descriptor import Package, Resource, installed, installed_folder
from .tableschema.frames import ENGINES

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Engine: TypeAlias = Literal["pandas", "polars", "arrow", "records"]


def tables() -> tuple[str, ...]:
    """Name the tables of the package.

    Returns:
        The resource names, in descriptor order.

    Example:
        >>> import bonemet_data as bm
        >>> bm.tables()[:4]
        ('symptoms', 'types', 'causes', 'treatments')
    """
    return tuple(resource.name for resource in installed().resources)


@overload
def load(
    name: str, engine: Literal["pandas"] = "pandas", *, version: str | None = None
) -> "pd.DataFrame": ...
@overload
def load(name: str, engine: Literal["polars"], *, version: str | None = None) -> "pl.DataFrame": ...
@overload
def load(
    name: str, engine: Literal["records"], *, version: str | None = None
) -> tuple[Any, ...]: ...
@overload
def load(name: str, engine: Literal["arrow"], *, version: str | None = None) -> Any: ...
def load(name: str, engine: Engine = "pandas", *, version: str | None = None) -> Any:
    """Load a table, typed by its Table Schema, after its sha256 has been compared.

    Args:
        name: the resource's name, one of `tables()`.
        engine: "pandas", "polars", "arrow", or "records" for a tuple of named tuples, which
            imports nothing outside the standard library (and cannot be pickled).
        version: a released version, one of `releases()`; the installed tables if None.

    Returns:
        A new frame with a row for each row of the CSV file, in its order. In pandas a missing
        value is NA and a column with a closed list is categorical.

    Raises:
        UnknownNameError: there is no such resource, engine or release.
        IntegrityError: the file's sha256 differs from the descriptor's, or the archive's from
            the ledger's.
        MissingExtraError: the engine's library is not installed.

    Example:
        >>> import bonemet_data as bm
        >>> bm.load("types", engine="records")[1].main_feature
        'Excess new bone formation'
        >>> bm.load("symptoms").loc[0, "prevalence_upper_percent"]
        np.float64(75.0)
    """
    if not isinstance(engine, str) or engine not in ENGINES:
        raise unknown("engine", engine, ENGINES)
    package = open_version(version)
    return _frame(package, package.resource(name), engine)


def symptoms() -> "pd.DataFrame":
    """Load the symptoms.

    Returns:
        What `load("symptoms")` gives, and raises what it raises.

    Example:
        >>> import bonemet_data as bm
        >>> len(bm.symptoms())
        6
    """
    return load("symptoms")


def types() -> "pd.DataFrame":
    """Load the types of bone metastasis.

    Returns:
        What `load("types")` gives, and raises what it raises.

    Example:
        >>> import bonemet_data as bm
        >>> bm.types()["type_id"].tolist()
        ['osteolytic', 'osteoblastic', 'mixed']
    """
    return load("types")


def causes() -> "pd.DataFrame":
    """Load the causes and mechanisms.

    Returns:
        What `load("causes")` gives, and raises what it raises.

    Example:
        >>> import bonemet_data as bm
        >>> bm.causes().loc[0, "factor"]
        'Seed & Soil'
    """
    return load("causes")


def treatments() -> "pd.DataFrame":
    """Load the treatments.

    Returns:
        What `load("treatments")` gives, and raises what it raises.

    Example:
        >>> import bonemet_data as bm
        >>> bm.treatments().loc[3, "treatment_type"]
        'Surgery'
    """
    return load("treatments")


def sources() -> "pd.DataFrame":
    """Load the cited sources.

    Returns:
        What `load("sources")` gives, and raises what it raises.

    Example:
        >>> import bonemet_data as bm
        >>> bm.sources()["status"].unique().tolist()
        ['unresolved']
    """
    return load("sources")


def citations(concept_id: str) -> "pd.DataFrame":
    """Look up the sources that the article cites for a row.

    Args:
        concept_id: the row's id in its table, such as "pain".

    Returns:
        The rows of `sources` that are cited, in the article's order; none for a concept that a
        cell names but that is not itself a row, for the article cites rows.

    Raises:
        UnknownNameError: there is no such concept; the text lists the nearest.

    Example:
        >>> import bonemet_data as bm
        >>> bm.citations("spinal_issues")["source_id"].tolist()
        [4, 10]
    """
    concepts = [concept.concept_id for concept in load("concepts", "records")]
    if concept_id not in concepts:
        raise unknown("concept", concept_id, concepts)
    links = load("citations", "records")
    cited = [link.source_id for link in links if link.concept_id == concept_id]
    return sources().set_index("source_id").loc[cited].reset_index()


def path(name: str) -> Path:
    """Give the CSV file of a table, for those who would rather read it themselves.

    Args:
        name: the resource's name, one of `tables()`.

    Returns:
        The file's path.

    Raises:
        UnknownNameError: there is no such resource.

    Example:
        >>> import bonemet_data as bm
        >>> bm.path("types").name
        'types.csv'
    """
    return installed_folder().locate(installed().resource(name).path)


def descriptor() -> dict[str, Any]:
    """Give the package's metadata.

    Returns:
        The content of `datapackage.json`, as the caller's own copy.

    Example:
        >>> import bonemet_data as bm
        >>> bm.descriptor()["name"]
        'bonemet-data'
    """
    return installed().descriptor


def version() -> str:
    """Give the one version number of data and code, from `datapackage.json`."""
    return installed().version


def open_version(version: str | None) -> Package:
    """Open the package that came with this code, or with a version a release of it."""
    if version is None:
        return installed()
    from .package.ledger import released  # not needed, and not paid for, by most

    return released(version)


def _frame(package: Package, resource: Resource, engine: str) -> Any:
    return ENGINES[engine](*read_columns(package, resource))
