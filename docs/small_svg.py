"""SVG files for web pages: a fraction of the size, and in the colors of a light or a dark page."""

from dataclasses import astuple
from types import SimpleNamespace

from scour import scour

from bonemet_data.plot.themes import THEMES, Theme

_OPTIONS = {
    "digits": 6,
    "indent_type": "none",
    "newlines": False,
    "shorten_ids": True,
    "simple_colors": False,
    "strip_ids": True,
    "strip_xml_prolog": True,
}
"""Options of scour: precise to the digits that `bm.plot` writes, and without unused ids."""


def small_svg(document: str) -> str:
    """Return an SVG document of the light theme that is small, and dark where pages are dark.

    Args:
        document: The document, drawn by `bm.plot` with `theme="light"`.
    """
    small: str = scour.scourString(document, SimpleNamespace(**_OPTIONS))
    light, dark = (dict(enumerate(_colors(theme))) for theme in THEMES.values())
    for number, color in light.items():
        small = small.replace(f'"{color}"', f'"var(--c{number})"')
    style = (
        f"svg{{background:var(--c0)}}:root{{{_variables(light)}}}"
        f"@media(prefers-color-scheme:dark){{:root{{{_variables(dark)}}}}}"
    )
    return small.replace("<style>", f"<style>{style}", 1) + "\n"


def _colors(theme: Theme) -> list[str]:
    *colors, series = astuple(theme)
    return [*colors, *series]


def _variables(colors: dict[int, str]) -> str:
    return "".join(f"--c{number}:{color};" for number, color in colors.items())
