"""Items of a list, printed with an id in front and a hanging indent."""

import re
from html import escape
from textwrap import wrap
from typing import NamedTuple

WIDTH = 80
"""Width of printed text, in characters."""
_SOURCES = re.compile(r"\[[0-9 ]+\]")
_FIXED_SPACE = "\N{NO-BREAK SPACE}"


class Item(NamedTuple):
    """An item of a list.

    Attributes:
        text: The text.
        id: Id to print in front of it.
    """

    text: str
    id: str | None = None

    def __str__(self) -> str:
        return f"{self.id}  {self.text}" if self.id else self.text

    def html(self) -> str:
        """Return the item as HTML."""
        return (
            f"<code>{escape(self.id)}</code> {escape(self.text)}" if self.id else escape(self.text)
        )

    def lines(self, width: int = WIDTH) -> list[str]:
        """Return the lines of the item.

        If one line is not enough, what is independent of the article begins a line; numbers of
        sources stay together.
        """
        text = str(self)
        margin = " " * (len(self.id) + 2 if self.id else 2)
        if len(text) > width:
            text = text.replace("; independent:", f";\n{margin}independent:")
        text = _SOURCES.sub(lambda numbers: numbers[0].replace(" ", _FIXED_SPACE), text)
        return [
            line.replace(_FIXED_SPACE, " ")
            for part in text.splitlines()
            for line in wrap(part, width, subsequent_indent=margin, break_on_hyphens=False)
        ]
