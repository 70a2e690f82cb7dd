"""Commands that read the published data: list, show, lookup and concept."""

import click

import bonemet_data as bm

from .group import main


@main.command("list", examples=["bonemet-data list"])
def list_tables() -> None:
    """List the tables with their number of rows and their titles."""
    for resource in bm.descriptor()["resources"]:
        click.echo(f"{resource['name']:<12} {resource['rows']:>5} rows  {resource['title']}")


@main.command(
    "show", examples=["bonemet-data show symptoms", "bonemet-data show types --format json"]
)
@click.argument("name")
@click.option(
    "--format",
    "rendering",
    type=click.Choice(["text", "csv", "json", "markdown"]),
    default="text",
    show_default=True,
    help="Format of the table.",
)
def show_table(name: str, rendering: str) -> None:
    """Print the table NAME.

    As text, a table that is wider than the terminal is printed with one field a line.
    """
    from ..package.installed import installed
    from .show import FORMATS

    package = installed()
    click.echo(FORMATS[rendering](package, package.resource(name)))


@main.command(
    "lookup",
    examples=[
        "bonemet-data lookup HP:0002653",
        'bonemet-data lookup "lytic metastatic bone lesion"',
    ],
)
@click.argument("term")
def look_up(term: str) -> None:
    """Print the concepts that TERM refers to.

    TERM is a code with its prefix, the id of a concept, a label or a synonym.
    """
    matches = bm.lookup(term)
    for match in matches:
        click.echo(f"{match.concept_id:<22} {match.relation:<18} {match.why}")
    if not matches:
        click.echo(f"No concept has the code or name {term!r}.", err=True)


@main.command("concept", examples=["bonemet-data concept osteolytic"])
@click.argument("concept_id", metavar="ID")
def show_concept(concept_id: str) -> None:
    """Print a concept.

    Prints its definition, row, citations, relations, codes, synonyms and evidence.
    """
    click.echo(str(bm.concept(concept_id)))
