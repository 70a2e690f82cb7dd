"""Escape text from data and descriptors for safe output."""

import json
import re

_COMMAND = re.compile(r"^(\s*):(?=:)", re.MULTILINE)
"""Start of a workflow command at the start of a line."""

_OLD_COMMAND = "##["
"""Start of a workflow command of the older form, anywhere in a line."""

_LONGEST = 80
"""Maximum number of characters of a cell in a message."""


def printable(text: str) -> str:
    r"""Escape line breaks, control characters and invisible characters.

    Example:
        >>> printable("a\x1b[2J\nb")
        'a\\x1b[2J\\x0ab'
    """
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def harmless(text: str) -> str:
    r"""Escape control characters within lines, and workflow commands of GitHub.

    Example:
        >>> print(harmless("a\x1b[2J\n::error::b\nc ##[error]d"))
        a\x1b[2J
        \x3a:error::b
        c #\x23[error]d
    """
    return without_commands("\n".join(map(printable, text.split("\n"))))


def without_commands(text: str) -> str:
    """Escape the workflow commands of a text, so that GitHub does not run them from a log.

    Source: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    """
    return _COMMAND.sub(r"\1\\x3a", text).replace(_OLD_COMMAND, r"#\x23[")


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

    So are workflow commands, which GitHub would run from a log.

    Example:
        >>> print(json_text(["µ", "\u202e"]))
        [
          "µ",
          "\u202e"
        ]
    """
    text = json.dumps(document, indent=2, ensure_ascii=False)
    text = text.replace(_OLD_COMMAND, "#\\u0023[")
    units = (
        char if char.isprintable() or char == "\n" else json.dumps(char)[1:-1] for char in text
    )
    return "".join(units)
