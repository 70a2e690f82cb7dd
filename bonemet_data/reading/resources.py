"""Open the resources of data packages as tables."""

import json
from dataclasses import replace
from functools import partial

from ..errors import DataError, UnsupportedDataError
from ..package.descriptor import DESCRIPTOR, Package
from ..package.dialect import Dialect
from ..package.resource import Resource
from ..tableschema.model import TableSchema
from .formats import resource_format
from .json_rows import json_rows, parse_json
from .native_tables import NativeTable
from .opening import open_table
from .sniffing import detected_encoding
from .tables import Table
from .temporary_files import Scratch


def open_resource(
    package: Package,
    resource: Resource,
    scratch: Scratch,
    schema: TableSchema | None = None,
    dialect: Dialect | None = None,
) -> list[Table]:
    """Open the data of a resource as tables, which are the parts of one table.

    The header of a part after the first is skipped if it has the names of the first header, in any
    order; otherwise the part has no header, as if the files were concatenated.

    Args:
        package: The package.
        resource: The resource.
        scratch: Temporary folder for data that must be unpacked.
        schema: Table Schema, for the names of tables without header and for the types of native
            values; None if it is unknown.
        dialect: Table Dialect; None to read the dialect of the resource.

    Raises:
        DataError: The data cannot be read.
        UnsupportedDataError: The data are remote, or their format is not implemented.
        PackageError: A file is missing, or its path is not safe.
    """
    if dialect is None:
        dialect, _ = package.dialect(resource)
    for path in resource.remote:
        raise UnsupportedDataError(
            f"{path} is remote, and is never fetched: download it, and write its path."
        )
    if not resource.paths:
        return [_inline_table(resource, dialect, scratch, schema)]
    tables: list[Table] = []
    for path in resource.paths:
        source, name = package.storage.source(path), package.storage.display_name(path)
        format_ = resource_format(resource, dialect, path)
        if not format_.encoding and format_.kind in {"csv", "json", "ndjson"}:
            format_ = detected_encoding(source, name, format_)
        first = (tables[0].header or tables[0].probable_header) if tables else None
        tables.append(open_table(source, name, format_, scratch, schema, first=first))
    return tables


def _inline_table(
    resource: Resource, dialect: Dialect, scratch: Scratch, schema: TableSchema | None
) -> Table:
    name, data = f"{DESCRIPTOR}: {resource.label}", resource.data
    if data is None:
        raise DataError(f"{name} has neither path nor data: add one of them.")
    if isinstance(data, str):
        if resource.format or resource.mediatype:
            format_ = resource_format(resource, dialect, "")
            content = data.encode("utf-8", "surrogatepass")
            return open_table(
                content, name, replace(format_, encoding="", compression=""), scratch, schema
            )
        data = parse_json(data.encode("utf-8", "surrogatepass"), name)
    elif not isinstance(data, list | dict):
        raise DataError(f"{name}: data is {json.dumps(data)[:80]}, but must be a list of rows.")
    rows = json_rows(data, name, dialect, schema)
    return NativeTable(partial(iter, rows), name, dialect, schema)
