"""Patterns: the regular expressions of Table Schema, in the XSD sense.

A pattern matches a whole value. What is accepted here means the same in Python's `re` and in the
Rust expressions of Polars; what they read differently is refused. `^` at the start and `$` at the
end are accepted as the redundant anchors that many published schemas carry.
"""

import re

from ..errors import UnsupportedSchemaError

_REPEAT = re.compile(r"\{[0-9]+(,[0-9]*)?\}|[*+?]")
_SPACE = r" \t\n\r"
_ESCAPES = set(r"nrt\|.?*+(){}-[]^$/") | {"d", "D", "s", "S"}


def check_pattern(pattern: str, where: str = "pattern") -> None:
    """Refuse a pattern that engines would read in different ways.

    Args:
        pattern: as the schema writes it.
        where: the place, for the error.

    Raises:
        UnsupportedSchemaError: it uses a construct outside the common ground, or does not compile.
    """
    try:
        re.compile(to_regex(pattern))
    except (ValueError, re.error, OverflowError, RecursionError) as error:
        raise UnsupportedSchemaError(f"{where}: pattern {pattern!r}: {error}.") from error


def to_regex(pattern: str) -> str:
    r"""Translate a pattern to one for a full match in Python's `re` and in Rust's `regex`.

    Args:
        pattern: as the schema writes it.

    Returns:
        The body of an expression; the caller anchors it at both ends.

    Raises:
        ValueError: it uses a construct outside the common ground.

    Example:
        >>> to_regex(r"^a|\s$")
        '(?:a|[ \\t\\n\\r])'
    """
    body = pattern.removeprefix("^")
    if body.endswith("$") and not body.endswith(r"\$"):
        body = body[:-1]
    out: list[str] = []
    in_class = False
    at = 0
    while at < len(body):
        char, after = body[at], body[at + 1 : at + 2]
        if char == "\\":
            if after not in _ESCAPES or not after:
                raise ValueError(f"the escape '\\{after}' is not understood alike by all engines")
            out.append(_escape(after, in_class))
            at += 2
            continue
        repeat = None if in_class else _REPEAT.match(body, at)
        if repeat:
            if body[repeat.end() : repeat.end() + 1] in set("?+*{"):
                raise ValueError(f"'{repeat[0]}' is followed by a second quantifier")
            out.append(repeat[0])
            at = repeat.end()
            continue
        if in_class:
            if char == "[" or (char in "&~-" and after == char):
                raise ValueError(f"'{char}' must be escaped inside a character class")
            in_class = char != "]"
        elif char == "[":
            in_class = True
            if body[at + 1 :].removeprefix("^").startswith("]"):
                raise ValueError("']' must be escaped at the start of a character class")
        elif char == "(" and after == "?":
            raise ValueError("groups that start with '(?' are not part of XSD patterns")
        elif char in "^${}":
            raise ValueError(f"'{char}' inside the pattern must be escaped")
        elif char == ".":
            char = r"[^\n\r]"
        out.append(char)
        at += 1
    return f"(?:{''.join(out)})"


def _escape(letter: str, in_class: bool) -> str:
    if letter == "s":
        return _SPACE if in_class else f"[{_SPACE}]"
    if letter == "S":
        if in_class:
            raise ValueError(r"'\S' inside a character class is not implemented")
        return f"[^{_SPACE}]"
    return f"\\{letter}"
