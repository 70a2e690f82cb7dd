"""Colors for light and dark pages, which readers with any color vision can tell apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..names import unknown

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True)
class Theme:
    """The colors of a picture.

    Attributes:
        page: Color of the page behind the picture.
        text: Color of text.
        muted: Color of less important text.
        line: Color of borders, axes and other thin lines.
        box: Color of a box with text in it.
        accent: Color of the article.
        series: Colors of categories, after Okabe and Ito, darker or lighter as the page requires.
    """

    page: str
    text: str
    muted: str
    line: str
    box: str
    accent: str
    series: tuple[str, ...]


THEMES: Mapping[str, Theme] = {
    "light": Theme(
        page="#ffffff",
        text="#1f2328",
        muted="#59636e",
        line="#818b98",
        box="#eef1f5",
        accent="#b34700",
        series=("#0072b2", "#c2410c", "#007a5a", "#a8467f"),
    ),
    "dark": Theme(
        page="#0d1117",
        text="#f0f6fc",
        muted="#a3adb8",
        line="#7d8590",
        box="#1f2630",
        accent="#f0883e",
        series=("#56b4e9", "#f0883e", "#5fcf80", "#e08fc0"),
    ),
}


def theme_of(name: str) -> Theme:
    """Return a theme.

    Raises:
        UnknownNameError: There is no such theme.
    """
    if name not in THEMES:
        raise unknown("theme", name, THEMES)
    return THEMES[name]
