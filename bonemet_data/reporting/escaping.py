"""Escape text from data and descriptors for safe output."""

import json

_LONGEST = 80
"""Maximum number of characters of a cell in a message."""


def printable(text: str) -> str:
    r"""Escape line breaks, control characters and invisible characters.

    Example:
        >>> printable("a\x1b[2J\nb")
        'a\\x1b[2J\\x0ab'
    """
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def quoted(value: str) -> str:
    """Return the text of a cell in quotation marks; long text is truncated."""
    return repr(value if len(value) < _LONGEST else value[:_LONGEST] + "…")


def workflow_escape(text: str, more: str = "") -> str:
    """Escape the message of a GitHub workflow command; for a property, pass `more=":,"`.

    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions

    Example:
        >>> workflow_escape("50%: a, b", ":,")
        '50%25%3A a%2C b'
    """
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def json_text(document: object) -> str:
    r"""Return an indented JSON document in which invisible characters are escaped.

    Example:
        >>> print(json_text(["µ", "\u202e"]))
        [
          "µ",
          "\u202e"
        ]
    """
    text = json.dumps(document, indent=2, ensure_ascii=False)
    units = (
        char if char.isprintable() or char == "\n" else json.dumps(char)[1:-1] for char in text
    )
    return "".join(units)
