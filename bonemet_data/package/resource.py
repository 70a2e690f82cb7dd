"""Resources: the entries of a descriptor that describe files or inline data.

https://datapackage.org/standard/data-resource/, and version 1 of the standard,
https://specs.frictionlessdata.io/data-resource/.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeGuard

from ..tableschema.problems import Problem, Problems

TABULAR_PROFILES = {
    "tabular-data-resource",
    "https://specs.frictionlessdata.io/schemas/tabular-data-resource.json",
}
"""Values of `profile` in version 1 for a resource that is a table."""

UNOPENED = "was not opened: "
"""Start of the message about a URL of a scheme that the standard does not allow."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_SCHEMES = ("http://", "https://", "ftp://", "ftps://")
_REMOTE = "is remote, and is never fetched: download it, and write its path in the package"


class Resource(NamedTuple):
    """A resource of a package: a table, or any other file.

    The class is a named tuple, because importing dataclasses takes longer than loading a table.

    Attributes:
        name: Name of the resource, or "".
        paths: Paths or URLs of the parts of the data; () for inline data.
        schema: Path or URL of the Table Schema, or the schema as an object; None if there is none.
        dialect: Path or URL of the Table Dialect, or the dialect as an object.
        title: Title, or "".
        description: Description, or "".
        encoding: Encoding of the data, or "" if it is not stated.
        format: Format, in lower case, such as "csv", or "" if it is not stated.
        mediatype: Media type, or "".
        compression: Compression, in lower case, such as "gz", or "" if it is not stated.
        bytes: Size of the data, or None.
        hash: Checksum of the data, such as "sha256:…", or None.
        rows: Number of rows, or None.
        type: "table", or "" for any data.
        data: Inline data; None if the data are in files.
        number: Index of the resource in the descriptor.
    """

    name: str
    paths: tuple[str, ...] = ()
    schema: str | Mapping[str, Any] | None = None
    dialect: Any = {}  # noqa: RUF012 - is not changed
    title: str = ""
    description: str = ""
    encoding: str = ""
    format: str = ""
    mediatype: str = ""
    compression: str = ""
    bytes: int | None = None
    hash: str | None = None
    rows: int | None = None
    type: str = ""
    data: Any = None
    number: int = 0

    @property
    def path(self) -> str:
        """The path of the first part; "" for inline data."""
        return self.paths[0] if self.paths else ""

    @property
    def label(self) -> str:
        """The name, or the path in the descriptor of a resource without a name."""
        return self.name or f"resources[{self.number}]"

    @property
    def tabular(self) -> bool:
        """Whether the resource is a table."""
        return self.type == "table" or self.schema is not None

    @property
    def remote(self) -> tuple[str, ...]:
        """The URLs among the paths."""
        return tuple(path for path in self.paths if is_remote(path))


def is_remote(path: object) -> TypeGuard[str]:
    """Return whether a path in a descriptor is a URL.

    Example:
        >>> is_remote("https://example.org/a.csv"), is_remote("data/a.csv")
        (True, False)
    """
    return isinstance(path, str) and _URL.match(path) is not None


def read_resource(entry: object, number: int = 0) -> tuple[Resource | None, tuple[Problem, ...]]:
    """Read a resource of a descriptor, whatever JSON it is. What is not valid has its default.

    Args:
        entry: The resource as JSON.
        number: Index of the resource in the descriptor.

    Returns:
        The resource, or None if the entry is not an object; and the problems, whose paths begin
        with `resources[number]`.

    Example:
        >>> resource, problems = read_resource({"name": "a", "path": 5})
        >>> resource.paths, str(problems[0])
        ((), 'resources[0].path: is 5, but must be a path or a list of paths')
    """
    problems = Problems(f"resources[{number}]")
    if not isinstance(entry, Mapping):
        problems.error(f"is {entry!r:.80}, but must be an object")
        return None, tuple(problems.found)
    read = _Entry(entry, problems)
    data = entry.get("data")
    paths = read.paths(has_data="data" in entry)
    if data is None and "data" in entry:
        problems.at("data").error("is null, but must be an array, an object or a string")
    kind = read.text("type")
    if kind and kind != "table":
        problems.at("type").not_checked(f"is {kind!r}, which is not a type of the standard")
    profile = entry.get("profile")
    if isinstance(profile, str) and profile in TABULAR_PROFILES:
        kind = "table"
    resource = Resource(
        name=read.name(),
        paths=paths,
        schema=read.reference("schema"),
        dialect=read.reference("dialect") or {},
        title=read.text("title"),
        description=read.text("description"),
        encoding=read.text("encoding"),
        format=read.text("format").lower().removeprefix("."),
        mediatype=read.text("mediatype"),
        compression=read.compression(),
        bytes=read.count("bytes"),
        hash=read.text("hash") or None,
        rows=read.count("rows"),
        type=kind,
        data=data if "data" in entry and not paths else None,
        number=number,
    )
    return resource, tuple(problems.found)


class _Entry:
    """Reader of the properties of a resource, which collects problems."""

    def __init__(self, entry: Mapping[str, Any], problems: Problems) -> None:
        self.entry, self.problems = entry, problems

    def text(self, key: str) -> str:
        value = self.entry.get(key, "")
        if isinstance(value, str):
            return value
        self.problems.at(key).error(f"is {value!r:.80}, but must be a string")
        return ""

    def name(self) -> str:
        name = self.text("name")
        if "name" not in self.entry or self.entry["name"] == "":
            self.problems.at("name").error("is missing: give the resource a name")
        return name

    def count(self, key: str) -> int | None:
        value = self.entry.get(key)
        if key not in self.entry or (type(value) is int and value >= 0):
            return value
        self.problems.at(key).error(f"is {value!r:.80}, but must be a number of {key}")
        return None

    def paths(self, *, has_data: bool) -> tuple[str, ...]:
        """Return the paths; `url` is the property of the first version of the standard."""
        key = "path" if "path" in self.entry or "url" not in self.entry else "url"
        place = self.problems.at(key)
        if key not in self.entry:
            if not has_data:
                place.error("is missing: write the path of the file, or add inline data")
            return ()
        if has_data:
            place.error("and data exclude each other: remove one of them")
        value = self.entry[key]
        paths = value if isinstance(value, list) else [value]
        if not paths or not all(isinstance(path, str) and path for path in paths):
            place.error(f"is {value!r:.80}, but must be a path or a list of paths")
            return ()
        remote = [path for path in paths if is_remote(path)]
        if remote and len(remote) < len(paths):
            place.error("mixes URLs and paths: use only one of them")
        for path in remote:
            _report_remote(path, place)
        return tuple(paths)

    def reference(self, key: str) -> Any:
        """Return an object, or the path or URL of a JSON file."""
        value = self.entry.get(key)
        if is_remote(value):
            _report_remote(value, self.problems.at(key))
        elif key in self.entry and not (isinstance(value, Mapping | str) and value != ""):
            message = f"is {value!r:.80}, but must be an object, or the path of a JSON file"
            self.problems.at(key).error(message)
            return None
        return value

    def compression(self) -> str:
        """Return the compression, which frictionless writes, without its period."""
        compression = self.text("compression").lower().removeprefix(".")
        return "" if compression in {"no", "none"} else compression


def _report_remote(url: str, place: Problems) -> None:
    """Report that a URL is not opened; the standard allows some schemes only.

    https://datapackage.org/standard/glossary/#url-or-path
    """
    if url.lower().startswith(_SCHEMES):
        place.not_checked(f"{url} {_REMOTE}")
    else:
        place.error(f"{UNOPENED}{url} must be a path in the package, or an http or ftp URL")
