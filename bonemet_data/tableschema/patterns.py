"""Patterns: the regular expressions of Table Schema, which follow XML Schema (XSD).

A pattern matches a whole value. Only constructs with the same meaning in Python's `re` and in
Rust's `regex` (used by Polars) are supported. `^` at the start and `$` at the end are redundant,
but accepted, because many published schemas have them.
"""

import re

from ..errors import UnsupportedSchemaError

_REPEAT = re.compile(r"\{[0-9]+(,[0-9]*)?\}|[*+?]")
_SPACE = r" \t\n\r"
_ESCAPES = set(r"nrt\|.?*+(){}-[]^$/") | {"d", "D", "s", "S"}


def check_pattern(pattern: str, where: str = "pattern") -> None:
    """Check that a pattern is valid and has the same meaning in all engines.

    Args:
        pattern: Pattern of a schema.
        where: Location of the pattern in error messages.

    Raises:
        UnsupportedSchemaError: The pattern is not valid, or uses a construct that is not supported.
    """
    try:
        re.compile(to_regex(pattern))
    except (ValueError, re.error, OverflowError, RecursionError) as error:
        raise UnsupportedSchemaError(f"{where}: pattern {pattern!r}: {error}.") from error


def to_regex(pattern: str) -> str:
    r"""Convert a pattern to a regular expression for Python's `re` and Rust's `regex`.

    Args:
        pattern: Pattern of a schema.

    Returns:
        The regular expression without anchors; add anchors at both ends to match whole values.

    Raises:
        ValueError: The pattern uses a construct that is not supported.

    Example:
        >>> to_regex(r"^a|\s$")
        '(?:a|[ \\t\\n\\r])'
    """
    body = pattern.removeprefix("^")
    if body.endswith("$") and not body.endswith(r"\$"):
        body = body[:-1]
    out: list[str] = []
    in_class = False
    position = 0
    while position < len(body):
        char, after = body[position], body[position + 1 : position + 2]
        if char == "\\":
            if after not in _ESCAPES or not after:
                raise ValueError(f"the escape '\\{after}' is not supported by all engines")
            out.append(_escape(after, in_class))
            position += 2
            continue
        repeat = None if in_class else _REPEAT.match(body, position)
        if repeat:
            if body[repeat.end() : repeat.end() + 1] in set("?+*{"):
                raise ValueError(
                    f"'{repeat[0]}' is followed by a second quantifier: remove one of them"
                )
            out.append(repeat[0])
            position = repeat.end()
            continue
        if in_class:
            if char == "[" or (char in "&~-" and after == char):
                raise ValueError(f"'{char}' must be escaped inside a character class")
            in_class = char != "]"
        elif char == "[":
            in_class = True
            if body[position + 1 :].removeprefix("^").startswith("]"):
                raise ValueError("']' must be escaped at the start of a character class")
        elif char == "(" and after == "?":
            raise ValueError("groups that start with '(?' are not part of XSD patterns")
        elif char in "^${}":
            raise ValueError(f"'{char}' inside the pattern must be escaped")
        elif char == ".":
            char = r"[^\n\r]"
        out.append(char)
        position += 1
    return f"(?:{''.join(out)})"


def _escape(letter: str, in_class: bool) -> str:
    if letter == "s":
        return _SPACE if in_class else f"[{_SPACE}]"
    if letter == "S":
        if in_class:
            raise ValueError(r"'\S' inside a character class is not supported: list the characters")
        return f"[^{_SPACE}]"
    return f"\\{letter}"
