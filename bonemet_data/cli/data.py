"""Commands that read the published data."""

import click

from ..package.descriptor import installed
from ..terminology.concepts import concept
from ..terminology.lookup import lookup
from ..terminology.sssom import sssom
from .group import main
from .show import VIEWS


@main.command("list")
def list_() -> None:
    r"""List the tables, with their row counts and titles.

    \b
    Example:
      bonemet-data list
    """
    for resource in installed().resources:
        click.echo(f"{resource.name:<12} {resource.rows:>5} rows  {resource.title}")


@main.command()
@click.argument("name")
@click.option(
    "--format",
    "view",
    type=click.Choice(list(VIEWS)),
    default="text",
    show_default=True,
    help="How to write the table.",
)
def show(name: str, view: str) -> None:
    r"""Print the table NAME.

    \b
    Examples:
      bonemet-data show symptoms
      bonemet-data show types --format json
    """
    package = installed()
    click.echo(VIEWS[view](package, package.resource(name)))


@main.command("lookup")
@click.argument("term")
def lookup_(term: str) -> None:
    r"""Find the concepts that TERM leads to: a code with its prefix, an id, a label or a synonym.

    \b
    Examples:
      bonemet-data lookup HP:0002653
      bonemet-data lookup "lytic metastatic bone lesion"
    """
    matches = lookup(term)
    for match in matches:
        click.echo(f"{match.concept_id:<22} {match.relation:<18} {match.why}")
    if not matches:
        click.echo(f"Nothing leads from {term!r} to a concept.", err=True)


@main.command("concept")
@click.argument("concept_id", metavar="ID")
def concept_(concept_id: str) -> None:
    r"""Print all that the package says of the concept ID.

    \b
    Example:
      bonemet-data concept osteolytic
    """
    click.echo(repr(concept(concept_id)))


@main.command("sssom")
def sssom_() -> None:
    r"""Print the mappings as one stand-alone SSSOM file.

    \b
    Example:
      bonemet-data sssom > mappings.sssom.tsv
    """
    click.echo(sssom(installed()), nl=False)
