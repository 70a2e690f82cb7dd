"""The data package: the descriptor, its resources, and bytes that the descriptor vouches for."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import IntegrityError, PackageError
from ..names import unknown
from ..tableschema.model import TableSchema, read_table_schema
from .storage import Folder, Store, read_json

DESCRIPTOR = "datapackage.json"


class Resource(NamedTuple):
    """One table of a package: where its data and schema are, and what the descriptor vouches for.

    `schema` is the path of the Table Schema, or the schema itself where it stands inline.
    """

    name: str
    path: str
    schema: str | Mapping[str, Any]
    title: str
    description: str
    dialect: Mapping[str, Any]
    encoding: str
    bytes: int | None
    hash: str | None
    rows: int | None


class Package:
    """A data package that has been opened; nothing but its descriptor is read until asked for.

    Args:
        store: where its files are.
        descriptor: the content of `datapackage.json`.
    """

    def __init__(self, store: Store, descriptor: dict[str, Any]) -> None:
        self.store = store
        self.descriptor = descriptor

    @property
    def name(self) -> str:
        """The package's name, or "" where it has none."""
        return str(self.descriptor.get("name", ""))

    @property
    def version(self) -> str:
        """The package's version, or "" where it has none."""
        return str(self.descriptor.get("version", ""))

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The resources, in descriptor order; raises PackageError if one is not sound."""
        try:
            resources = tuple(read_resource(entry) for entry in self.descriptor["resources"])
            names: list[object] = [resource.name for resource in resources]
            if not all(isinstance(name, str) for name in names):
                raise TypeError("a name that is no text")
        except (KeyError, TypeError, AttributeError) as error:
            raise PackageError(
                f"A resource in {DESCRIPTOR} lacks its name, path or schema: "
                "run  bonemet-data validate  on the package."
            ) from error
        return resources

    def resource(self, name: str) -> Resource:
        """Find a resource; raises UnknownNameError with the nearest names if there is none."""
        resources = {resource.name: resource for resource in self.resources}
        if name not in resources:
            raise unknown("resource", name, resources)
        return resources[name]

    def schema(self, resource: Resource) -> TableSchema:
        """Read a resource's Table Schema; raises UnsupportedSchemaError if it asks too much."""
        inline = not isinstance(resource.schema, str)
        name = f"the schema of {resource.name}" if inline else str(resource.schema)
        return read_table_schema(self.schema_document(resource), name)

    def schema_document(self, resource: Resource) -> Mapping[str, Any]:
        """Read the JSON of a resource's Table Schema, from its file or from the descriptor."""
        if isinstance(resource.schema, str):
            return read_json(self.store.read(resource.schema), resource.schema)
        return resource.schema

    def data(self, resource: Resource) -> bytes:
        """Read a resource's bytes and compare their sha256 with the descriptor.

        Raises:
            IntegrityError: they differ, or the descriptor states no sha256.
        """
        data = self.store.read(resource.path)
        found = sha256(data)
        if found != resource.hash:
            raise IntegrityError(
                f"{resource.path} is not the file that {DESCRIPTOR} vouches for "
                f"({resource.hash or 'no hash is stated'}; the file has {found}). "
                "If you did not change it, install bonemet-data again or restore the file from "
                "version control; if you did, run  bonemet-data stamp  and then  "
                "bonemet-data validate"
            )
        return data


def read_resource(entry: Mapping[str, Any]) -> Resource:
    """Read a resource of a descriptor that is known to be sound."""
    return Resource(
        name=entry["name"],
        path=entry["path"],
        schema=entry["schema"],
        title=entry.get("title", ""),
        description=entry.get("description", ""),
        dialect=entry.get("dialect", {}),
        encoding=entry.get("encoding", "utf-8"),
        bytes=entry.get("bytes"),
        hash=entry.get("hash"),
        rows=entry.get("rows"),
    )


def sha256(data: bytes) -> str:
    """Give the hash of some bytes as a descriptor writes it."""
    import hashlib

    return "sha256:" + hashlib.sha256(data).hexdigest()


def open_package(path: Path) -> Package:
    """Open a package by its folder or its descriptor.

    Args:
        path: a folder that holds `datapackage.json`, or that file itself.

    Raises:
        PackageError: there is no such file, or it does not describe a package.
    """
    return read_package(open_folder(path))


def open_folder(path: Path) -> Folder:
    """Find the folder that a path names, or in which the descriptor that it names lies."""
    if not path.exists() or (not path.is_dir() and path.name != DESCRIPTOR):
        raise PackageError(f"{path} is neither a folder nor a {DESCRIPTOR}: name one of the two.")
    return Folder(path if path.is_dir() else path.parent)


def read_package(store: Store) -> Package:
    """Read a package's descriptor; raises PackageError if it does not describe a package."""
    descriptor = read_json(store.read(DESCRIPTOR), DESCRIPTOR)
    if not isinstance(descriptor.get("resources"), list):
        raise PackageError(f"{DESCRIPTOR} must list its resources under 'resources'.")
    return Package(store, descriptor)


def installed_folder() -> Folder:
    """Give the folder of the package that came with this code: the modules' own, or a checkout."""
    here = Path(__file__).parent.parent
    return Folder(here if (here / DESCRIPTOR).is_file() else here.parent)


def installed() -> Package:
    """Open the package that came with this code."""
    return read_package(installed_folder())
