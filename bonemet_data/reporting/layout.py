"""Lay out text in columns of a terminal."""

import textwrap
from collections.abc import Sequence

from rich.cells import cell_len

GAP = "  "
"""Space between two columns."""

TIMES = "\N{MULTIPLICATION SIGN}"

_ELLIPSIS = "…"


def cut(text: str, width: int) -> str:
    """Return a text that takes at most a number of columns, which ends with "…" if it is cut.

    Example:
        >>> cut("osteolytic", 6)
        'osteo…'
    """
    if cell_len(text) <= width:
        return text
    kept = ""
    for char in text:
        width -= cell_len(char)
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
    if cell_len(whole) <= width:
        return whole
    shown = texts[0]
    for index, text in enumerate(texts[1:], start=1):
        longer = f"{shown}, {text}"
        if cell_len(f"{longer}, and {len(texts) - index - 1} more") > width:
            return f"{shown}, and {len(texts) - index} more"
        shown = longer
    return whole


def pad(text: str, width: int) -> str:
    """Return a text with spaces at its end, up to a number of columns."""
    return text + " " * (width - cell_len(text))


def wrap(text: str, width: int, indent: str) -> list[str]:
    """Return the lines of a text; the lines after the first one are indented."""
    return textwrap.wrap(
        text, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
