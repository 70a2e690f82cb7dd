"""The command plot."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

import bonemet_data as bm

from ..atomic import write_atomically
from . import completion
from .completion import completes
from .group import main

if TYPE_CHECKING:
    from ..plot.picture import Picture

_SUFFIXES = (".svg", ".png", ".pdf")


@main.command(
    "plot",
    examples=[
        "bonemet-data plot statements -o statements.svg",
        "bonemet-data plot statements osteolytic --theme dark -o osteolytic.svg",
        "bonemet-data plot measurements st014 -o pain.png",
        "bonemet-data plot evidence --width 390 -o evidence.pdf",
    ],
)
@click.argument(
    "name",
    metavar="NAME",
    type=click.Choice(["statements", "measurements", "evidence", "structure"]),
)
@click.argument(
    "id_",
    metavar="[ID]",
    required=False,
    shell_complete=completes(completion.concepts, completion.statements),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="File to write; its extension is .svg, .png or .pdf.",
)
@click.option(
    "--theme",
    type=click.Choice(["light", "dark"]),
    default="light",
    show_default=True,
    help="Colors for light or dark pages.",
)
@click.option("--width", type=click.IntRange(min=320), help="Width in pixels.")
def plot(name: str, id_: str | None, output: Path, theme: str, width: int | None) -> None:
    """Draw a picture of the data.

    NAME is statements, measurements, evidence or structure. ID is a concept for statements (the
    default is all statements), and a statement for measurements. An SVG file has a title, a
    description, and text that can be searched.
    """
    suffix = output.suffix.lower()
    if suffix not in _SUFFIXES:
        raise click.UsageError(
            f"{output} has an unknown format: use one of the extensions {', '.join(_SUFFIXES)}."
        )
    file = BytesIO()
    _draw(name, id_, theme, width).savefig(file, format=suffix[1:])
    write_atomically(output, file.getvalue())


def _draw(name: str, id_: str | None, theme: str, width: int | None) -> "Picture":
    if name == "measurements" and id_ is None:
        raise click.UsageError("measurements requires the ID of a statement, such as st014.")
    if name in {"evidence", "structure"} and id_ is not None:
        raise click.UsageError(f"{name} takes no ID: remove it.")
    if name == "statements" and width is not None:
        raise click.UsageError("statements has a fixed width: omit --width.")
    options = {"theme": theme} | ({} if width is None else {"width": width})
    draw = getattr(bm.plot, name)
    picture: Picture = draw(**options) if id_ is None else draw(id_, **options)
    return picture
