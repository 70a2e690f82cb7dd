"""JSON parsing: strict for files of this package, tolerant for descriptors of others."""

import json
from typing import Any

from ..errors import PackageError
from ..tableschema.problems import Problem, Problems

_BOM = b"\xef\xbb\xbf"
_LONGEST_INTEGER = 4000
"""Digits up to which Python parses an integer under any setting."""


def read_json(data: bytes, name: str) -> dict[str, Any]:
    """Parse a JSON object.

    Args:
        data: Content of the file.
        name: Name of the file in error messages.

    Raises:
        PackageError: The content is not a JSON object in UTF-8, or has duplicate keys, NaN or
            lone surrogates.
    """
    document, problems = read_document(data, name)
    for problem in problems:
        raise PackageError(f"{name} is not valid JSON in UTF-8: {problem}. Correct the file.")
    return document


def read_document(data: bytes, name: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Parse a JSON object as far as other JSON parsers do: the last value of a key is used.

    Args:
        data: Content of the file; a byte order mark is a problem.
        name: Name of the file in error messages.

    Returns:
        The object and its problems.

    Raises:
        PackageError: The content is not a JSON object in UTF-8, or has NaN.

    Example:
        >>> document, problems = read_document(b'{"a": 1, "a": 2}', "a.json")
        >>> document, str(problems[0])
        ({'a': 2}, "duplicate key 'a'")
    """
    problems = Problems()

    def last(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        items = dict(pairs)
        if len(items) < len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    problems.error(f"duplicate key {key!r}")
                seen.add(key)
        return items

    if data.startswith(_BOM):
        problems.warning("the file starts with a byte order mark: save it as UTF-8 without it")
        data = data.removeprefix(_BOM)
    try:
        document = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=last,
            parse_constant=_reject,
            parse_int=_integer,
        )
        if b"\\u" in data:  # only an escape sequence can encode a lone surrogate
            text = json.dumps(document, ensure_ascii=False)
            sound = text.encode("utf-8", "replace").decode()
            if sound != text:
                problems.warning("an escape \\ud800 to \\udfff is no character: correct the text")
                document = json.loads(sound)
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
    return document, tuple(problems.found)


def _integer(digits: str) -> int | float:
    """Return an integer, or infinity for one that Python refuses to parse."""
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


def _reject(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON value")
