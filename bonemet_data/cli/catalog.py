"""Commands about the package as a whole: list, releases and cite."""

from typing import Any

import click

import bonemet_data as bm

from . import terminal
from .group import main
from .options import format_option
from .rendering import as_json


@main.command(
    "list",
    examples=["bonemet-data list", "bonemet-data list --format json"],
)
@format_option("text", "json")
def list_tables(rendering: str) -> None:
    """List the tables with their number of rows and their titles."""
    resources = bm.descriptor()["resources"]
    if rendering == "json":
        keys = ("name", "rows", "title")
        click.echo(as_json([{key: resource[key] for key in keys} for resource in resources]))
        return
    longest = max(len(resource["name"]) for resource in resources)
    for resource in resources:
        name, rows, title = resource["name"], resource["rows"], resource["title"]
        terminal.say(f"{name:<{longest}}  {rows:>5,} rows  {title}")


@main.command(
    "releases",
    examples=["bonemet-data releases", "bonemet-data releases --format json"],
)
@format_option("text", "json")
def list_releases(rendering: str) -> None:
    """List the releases, the oldest first."""
    from ..terminology.items import Item

    if rendering == "json":
        click.echo(as_json(bm.releases()))
        return
    for release in bm.releases():
        item = Item(f"{release.date}  {release.summary}", release.version)
        terminal.say("\n".join(item.lines()))


@main.command(
    "cite", examples=["bonemet-data cite", "bonemet-data cite --style ris > bonemet-data.ris"]
)
@click.option(
    "--style",
    type=click.Choice(["bibtex", "ris", "csl-json", "text"]),
    default="bibtex",
    show_default=True,
    help="Format of the citation.",
)
def print_citation(style: Any) -> None:
    """Print the citation of the data and of the article.

    CSL JSON is the format of Zotero and pandoc.
    """
    click.echo(bm.cite(style))
