"""Addresses (IRIs) of the rows, columns and tables of a package, and of terms named by CURIEs.

The addresses are permanent, because each starts with the id of the package, which does not change
with its version.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ...package.descriptor import Package
from ...tableschema.model import TableSchema


def namespace(package: Package) -> str:
    """Return the beginning of the addresses of a package."""
    return f"{package.descriptor['id']}#"


def namespaces(records: Iterable[Any]) -> dict[str, str]:
    """Return the namespace of each prefix, given the records of `vocabularies`."""
    return {record.prefix: record.namespace for record in records if record.prefix}


def expand(curie: str, spaces: Mapping[str, str]) -> str:
    """Return the address of the term of a CURIE, given the namespace of each prefix.

    Example:
        >>> expand("HP:0002653", {"HP": "http://purl.obolibrary.org/obo/HP_"})
        'http://purl.obolibrary.org/obo/HP_0002653'
    """
    prefix, _, code = curie.partition(":")
    return f"{spaces[prefix]}{code}"


def table_address(package: Package, table: str) -> str:
    """Return the address of a table, as the class of its rows.

    Its name starts with a capital letter, and so differs from every id.
    """
    return namespace(package) + table.title().replace("_", "")


def column_address(package: Package, table: str, column: str) -> str:
    """Return the address of a column, as the property of the rows of its table."""
    return f"{namespace(package)}{table}.{column}"


def row_address(package: Package, table: str, schema: TableSchema, key: Sequence[object]) -> str:
    """Return the address of a row, given the values of its primary key."""
    path = "/".join(quote(str(value), safe="") for value in key)
    return namespace(package) + _prefix(table, schema) + path


def row_template(package: Package, table: str, schema: TableSchema) -> str:
    """Return the address of a row as a URI template: https://www.rfc-editor.org/rfc/rfc6570."""
    path = "/".join(f"{{{name}}}" for name in schema.primary_key)
    return namespace(package) + _prefix(table, schema) + path


def _prefix(table: str, schema: TableSchema) -> str:
    """Return "" if the primary key is an id of the package: a string that refers to no table."""
    refers = any(key.fields == schema.primary_key for key in schema.foreign_keys)
    types = [field.type for field in schema.fields if field.name in schema.primary_key]
    return "" if types == ["string"] and not refers else f"{table}/"
