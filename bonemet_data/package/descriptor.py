"""Data packages: the descriptor, the resources, and their schemas and data."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import IntegrityError, PackageError
from ..names import unknown
from ..tableschema.model import TableSchema
from ..tableschema.parser import parse_table_schema
from .checksums import sha256
from .json_reading import read_json
from .storage import Folder, Storage

DESCRIPTOR = "datapackage.json"


class Resource(NamedTuple):
    """A resource of a package, which is a table.

    The class is a named tuple, because importing dataclasses takes longer than loading a table.

    Attributes:
        name: Name of the resource.
        path: Path of the data file.
        schema: Path of the Table Schema, or the schema as an object.
        title: Title, or "".
        description: Description, or "".
        dialect: Table Dialect of the file.
        encoding: Encoding of the file.
        bytes: Size of the file, or None.
        hash: Checksum of the file, such as "sha256:…", or None.
        rows: Number of rows, or None.
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
    """A data package. Schemas and data are read on demand.

    Args:
        storage: Files of the package.
        descriptor: Content of `datapackage.json`, with a list of resources.
    """

    def __init__(self, storage: Storage, descriptor: dict[str, Any]) -> None:
        self.storage = storage
        self.descriptor = descriptor

    @property
    def name(self) -> str:
        """The name of the package, or ""."""
        return str(self.descriptor.get("name", ""))

    @property
    def version(self) -> str:
        """The version of the package, or ""."""
        return str(self.descriptor.get("version", ""))

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The resources, in the order of the descriptor.

        Raises:
            PackageError: A resource is not valid.
        """
        return tuple(parse_resource(entry) for entry in self.descriptor["resources"])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the resources, in the order of the descriptor."""
        entries = (entry for entry in self.descriptor["resources"] if isinstance(entry, dict))
        return tuple(entry["name"] for entry in entries if isinstance(entry.get("name"), str))

    def resource(self, name: str) -> Resource:
        """Return the resource with a name. The other resources need not be valid.

        Raises:
            UnknownNameError: There is no such resource; the message suggests similar names.
            PackageError: The resource is not valid.
        """
        for entry in self.descriptor["resources"]:
            if isinstance(entry, dict) and entry.get("name") == name:
                return parse_resource(entry)
        raise unknown("resource", name, self.names)

    def schema(self, resource: Resource) -> TableSchema:
        """Read the Table Schema of a resource.

        Raises:
            PackageError: The file of the schema cannot be read.
            UnsupportedSchemaError: The schema is not valid, or uses a feature that is not
                implemented.
        """
        inline = not isinstance(resource.schema, str)
        name = f"the schema of {resource.name}" if inline else str(resource.schema)
        return parse_table_schema(self.schema_document(resource), name)

    def schema_document(self, resource: Resource) -> Mapping[str, Any]:
        """Return the Table Schema of a resource as JSON, from its file or from the descriptor."""
        if isinstance(resource.schema, str):
            return read_json(self.storage.read(resource.schema), resource.schema)
        return resource.schema

    def data(self, resource: Resource) -> bytes:
        """Read the file of a resource, and verify its checksum.

        Raises:
            PackageError: The file cannot be read.
            IntegrityError: The checksum differs from the descriptor, or the descriptor has none.
        """
        data = self.storage.read(resource.path)
        checksum = sha256(data)
        if checksum != resource.hash:
            expected = f"states {resource.hash}" if resource.hash else "states no checksum"
            raise IntegrityError(
                f"{resource.path} has the checksum {checksum}, but {DESCRIPTOR} {expected}. "
                "If you did not change the file, reinstall bonemet-data or restore the file from "
                "version control. If you changed the file, run `bonemet-data stamp` and then "
                "`bonemet-data validate`."
            )
        return data


_PROPERTIES: Mapping[str, tuple[Any, type | tuple[type, ...], str]] = {
    "name": (None, str, "a string"),
    "path": (None, str, "the path of one file"),
    "schema": (None, (str, dict), "a path or an object"),
    "dialect": ({}, dict, "an object"),
    "encoding": ("utf-8", str, "a string"),
    "bytes": (None, (int, type(None)), "an integer"),
    "hash": (None, (str, type(None)), "a string"),
    "rows": (None, (int, type(None)), "an integer"),
}
"""Default, types, and description of the types of each property of a resource."""


def parse_resource(entry: Any) -> Resource:
    """Parse a resource of a descriptor.

    Raises:
        PackageError: A property is missing, or the type of its value is not supported.
    """
    if not isinstance(entry, dict):
        raise PackageError(
            f"{DESCRIPTOR}: a resource must be an object, but is {entry!r:.80}. "
            "Run `bonemet-data validate` on the package."
        )
    values: dict[str, Any] = {}
    for name, (default, types, description) in _PROPERTIES.items():
        values[name] = value = entry.get(name, default)
        if not isinstance(value, types):
            state = f"is {value!r:.80}" if name in entry else "is missing"
            raise PackageError(
                f"{DESCRIPTOR}: resource {entry.get('name')!r:.80}: {name} must be {description}, "
                f"but {state}. Run `bonemet-data validate` on the package."
            )
    values |= {name: str(entry.get(name, "")) for name in ("title", "description")}
    return Resource(**values)


def open_package(path: Path) -> Package:
    """Open the package at a path: a folder or a `datapackage.json`.

    Raises:
        PackageError: There is no package at the path.
    """
    return read_package(open_folder(path))


def open_folder(path: Path) -> Folder:
    """Open the folder of a package, given the path of the folder or of its `datapackage.json`."""
    if not path.exists():
        raise PackageError(f"{path} does not exist: correct the path.")
    if not path.is_dir() and path.name != DESCRIPTOR:
        raise PackageError(f"{path} is neither a folder nor a {DESCRIPTOR}: correct the path.")
    return Folder(path if path.is_dir() else path.parent)


def read_package(storage: Storage) -> Package:
    """Read the descriptor of a package; raise PackageError if it does not list resources."""
    descriptor = read_json(storage.read(DESCRIPTOR), DESCRIPTOR)
    if not isinstance(descriptor.get("resources"), list):
        raise PackageError(f"{DESCRIPTOR} has no list 'resources': add the list of resources.")
    return Package(storage, descriptor)
