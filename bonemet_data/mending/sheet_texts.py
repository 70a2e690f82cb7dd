"""Write texts so that spreadsheets keep them unchanged, and read them back."""

import json
import re

EMPTY = "<empty>"
"""How a cell without text is written, since an empty replacement means no change."""

_FORMULA = frozenset("=+-@\"'\uff1d\uff0b\uff0d\uff20")
_WORDS = frozenset({"TRUE", "FALSE", EMPTY.upper()})
_MONTH = re.compile(r"[^\W\d]{3,}\.?[ ./-]?\d[\d ,./:-]*")
"""A word and a number, such as Sept2, which a spreadsheet may read as a date in its language."""


def write_text(text: str) -> str:
    r"""Write a text so that a spreadsheet neither changes nor evaluates it.

    A text that looks like a formula, a number or a date, or that has characters which cannot be
    seen, is written in double quotes, as a JSON string. An empty text is written as `EMPTY`.

    Example:
        >>> [write_text(text) for text in ("lytic", "lytic ", "007", "=1+1", "C79.5", "")]
        ['lytic', '"lytic "', '"007"', '"=1+1"', 'C79.5', '<empty>']
        >>> print(write_text("a\u200bb\n"))
        "a\u200bb\n"
    """
    if not text:
        return EMPTY
    if not _is_changed(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in quoted)


def read_text(text: str) -> str:
    r"""Return the text that `write_text` wrote, or that a person typed.

    Raises:
        ValueError: The text is in double quotes, but what is between them is not valid.

    Example:
        >>> [read_text(text) for text in ("lytic", '"007"', "007", "<empty>", '"<empty>"')]
        ['lytic', '007', '007', '', '<empty>']
    """
    if text == EMPTY:
        return ""
    if len(text) < 2 or not (text.startswith('"') and text.endswith('"')):
        return text
    return str(json.loads(text, strict=False))


def _is_changed(text: str) -> bool:
    """Return whether a spreadsheet could change a text, or a person misread it."""
    has_number = any(char.isnumeric() for char in text)
    return (
        text[0] in _FORMULA
        or text.upper() in _WORDS
        or text != text.strip()
        or not text.isprintable()
        or (has_number and not text[0].isalpha())
        or _MONTH.fullmatch(text) is not None
    )
