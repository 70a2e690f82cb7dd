"""Strict JSON parsing: UTF-8, no duplicate keys, no NaN, no lone surrogates."""

import json
from typing import Any

from ..errors import PackageError


def read_json(data: bytes, name: str) -> dict[str, Any]:
    """Parse a JSON object.

    Args:
        data: Content of the file.
        name: Name of the file in error messages.

    Raises:
        PackageError: The content is not a JSON object in UTF-8, or has duplicate keys, NaN or
            lone surrogates.
    """
    try:
        document = json.loads(
            data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_reject
        )
        if b"\\u" in data:  # only an escape sequence can encode a lone surrogate
            json.dumps(document, ensure_ascii=False).encode("utf-8")
    except RecursionError as error:
        raise PackageError(f"{name} is nested too deeply: reduce the nesting.") from error
    except ValueError as error:
        raise PackageError(
            f"{name} is not valid JSON in UTF-8: {error}. Correct the file."
        ) from error
    if not isinstance(document, dict):
        raise PackageError(
            f"{name} must be a JSON object ({{…}}), but is a {type(document).__name__}."
        )
    return document


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    items: dict[str, Any] = {}
    for key, value in pairs:
        if key in items:
            raise ValueError(f"duplicate key {key!r}")
        items[key] = value
    return items


def _reject(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON value")
