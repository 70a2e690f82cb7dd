"""Export the tables as a dataset for machine learning tools.

The files are in Parquet, which has types: mlcroissant guesses those of CSV, so that an identifier
such as 36317162 becomes "36317162.0".

Source: Croissant 1.0 (https://docs.mlcommons.org/croissant/docs/croissant-spec.html).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...citing import citation_of
from ...package.checksums import sha256
from ...package.descriptor import Package
from ...package.resource import Resource
from ...tableschema.model import Field, TableSchema
from . import parquet
from .documents import license_addresses, write_json

METADATA = "croissant.json"

_CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the specification recommends, in full."""

_DATA_TYPES = {
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
    "integer": "sc:Integer",
    "number": "sc:Float",
}
"""Data type of each type of field; sc:Text for any other."""


def write(package: Package, target: Path) -> None:
    """Write the tables as Parquet files, and their description, to a new folder."""
    parquet.write(package, target)
    write_json(target / METADATA, _metadata(package, target))


def _metadata(package: Package, folder: Path) -> dict[str, Any]:
    descriptor = package.descriptor
    return {
        "@context": dict(_CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": descriptor["name"],
        "alternateName": descriptor["title"],
        "description": descriptor["description"],
        "url": descriptor["id"],
        "version": package.version,
        "datePublished": descriptor.get("dcterms:issued", descriptor["created"][:10]),
        "license": license_addresses(package),
        "creator": [
            {"@type": "sc:Organization", "name": person["title"]}
            for person in descriptor["contributors"]
        ],
        "publisher": {"@type": "sc:Organization", "name": descriptor["contributors"][0]["title"]},
        "keywords": descriptor["keywords"],
        "inLanguage": "en",
        "citeAs": citation_of(package, "bibtex"),
        "isLiveDataset": False,
        "isBasedOn": {
            "@type": "sc:CreativeWork",
            "name": descriptor["sources"][0]["title"],
            "datePublished": descriptor["sources"][0]["dcterms:issued"],
        },
        "distribution": [_file(resource, folder) for resource in package.resources],
        "recordSet": [_record_set(package, resource) for resource in package.resources],
    }


def _file(resource: Resource, folder: Path) -> dict[str, Any]:
    name = f"{resource.name}.parquet"
    data = (folder / name).read_bytes()
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": resource.description,
        "contentUrl": name,
        "contentSize": f"{len(data)} B",
        "encodingFormat": "application/x-parquet",
        "sha256": sha256(data).removeprefix("sha256:"),
    }


def _record_set(package: Package, resource: Resource) -> dict[str, Any]:
    schema = package.schema(resource)
    return {
        "@type": "cr:RecordSet",
        "@id": resource.name,
        "name": resource.name,
        "description": f"{resource.title}. {resource.description}",
        "key": [{"@id": f"{resource.name}/{name}"} for name in schema.primary_key],
        "field": [_field(resource, field, schema) for field in schema.fields],
    }


def _field(resource: Resource, field: Field, schema: TableSchema) -> dict[str, Any]:
    column: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{resource.name}/{field.name}",
        "name": field.name,
        "description": field.description,
        "dataType": _DATA_TYPES.get(field.type, "sc:Text"),
        "source": _source(resource.name, field.name),
    }
    for key in schema.foreign_keys:
        if key.fields == (field.name,):
            target = key.resource or resource.name
            column["references"] = _source(target, key.reference_fields[0])
    return column


def _source(table: str, column: str) -> dict[str, Any]:
    """Return a column of a file.

    References name it, too: mlcroissant cannot follow a reference to a field of a record set that
    has references itself.
    """
    return {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": column}}
