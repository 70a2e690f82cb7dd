"""Strict JSON reading: UTF-8, no duplicate key, no NaN, no half of a surrogate pair."""

import json
from typing import Any

from ..errors import PackageError


def read_json(data: bytes, name: str) -> dict[str, Any]:
    """Parse a JSON object.

    Args:
        data: The bytes of the file.
        name: Name of the file, for errors.

    Raises:
        PackageError: The bytes are not a JSON object in UTF-8, or not a strict one.
    """
    try:
        document = json.loads(
            data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse
        )
        if b"\\u" in data:  # only an escape sequence can encode half of a surrogate pair
            json.dumps(document, ensure_ascii=False).encode("utf-8")
    except RecursionError as error:
        raise PackageError(f"{name} is nested too deeply to be read.") from error
    except ValueError as error:
        raise PackageError(f"{name} is not valid JSON in UTF-8: {error}.") from error
    if not isinstance(document, dict):
        raise PackageError(f"{name} must be a JSON object, but is a {type(document).__name__}.")
    return document


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    items: dict[str, Any] = {}
    for key, value in pairs:
        if key in items:
            raise ValueError(f"duplicate key {key!r}")
        items[key] = value
    return items


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
