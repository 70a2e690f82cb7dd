"""Words for reports: what a stranger's data say, made harmless where it is printed."""

_LONGEST = 80


def printable(words: str) -> str:
    r"""Replace what XML and terminals cannot take, and what would begin a line of its own.

    Example:
        >>> printable("a\x1b[2J\nb")
        'a\\x1b[2J\\x0ab'
    """
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in words)


def shown(value: str | None) -> str | None:
    """Quote a cell, and cut it if it is long; None stays None."""
    if value is None:
        return None
    return repr(value if len(value) < _LONGEST else value[:_LONGEST] + "…")


def workflow_escape(words: str, more: str = "") -> str:
    """Escape for a workflow command of GitHub: its data, or with `:,` its properties.

    Example:
        >>> workflow_escape("50%: a, b", ":,")
        '50%25%3A a%2C b'
    """
    for char in "%\r\n" + more:
        words = words.replace(char, f"%{ord(char):02X}")
    return words
