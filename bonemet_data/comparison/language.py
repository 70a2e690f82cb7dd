"""Patterns as sets of texts: whether all that one matches, another matches too.

The question can be answered for regular expressions, by a library that makes automata of them,
but some take it more time and memory than there is. It is asked in a process of its own, which is
given a few seconds; what is not decided by then is taken for undecided.
"""

import subprocess
import sys

from ..extras import VALIDATE
from ..tableschema.patterns import to_regex

SECONDS = 10
_YES, _NO = 0, 1
_IN_CLASS = set(r"\-[]^")
_OUTSIDE = set(r"\.|?*+(){}[]")


def matches_within(one: str, other: str) -> bool:
    """Tell whether every text that a pattern matches is matched by another.

    Args:
        one: the pattern whose texts are looked at.
        other: the pattern that should match them all.

    Returns:
        True if it surely does; False if it does not, or if that cannot be decided.
    """
    if {"\\d", "\\D"} & set(_pairs(one) + _pairs(other)):
        return False  # the digits of all scripts are more than the library knows
    command = [sys.executable, "-m", __name__, one, other]
    with VALIDATE:
        import greenery  # noqa: F401 - so that it is missed here, and not in the process
    try:
        done = subprocess.run(command, timeout=SECONDS, capture_output=True, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == _YES


def dialect(pattern: str) -> str:
    """Write a pattern in the dialect of the library, which escapes nothing without need."""
    out: list[str] = []
    in_class = False
    body = to_regex(pattern)
    at = 0
    while at < len(body):
        char = body[at]
        if char == "\\":
            letter = body[at + 1]
            plain = not letter.isalnum() and letter not in (_IN_CLASS if in_class else _OUTSIDE)
            out.append(letter if plain else char + letter)
            at += 2
            continue
        if in_class:
            first = body[at - 1] == "[" or body[at - 2 : at] == "[^"
            last = body[at + 1 : at + 2] == "]"
            if (char == "-" and (first or last)) or (char == "^" and body[at - 1] != "["):
                out.append("\\")
            in_class = char != "]"
        else:
            in_class = char == "["
        out.append(char)
        at += 1
    return "".join(out)


def _pairs(pattern: str) -> list[str]:
    return [pattern[at : at + 2] for at in range(len(pattern))]


def _answer(one: str, other: str) -> int:
    from greenery import parse

    first, second = (parse(dialect(pattern)).to_fsm() for pattern in (one, other))
    return _YES if first <= second else _NO


if __name__ == "__main__":
    sys.exit(_answer(*sys.argv[1:]))
