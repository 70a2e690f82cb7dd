"""Load the published tables by name."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, overload

from .package.installed import installed, installed_folder, installed_releases, open_version
from .package.typed_columns import read_columns
from .tableschema.frames import frame_builder

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

    from .package.ledger import Release

Engine: TypeAlias = Literal["pandas", "polars", "arrow", "records"]


def tables(version: str | None = None) -> tuple[str, ...]:
    """Return the names of the tables.

    Args:
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        The names, in the order of the descriptor.

    Raises:
        UnknownNameError: There is no such release.

    See Also:
        load: Load a table.

    Example:
        >>> import bonemet_data as bm
        >>> bm.tables()[:4]
        ('symptoms', 'types', 'causes', 'treatments')
    """
    return open_version(version).names


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
    """Load a table with the types of its Table Schema, after verifying its checksum.

    Args:
        name: Name of the table, one of `tables()`.
        engine: "pandas", "polars", "arrow" or "records". "records" imports only the standard
            library. Default: "pandas".
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        A new frame with the rows of the CSV file, in order; for "records", a tuple of named tuples,
        which cannot be pickled. In pandas, a missing value is `pandas.NA`, and a column with a list
        of allowed values is categorical.

    Raises:
        UnknownNameError: There is no such table, engine or release.
        IntegrityError: The checksum of the file differs from the descriptor, or the checksum of
            the release archive differs from the manifest of releases.
        MissingExtraError: The library of the engine is not installed.

    See Also:
        tables: Return the names of the tables.
        path: Return the path of the CSV file.
        schema: Return the schema of a table for pandera.

    Example:
        >>> import bonemet_data as bm
        >>> bm.load("types", engine="records")[1].main_feature
        'Excess new bone formation'
        >>> float(bm.load("symptoms").loc[0, "prevalence_upper_percent"])
        75.0
    """
    build = frame_builder(engine)
    package = open_version(version)
    return build(*read_columns(package, package.resource(name)))


def symptoms(version: str | None = None) -> "pd.DataFrame":
    """Load the symptoms of bone metastasis.

    Args:
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        The table, as returned by `load("symptoms")`.

    Raises:
        UnknownNameError: There is no such release.
        IntegrityError: The checksum of a file differs from the recorded one.

    See Also:
        load: Load any table, with any engine.

    Example:
        >>> import bonemet_data as bm
        >>> len(bm.symptoms())
        6
    """
    return load("symptoms", version=version)


def types(version: str | None = None) -> "pd.DataFrame":
    """Load the types of bone metastasis.

    Args:
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        The table, as returned by `load("types")`.

    Raises:
        UnknownNameError: There is no such release.
        IntegrityError: The checksum of a file differs from the recorded one.

    See Also:
        load: Load any table, with any engine.

    Example:
        >>> import bonemet_data as bm
        >>> bm.types()["type_id"].tolist()
        ['osteolytic', 'osteoblastic', 'mixed']
    """
    return load("types", version=version)


def causes(version: str | None = None) -> "pd.DataFrame":
    """Load the causes and mechanisms of bone metastasis.

    Args:
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        The table, as returned by `load("causes")`.

    Raises:
        UnknownNameError: There is no such release.
        IntegrityError: The checksum of a file differs from the recorded one.

    See Also:
        load: Load any table, with any engine.

    Example:
        >>> import bonemet_data as bm
        >>> bm.causes().loc[0, "factor"]
        'Seed & Soil'
    """
    return load("causes", version=version)


def treatments(version: str | None = None) -> "pd.DataFrame":
    """Load the treatments of bone metastasis.

    Args:
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        The table, as returned by `load("treatments")`.

    Raises:
        UnknownNameError: There is no such release.
        IntegrityError: The checksum of a file differs from the recorded one.

    See Also:
        load: Load any table, with any engine.

    Example:
        >>> import bonemet_data as bm
        >>> bm.treatments().loc[3, "treatment_type"]
        'Surgery'
    """
    return load("treatments", version=version)


def sources(version: str | None = None) -> "pd.DataFrame":
    """Load the sources that the article cites.

    Args:
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        The table, as returned by `load("sources")`.

    Raises:
        UnknownNameError: There is no such release.
        IntegrityError: The checksum of a file differs from the recorded one.

    See Also:
        citations: Load the sources of one row or concept.

    Example:
        >>> import bonemet_data as bm
        >>> bm.sources()["status"].unique().tolist()
        ['unresolved']
    """
    return load("sources", version=version)


def path(name: str) -> Path:
    """Return the path of the CSV file of a table, for use with other software.

    Args:
        name: Name of the table, one of `tables()`.

    Returns:
        The path of the file.

    Raises:
        UnknownNameError: There is no such table.

    See Also:
        load: Load the table.

    Example:
        >>> import bonemet_data as bm
        >>> bm.path("types").name
        'types.csv'
    """
    return installed_folder().locate(installed().resource(name).path)


def descriptor(version: str | None = None) -> dict[str, Any]:
    """Return the descriptor of the data package: its metadata and its resources.

    Args:
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        A copy of the content of `datapackage.json`.

    Raises:
        UnknownNameError: There is no such release.

    See Also:
        releases: Return the releases.

    Example:
        >>> import bonemet_data as bm
        >>> bm.descriptor()["name"]
        'bonemet-data'
    """
    from copy import deepcopy

    return deepcopy(open_version(version).descriptor)


def releases() -> "tuple[Release, ...]":
    """Return the releases whose data can be loaded.

    Returns:
        The releases, oldest first.

    Raises:
        PackageError: The manifest of releases is damaged.

    See Also:
        load: Load a table of a release.
        diff: Compare two versions.

    Example:
        >>> import bonemet_data as bm
        >>> bm.releases()[0].version
        '1.0.0'
    """
    return installed_releases()
