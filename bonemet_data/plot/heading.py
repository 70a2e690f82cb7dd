"""The title of a picture and the sentence below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from .picture import Picture, wrapped

_MARGIN, _TITLE, _TITLE_LINE, _TEXT, _TEXT_LINE = 16.0, 17.0, 22.0, 12.0, 17.0


@dataclass(frozen=True)
class Heading:
    """Lines that fit the width of a picture.

    Attributes:
        title: Lines of the title.
        text: Lines of the text below it.
    """

    title: Sequence[str]
    text: Sequence[str]

    @classmethod
    def wrap(cls, title: str, text: str, width: float) -> Self:
        """Return the lines for a picture of a width in pixels."""
        space = width - 2 * _MARGIN
        return cls(wrapped(title, space, _TITLE, bold=True), wrapped(text, space, _TEXT))

    @property
    def height(self) -> float:
        """Height in pixels, with space below."""
        return 18 + len(self.title) * _TITLE_LINE + len(self.text) * _TEXT_LINE + 8

    def write(self, picture: Picture) -> None:
        """Write the lines at the top of a picture."""
        y = 24.0
        for line in self.title:
            picture.write(_MARGIN, y, line, size=_TITLE, bold=True)
            y += _TITLE_LINE
        for line in self.text:
            picture.write(_MARGIN, y + 2, line, size=_TEXT, color=picture.theme.muted)
            y += _TEXT_LINE
