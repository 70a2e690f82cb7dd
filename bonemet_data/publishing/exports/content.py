"""What every export contains: the typed tables, and what is said about the data."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

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


class TableFacts(NamedTuple):
    """What an export says about a table, and where its content comes from."""

    table_name: str
    title: str
    description: str
    rows: int
    licenses: str
    path: str
    hash: str


class FieldFacts(NamedTuple):
    """What an export says about a field."""

    table_name: str
    field_name: str
    type: str
    title: str
    description: str
    required: bool
    verbatim: bool
    unit: str | None
    example: str


def table_facts(table: Content, package: Package) -> TableFacts:
    """Return what an export says about a table."""
    resource = table.resource
    entry = package.descriptor["resources"][resource.number]
    return TableFacts(
        table_name=table.name,
        title=resource.title,
        description=resource.description,
        rows=sum(1 for _ in table.rows()),
        licenses="\n".join(map(_license, entry.get("licenses", ()))),
        path=resource.path,
        hash=resource.hash or "",
    )


def field_facts(table: Content) -> list[FieldFacts]:
    """Return what an export says about each field of a table."""
    return [
        FieldFacts(
            table_name=table.name,
            field_name=field.name,
            type=field.type,
            title=field.title,
            description=field.description,
            required=field.name in table.schema.required_names,
            verbatim=bool(field.annotations.get("bonemet:verbatim")),
            unit=field.annotations.get("qudt:unit"),
            example=field.example,
        )
        for field in table.schema.fields
    ]


def _license(license_: dict[str, str]) -> str:
    return " ".join(filter(None, (license_.get("title"), license_.get("path"))))


def whole_descriptor(package: Package) -> dict[str, Any]:
    """Return a copy of the descriptor with the citation, and with each schema in its resource."""
    descriptor = copy.deepcopy(package.descriptor)
    for entry, resource in zip(descriptor["resources"], package.resources, strict=True):
        entry["schema"] = dict(package.schema_document(resource))
    return descriptor | {"dcterms:bibliographicCitation": citation_of(package, "text")}
