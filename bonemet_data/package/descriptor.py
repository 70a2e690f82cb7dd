"""Data packages: the descriptor, the resources, and their schemas and data."""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from ..errors import IntegrityError, PackageError, UnsupportedSchemaError
from ..names import unknown
from ..tableschema.model import TableSchema
from ..tableschema.parser import parse_table_schema
from ..tableschema.problems import Problem
from .checksums import checksum_of, sha256
from .dialect import Dialect, read_dialect
from .json_reading import read_document
from .resource import Resource, is_remote, read_resource
from .storage import Folder, Storage

DESCRIPTOR = "datapackage.json"

_VALIDATE = "Run `bonemet-data validate` on the package."


class Package:
    """A data package. Schemas and data are read on demand.

    Args:
        storage: Files of the package.
        descriptor: Content of `datapackage.json`, with a list of resources.
        problems: Problems of `datapackage.json` as a JSON file.
    """

    def __init__(
        self, storage: Storage, descriptor: dict[str, Any], problems: tuple[Problem, ...] = ()
    ) -> None:
        self.storage = storage
        self.descriptor = descriptor
        self.problems = problems

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
        return tuple(
            parse_resource(entry, number)
            for number, entry in enumerate(self.descriptor["resources"])
        )

    def read_resources(self) -> list[tuple[Resource | None, tuple[Problem, ...]]]:
        """Read every resource with its problems, whatever the descriptor contains."""
        entries = self.descriptor["resources"]
        return [read_resource(entry, number) for number, entry in enumerate(entries)]

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
        for number, entry in enumerate(self.descriptor["resources"]):
            if isinstance(entry, dict) and entry.get("name") == name:
                return parse_resource(entry, number)
        raise unknown("resource", name, self.names)

    def schema(self, resource: Resource) -> TableSchema:
        """Read the Table Schema of a resource.

        Raises:
            PackageError: The file of the schema cannot be read.
            UnsupportedSchemaError: The schema is not valid, or uses a feature that is not
                implemented.
        """
        return parse_table_schema(self.schema_document(resource), schema_name(resource))

    def schema_document(self, resource: Resource) -> Mapping[str, Any]:
        """Return the Table Schema of a resource as JSON, from its file or from the descriptor.

        Raises:
            PackageError: The file of the schema cannot be read.
            UnsupportedSchemaError: The resource has no schema, or a remote one.
        """
        if resource.schema is None:
            raise UnsupportedSchemaError(
                f"{resource.label} has no Table Schema: add 'schema' to the resource."
            )
        if isinstance(resource.schema, str):
            return self.document(resource.schema)[0]
        return resource.schema

    def dialect(self, resource: Resource) -> tuple[Dialect, tuple[Problem, ...]]:
        """Read the Table Dialect of a resource, from its file or from the descriptor.

        Raises:
            PackageError: The file of the dialect cannot be read.
            UnsupportedSchemaError: The dialect is remote.
        """
        if isinstance(resource.dialect, str):
            return read_dialect(self.document(resource.dialect)[0], resource.dialect)
        return read_dialect(resource.dialect, f"resources[{resource.number}].dialect")

    def document(self, path: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        """Read a JSON file of the package and its problems, such as duplicate keys.

        Raises:
            PackageError: The file cannot be read, or is not a JSON object.
            UnsupportedSchemaError: The path is a URL.
        """
        if is_remote(path):
            raise UnsupportedSchemaError(
                f"{path} is remote, and is never fetched: download the file, and write its path."
            )
        return read_document(self.storage.read(path), path)

    def data(self, resource: Resource) -> bytes:
        """Read the file of a resource, and verify its checksum.

        Raises:
            PackageError: The file cannot be read.
            IntegrityError: The checksum differs from the descriptor, or the descriptor has none.
        """
        data = self.storage.read(resource.path)
        _require_checksum(resource, sha256(data))
        return data

    def require_checksum(self, resource: Resource) -> None:
        """Verify the SHA-256 checksum of a file, if the descriptor states one.

        Raises:
            PackageError: The file cannot be read.
            IntegrityError: The checksum differs from the descriptor.
        """
        if not (resource.hash or "").startswith("sha256:") or len(resource.paths) != 1:
            return
        source = self.storage.source(resource.path)
        checksum = f"sha256:{checksum_of([source])[0]}"
        _require_checksum(resource, checksum)


def _require_checksum(resource: Resource, checksum: str) -> None:
    if checksum != resource.hash:
        expected = f"states {resource.hash}" if resource.hash else "states no checksum"
        raise IntegrityError(
            f"{resource.path} has the checksum {checksum}, but {DESCRIPTOR} {expected}. "
            "If you did not change the file, reinstall bonemet-data or restore the file from "
            "version control. If you changed the file, run `bonemet-data stamp` and then "
            "`bonemet-data validate`."
        )


def schema_name(resource: Resource) -> str:
    """Return the name of the schema of a resource in error messages."""
    path = resource.schema
    return path if isinstance(path, str) else f"the schema of {resource.label}"


_NEEDED = {"name", "path", "url", "schema", "dialect", "encoding"}
"""Properties of a resource that must be valid to read it."""


def parse_resource(entry: object, number: int = 0) -> Resource:
    """Read a resource strictly.

    Raises:
        PackageError: The resource is not an object, or a property that is needed to read it breaks
            the standard.
    """
    resource, problems = read_resource(entry, number)
    for problem in problems:
        key = problem.path.rpartition("].")[2]
        has_data = resource is not None and (resource.paths or resource.data is not None)
        is_needed = key in _NEEDED and not (key in {"path", "url"} and has_data)
        if problem.severity == "error" and (resource is None or is_needed):
            raise PackageError(f"{DESCRIPTOR}: {problem}. {_VALIDATE}")
    assert resource is not None  # noqa: S101 - otherwise there is an error
    return resource


def open_package(path: str | PathLike[str], *, strict: bool = True) -> Package:
    """Open the package at a path: a folder, a `datapackage.json`, or a ZIP archive.

    Args:
        path: Path of the package.
        strict: Whether the descriptor must list resources. Default: True.

    Raises:
        PackageError: There is no package at the path, or its descriptor cannot be read.
    """
    if is_remote(str(path)):
        raise PackageError(
            f"{path} is a URL, and remote packages are not fetched: download the package, and pass "
            "the path of its folder or ZIP file."
        )
    location = Path(path)
    if location.is_dir() or location.name == DESCRIPTOR:
        return read_package(open_folder(location), strict=strict)
    try:
        data = location.read_bytes()
    except FileNotFoundError as error:
        raise PackageError(f"{path} does not exist: correct the path.") from error
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        reason = getattr(error, "strerror", None) or error
        raise PackageError(f"{path} cannot be read: {reason}. Correct the path.") from error
    if location.suffix.lower() != ".zip" and not data.startswith(b"PK"):
        raise PackageError(
            f"{path} is neither a folder nor a {DESCRIPTOR} nor a ZIP archive of a package: "
            "correct the path."
        )
    from .archive import Archive  # imports zipfile, which few users need

    return read_package(Archive(data, str(path)), strict=strict)


def open_folder(path: Path) -> Folder:
    """Open the folder of a package, given the path of the folder or of its `datapackage.json`."""
    if not path.exists():
        raise PackageError(f"{path} does not exist: correct the path.")
    if not path.is_dir() and path.name != DESCRIPTOR:
        raise PackageError(f"{path} is neither a folder nor a {DESCRIPTOR}: correct the path.")
    return Folder(path if path.is_dir() else path.parent)


def read_package(storage: Storage, *, strict: bool = True) -> Package:
    """Read the descriptor of a package.

    Args:
        storage: Files of the package.
        strict: Whether the descriptor must list resources; otherwise it may have none.

    Raises:
        PackageError: The descriptor cannot be read, or does not list resources.
    """
    descriptor, problems = read_document(storage.read(DESCRIPTOR), DESCRIPTOR)
    if not isinstance(descriptor.get("resources"), list):
        if strict:
            raise PackageError(f"{DESCRIPTOR} has no list 'resources': add the list of resources.")
        descriptor["resources"] = []
    return Package(storage, descriptor, problems)
