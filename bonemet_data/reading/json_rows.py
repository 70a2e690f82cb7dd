"""Rows of JSON documents, JSON lines and inline data."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ..errors import DataError
from ..package.dialect import Dialect
from ..tableschema.model import TableSchema

_LONGEST_INTEGER = 4000
"""Digits from which Python refuses to parse an integer."""


def parse_json(data: bytes, name: str, *, lines: bool = False) -> Any:
    """Parse a JSON document, or JSON lines as a list; numbers are exact.

    Raises:
        DataError: The data are not valid JSON in UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
        if not lines:
            return _loads(text)
        items = []
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    items.append(_loads(line))
                except ValueError as error:
                    raise ValueError(f"line {number}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"{name} is not valid JSON in UTF-8: {error}. Correct the file.") from error
    return items


def json_rows(
    document: Any, name: str, dialect: Dialect, schema: TableSchema | None
) -> list[list[Any] | str]:
    """Return the rows of a JSON document, beginning with the header.

    Args:
        document: The document: a list of lists, a list of objects, or an object that contains the
            list at the `property` of the dialect.
        name: Name of the data in error messages.
        dialect: Table Dialect.
        schema: Table Schema, whose fields come first in the header of objects; None if unknown.

    Returns:
        The rows; a row that cannot be read is a text that says why.

    Raises:
        DataError: The document does not contain a list of rows.
    """
    items = _items(document, name, dialect)
    first = next((item for item in items if isinstance(item, list | dict)), None)
    kind = dialect.item_type or ("object" if isinstance(first, dict) else "array")
    if kind == "array":
        message = "is not an array, as the other rows are: correct the row"
        return [item if isinstance(item, list) else message for item in items]
    keys = dialect.item_keys or _keys(items, schema)
    message = "is not an object, as the other rows are: correct the row"
    rows = [
        [item.get(key) for key in keys] if isinstance(item, dict) else message for item in items
    ]
    return [[*keys], *rows] if dialect.header else rows


def _items(document: Any, name: str, dialect: Dialect) -> Sequence[Any]:
    value, path = document, dialect.property_path
    if path:
        steps = [path] if isinstance(value, dict) and path in value else path.split(".")
        for step in steps:
            if not isinstance(value, dict) or step not in value:
                raise DataError(f"{name} has no property {path!r}: correct the dialect.")
            value = value[step]
    if not isinstance(value, list):
        hint = "" if path else ", or name its property in the dialect"
        raise DataError(f"{name} does not contain a list of rows: write a list{hint}.")
    return value


def _keys(items: Sequence[Any], schema: TableSchema | None) -> list[str]:
    keys = dict.fromkeys(schema.names if schema else ())
    for item in items:
        if isinstance(item, dict):
            keys.update(dict.fromkeys(item))
    return [*keys]


def _loads(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_int=_integer, parse_constant=_reject)


def _integer(text: str) -> int | Decimal:
    return int(text) if len(text) < _LONGEST_INTEGER else Decimal(text)


def _reject(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON value")
