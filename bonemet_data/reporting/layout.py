"""Lay out text in columns of a terminal."""

import textwrap
from collections.abc import Sequence
from unicodedata import combining, east_asian_width

GAP = "  "
"""Space between two columns."""

TIMES = "\N{MULTIPLICATION SIGN}"

_ELLIPSIS = "…"


def width_of(text: str) -> int:
    """Return the number of columns that a text takes in a terminal.

    Example:
        >>> width_of("骨"), width_of("e\N{COMBINING ACUTE ACCENT}")
        (2, 1)
    """
    return sum(_width_of(char) for char in text)


def cut(text: str, width: int) -> str:
    """Return a text that takes at most a number of columns, with "…" in place of its end.

    Example:
        >>> cut("osteolytic", 6)
        'osteo…'
    """
    if width_of(text) <= width:
        return text
    kept = ""
    for char in text:
        width -= _width_of(char)
        if width < 1:
            break
        kept += char
    return kept + _ELLIPSIS


def enumerated(texts: Sequence[str], width: int) -> str:
    """Return the first texts that fit in a width, and the number of the others.

    Example:
        >>> enumerated(["type", "required", "unique"], 20), enumerated(["type", "unique"], 20)
        ('type, and 2 more', 'type, unique')
    """
    whole = ", ".join(texts)
    if width_of(whole) <= width:
        return whole
    shown = texts[0]
    for index, text in enumerate(texts[1:], start=1):
        longer = f"{shown}, {text}"
        if width_of(f"{longer}, and {len(texts) - index - 1} more") > width:
            return f"{shown}, and {len(texts) - index} more"
        shown = longer
    return whole


def pad(text: str, width: int) -> str:
    """Return a text with spaces at its end, up to a number of columns."""
    return text + " " * (width - width_of(text))


def wrap(text: str, width: int, indent: str) -> list[str]:
    """Return the lines of a text; the lines after the first one are indented."""
    return textwrap.wrap(
        text, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )


def _width_of(char: str) -> int:
    if combining(char):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1
