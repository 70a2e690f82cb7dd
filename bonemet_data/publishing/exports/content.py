"""What every export contains: the typed tables, and what is said about the data."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...citing import citation_of
from ...package.descriptor import Package
from ...package.resource import Resource
from ...package.typed_columns import read_columns
from ...tableschema.frames import Columns, native_column
from ...tableschema.model import TableSchema


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a table.

    Attributes:
        resource: Resource of the table.
        schema: Table Schema of the resource.
        columns: Values of each column; a number is a float, a missing value is None.
    """

    resource: Resource
    schema: TableSchema
    columns: Columns

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.resource.name

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Iterate over the rows."""
        return zip(*self.columns.values(), strict=True)

    def records(self) -> Iterator[dict[str, Any]]:
        """Iterate over the rows as dictionaries."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows())


def read_content(package: Package) -> Iterator[Content]:
    """Iterate over the tables of a package, in the order of the descriptor.

    Raises:
        IntegrityError: The checksum of a file differs from the recorded one.
    """
    for resource in package.resources:
        schema, columns = read_columns(package, resource)
        native = {field.name: native_column(field, columns[field.name]) for field in schema.fields}
        yield Content(resource, schema, native)


def about(package: Package) -> dict[str, str]:
    """Return what an export says about the data: title, version, licenses, citation and limits."""
    descriptor = package.descriptor
    texts = {name: str(descriptor.get(name, "")) for name in ("name", "id", "title", "version")}
    texts |= {
        "issued": str(descriptor.get("dcterms:issued", "")),
        "description": str(descriptor.get("description", "")),
        "licenses": "\n".join(map(_license, descriptor.get("licenses", ()))),
        "citation": citation_of(package, "text"),
        "provenance": str(descriptor.get("dcterms:provenance", "")),
        "unsuitable use": "\n".join(descriptor.get("bonemet:unsuitableUse", ())),
        "not known": "\n".join(descriptor.get("bonemet:notKnown", ())),
    }
    return {name: text for name, text in texts.items() if text}


def _license(license_: dict[str, str]) -> str:
    return " ".join(filter(None, (license_.get("title"), license_.get("path"))))


def whole_descriptor(package: Package) -> dict[str, Any]:
    """Return a copy of the descriptor with the citation, and with each schema in its resource."""
    descriptor = copy.deepcopy(package.descriptor)
    for entry, resource in zip(descriptor["resources"], package.resources, strict=True):
        entry["schema"] = dict(package.schema_document(resource))
    return descriptor | {"dcterms:bibliographicCitation": citation_of(package, "text")}
