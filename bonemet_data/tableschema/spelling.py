"""Properties that are probably misspelled, and texts that cannot be printed."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from .problems import Problems

_LONGEST = 80
_SIMILAR = 0.8
_DEEPEST = 200


def shown(value: object) -> str:
    """Return a value as short text for a message."""
    try:
        text = repr(value)
    except (RecursionError, ValueError):  # deeply nested, or an integer of many digits
        return f"a {type(value).__name__}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def check_spelling(
    entry: Mapping[str, Any],
    known: Collection[str],
    candidates: Iterable[str],
    problems: Problems,
) -> None:
    """Add a warning about each property that is probably a misspelled keyword.

    Args:
        entry: The object.
        known: The properties that the standard defines.
        candidates: The properties that affect the values, with which others are compared.
        problems: Collector of the problems.
    """
    for keyword in entry:
        if keyword in known or ":" in keyword:
            continue
        candidate = _similar(keyword, tuple(candidates))
        if candidate and candidate not in entry:
            problems.at(keyword).warning(
                f"{keyword!r} is not a property of the standard: "
                f"correct it to {candidate!r}, or remove it"
            )


@lru_cache(1024)  # the fields of a schema have the same further properties
def _similar(keyword: str, candidates: tuple[str, ...]) -> str | None:
    """Return the keyword that another one probably means, or None."""
    from difflib import SequenceMatcher  # not needed by the published tables

    plain = keyword.replace("_", "").replace("-", "").casefold()
    for candidate in candidates:
        if abs(len(plain) - len(candidate)) > 1:
            continue
        if SequenceMatcher(None, plain, candidate.casefold()).ratio() >= _SIMILAR:
            return candidate
    return None


def printable(value: Any, problems: Problems, depth: int = 0) -> Any:
    """Return a JSON value whose texts can be encoded in UTF-8; add a problem for the others.

    JSON can contain half of a surrogate pair, which is not a character.
    """
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            value = value.encode(errors="replace").decode()
            problems.error("contains half of a surrogate pair, which is not a character")
        return value
    if depth == _DEEPEST:
        problems.error("is nested too deeply")
        return None
    if isinstance(value, Mapping):
        return {
            printable(key, problems): printable(item, problems.at(key), depth + 1)
            for key, item in value.items()
            if isinstance(key, str)
        }
    if isinstance(value, list):
        return [printable(item, problems.at(i), depth + 1) for i, item in enumerate(value)]
    return value
