"""Export the tables with metadata according to CSV on the Web.

Source: Metadata Vocabulary for Tabular Data (https://www.w3.org/TR/tabular-metadata/).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...citing import citation_of
from ...package.descriptor import Package
from ...package.resource import Resource
from ...tableschema.model import Field, TableSchema
from .addresses import column_address, row_template
from .documents import license_addresses, write_json

METADATA = "csv-metadata.json"
"""Name of the metadata file that readers look for beside a CSV file."""

_DATATYPES = {"number": "decimal", "year": "gYear", "any": "string"}
"""Datatypes whose names differ from the types of Table Schema."""

_LIMITS = {
    "minLength": "minLength",
    "maxLength": "maxLength",
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "minExclusive",
    "exclusiveMaximum": "maxExclusive",
}


def write(package: Package, target: Path) -> None:
    """Write the CSV files and their metadata to a new folder."""
    target.mkdir()
    for resource in package.resources:
        (target / Path(resource.path).name).write_bytes(package.data(resource))
    write_json(target / METADATA, metadata(package))


def metadata(package: Package) -> dict[str, Any]:
    """Return the metadata of all tables as a table group."""
    descriptor = package.descriptor
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "@id": descriptor["id"],
        "dc:title": descriptor["title"],
        "dc:description": descriptor["description"],
        "schema:version": package.version,
        "dc:license": [{"@id": address} for address in license_addresses(package)],
        "dc:rights": [license_["title"] for license_ in descriptor["licenses"]],
        "dc:bibliographicCitation": citation_of(package, "text"),
        "dc:source": descriptor["sources"][0]["title"],
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tables": [_table(package, resource) for resource in package.resources],
    }


def _table(package: Package, resource: Resource) -> dict[str, Any]:
    schema = package.schema(resource)
    rights = package.descriptor["resources"][resource.number].get("licenses", ())
    return {
        "url": Path(resource.path).name,
        "dc:title": resource.title,
        "dc:description": resource.description,
        "dc:rights": [license_["title"] for license_ in rights],
        "tableSchema": {
            "columns": [_column(package, resource, field, schema) for field in schema.fields],
            "primaryKey": list(schema.primary_key),
            "foreignKeys": list(_foreign_keys(package, resource, schema)),
            "aboutUrl": row_template(package, resource.name, schema),
        },
    }


def _column(
    package: Package, resource: Resource, field: Field, schema: TableSchema
) -> dict[str, Any]:
    return {
        "name": field.name,
        "titles": field.name,
        "dc:title": field.title,
        "dc:description": field.description,
        "datatype": _datatype(field),
        "null": "",
        "required": field.name in schema.required_names,
        "propertyUrl": column_address(package, resource.name, field.name),
    }


def _datatype(field: Field) -> dict[str, Any]:
    """Return the datatype of a field with its limits; a closed list becomes a pattern."""
    datatype: dict[str, Any] = {"base": _DATATYPES.get(field.type, field.type)}
    if field.categories:
        datatype["format"] = "|".join(map(re.escape, field.categories))
    elif "pattern" in field.constraints:
        datatype["format"] = str(field.constraints["pattern"])
    if field.type == "boolean":
        datatype["format"] = "true|false"
    for keyword, name in _LIMITS.items():
        if keyword in field.constraints:
            limit = field.constraints[keyword]
            datatype[name] = limit if isinstance(limit, int) else str(limit)
    return datatype


def _foreign_keys(
    package: Package, resource: Resource, schema: TableSchema
) -> Iterator[dict[str, Any]]:
    for key in schema.foreign_keys:
        target = package.resource(key.resource or resource.name)
        yield {
            "columnReference": list(key.fields),
            "reference": {
                "resource": Path(target.path).name,
                "columnReference": list(key.reference_fields),
            },
        }
