"""The tables of a package as RDF: a class for each table, a property for each column.

A cell becomes one triple, with the type of its column; a missing cell becomes none. A reference to
one column of a table becomes the address of the row that it refers to.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from ...extras import EXPORT
from ...package.descriptor import Package
from ...package.resource import Resource
from ...package.typed_columns import read_columns
from ...tableschema.model import TableSchema
from .addresses import column_address, namespace, row_address, table_address

with EXPORT:
    from rdflib import Literal, URIRef
    from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS, XSD

Triple: TypeAlias = tuple[URIRef, URIRef, URIRef | Literal]

DATATYPES: Mapping[str, URIRef] = {
    "boolean": XSD.boolean,
    "date": XSD.date,
    "integer": XSD.integer,
    "number": XSD.decimal,
    "year": XSD.gYear,
}
"""Datatype of the literals of each type of field; XSD.string for any other."""


def schema_triples(package: Package) -> Iterator[Triple]:
    """Iterate over the triples that describe the tables and their columns."""
    verbatim = URIRef(f"{namespace(package)}verbatim")
    yield verbatim, RDF.type, RDF.Property
    yield verbatim, RDFS.comment, Literal("Whether the text is quoted from the article.", "en")
    for resource in package.resources:
        table = URIRef(table_address(package, resource.name))
        yield table, RDF.type, RDFS.Class
        yield table, RDFS.label, Literal(resource.title, "en")
        yield table, RDFS.comment, Literal(resource.description, "en")
        for license_ in package.descriptor["resources"][resource.number].get("licenses", ()):
            yield table, DCTERMS.rights, Literal(license_["title"], "en")
        for field in package.schema(resource).fields:
            column = URIRef(column_address(package, resource.name, field.name))
            yield column, RDF.type, RDF.Property
            yield column, RDFS.domain, table
            yield column, RDFS.label, Literal(field.title, "en")
            yield column, RDFS.comment, Literal(field.description, "en")
            if "skos:closeMatch" in field.annotations:
                yield column, SKOS.closeMatch, URIRef(field.annotations["skos:closeMatch"])
            if field.annotations.get("bonemet:verbatim"):
                yield column, verbatim, Literal(True)


def row_triples(package: Package) -> Iterator[Triple]:
    """Iterate over the triples of all cells, and the types of all rows."""
    tables = {
        resource.name: (resource, *read_columns(package, resource))
        for resource in package.resources
    }
    schemas = {name: schema for name, (_, schema, _) in tables.items()}
    for resource, schema, columns in tables.values():
        table = URIRef(table_address(package, resource.name))
        targets = _targets(resource, schema, schemas)
        for values in zip(*columns.values(), strict=True):
            row = dict(zip(columns, values, strict=True))
            key = [row[name] for name in schema.primary_key]
            subject = URIRef(row_address(package, resource.name, schema, key))
            yield subject, RDF.type, table
            for field in schema.fields:
                value = row[field.name]
                if value is None:
                    continue
                predicate = URIRef(column_address(package, resource.name, field.name))
                if field.name in targets:
                    target = targets[field.name]
                    address = row_address(package, target, schemas[target], [value])
                    yield subject, predicate, URIRef(address)
                else:
                    yield subject, predicate, to_literal(value, field.type)


def to_literal(value: Any, type_: str) -> Literal:
    """Return a value of a cell as a literal, given the type of its field."""
    text = str(value).lower() if type_ == "boolean" else str(value)
    return Literal(text, datatype=DATATYPES.get(type_), normalize=False)


def _targets(
    resource: Resource, schema: TableSchema, schemas: Mapping[str, TableSchema]
) -> dict[str, str]:
    """Return the table that each column refers to, for references to a primary key."""
    targets = {}
    for key in schema.foreign_keys:
        target = key.resource or resource.name
        if len(key.fields) == 1 and key.reference_fields == schemas[target].primary_key:
            targets[key.fields[0]] = target
    return targets
