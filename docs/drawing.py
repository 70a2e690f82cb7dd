"""The pictures of the documentation, and the sections that show them with their tables."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from small_svg import small_svg

from bonemet_data import plot
from bonemet_data.plot.picture import Picture

FOLDER = "docs/pictures"
NARROW = 390
"""Width of the pictures for telephones, in pixels."""

DRAWN: Mapping[str, tuple[Callable[..., Picture], bool]] = {
    "statements": (plot.statements, False),
    "measurements-st014": (partial(plot.measurements, "st014"), True),
    "evidence": (plot.evidence, True),
    "structure": (plot.structure, True),
}
"""The pictures by name, and whether there is one for telephones."""


def pictures() -> dict[str, str]:
    """Return the SVG files by path."""
    return {
        f"{FOLDER}/{name}{'-narrow' * narrow}.svg": small_svg(_picture(name, narrow).svg())
        for name, (_, has_narrow) in DRAWN.items()
        for narrow in (False, True)[: 1 + has_narrow]
    }


def element(name: str, folder: str) -> str:
    """Return the HTML that shows a picture, and another one on telephones if there is one.

    Args:
        name: Name of the picture.
        folder: Path of the folder of pictures, relative to the page.
    """
    picture, (_, has_narrow) = _picture(name), DRAWN[name]
    narrow = f'<source media="(max-width: 600px)" srcset="{folder}/{name}-narrow.svg">'
    lines = [
        f'<a href="{folder}/{name}.svg"><picture>',
        *([narrow] if has_narrow else []),
        f'<img src="{folder}/{name}.svg" alt="{picture.title}. {picture.description}">',
        "</picture></a>",
    ]
    return "\n".join(lines)


def sections() -> str:
    """Return a section for each picture, with a table that says the same."""
    return "\n\n".join(_sections())


def _sections() -> Iterator[str]:
    for name in DRAWN:
        picture = _picture(name)
        yield f"## {picture.title[:1].upper()}{picture.title[1:]}"
        yield element(name, "../pictures")
        yield picture.description
        yield "<details>\n<summary>The same as a table</summary>"
        rows = (picture.columns, ("---",) * len(picture.columns), *picture.rows)
        yield "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in rows)
        yield "</details>"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


@cache
def _picture(name: str, narrow: bool = False) -> Picture:
    draw, _ = DRAWN[name]
    return draw(width=NARROW) if narrow else draw()
