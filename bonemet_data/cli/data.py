"""Commands that read the published data, such as show, concept and statements."""

from collections.abc import Callable
from functools import partial
from typing import Any

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
        "bonemet-data lookup C79.51",
        'bonemet-data lookup "bone mets" lytic HP:0002653',
        "bonemet-data lookup Zometa --format json",
    ],
)
@click.argument("terms", metavar="TERM...", nargs=-1, required=True)
@click.option(
    "--format",
    "rendering",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Format of the output.",
)
def look_up(terms: tuple[str, ...], rendering: str) -> None:
    """Print the concepts that each TERM refers to.

    TERM is a code, with its prefix or without, the address of a term, the id of a concept, or a
    name. The second column is the scope of the name or the predicate of the mapping.
    """
    from .lookup import FORMATS, advice

    found = {term: bm.lookup(term) for term in terms}
    if output := FORMATS[rendering](found):
        click.echo(output)
    for term, matches in found.items():
        if not matches:
            click.echo(advice(term), err=True)


@main.command("concept", examples=["bonemet-data concept osteolytic"])
@click.argument("concept_id", metavar="ID")
def show_concept(concept_id: str) -> None:
    """Print a concept.

    Prints its definition, row, statements, evidence, codes and synonyms. A statement begins with
    its id; the numbers in brackets are the sources that the article cites.
    """
    click.echo(str(bm.concept(concept_id)))


def _format_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--format",
        "rendering",
        type=click.Choice(["text", "csv", "json"]),
        default="text",
        show_default=True,
        help="Format of the output.",
    )(command)


@main.command(
    "statements",
    examples=[
        "bonemet-data statements osteolytic",
        "bonemet-data statements --predicate has_symptom --object pain",
        "bonemet-data statements --format csv > statements.csv",
    ],
)
@click.argument("subject", required=False)
@click.option("--predicate", help="Predicate, such as has_symptom.")
@click.option("--object", "object_", metavar="ID", help="Concept to which the predicate leads.")
@click.option("--context", metavar="ID", help="Concept to which the statement is limited.")
@_format_option
def list_statements(rendering: str, object_: str | None, **wanted: str | None) -> None:
    """Print the statements of the article about SUBJECT.

    SUBJECT is the id of a concept; without it, the statements about all concepts are printed. The
    numbers in brackets are the sources that the article cites.
    """
    from .statements import render, statements_as_text

    load = partial(bm.statements, object=object_, **wanted)
    click.echo(render(load, rendering, statements_as_text))


@main.command(
    "evidence",
    examples=[
        "bonemet-data evidence st014",
        "bonemet-data evidence --concept osteolytic",
        "bonemet-data evidence st014 --format json",
    ],
)
@click.argument("statement_id", metavar="STATEMENT", required=False)
@click.option("--concept", "concept_id", metavar="ID", help="Subject or object of the statements.")
@_format_option
def list_evidence(rendering: str, **wanted: Any) -> None:
    """Print the independent evidence on STATEMENT, such as st014.

    The publications were found independently of the article; they are not the sources that it
    cites.
    """
    from .statements import evidence_as_text, render

    click.echo(render(partial(bm.evidence, **wanted), rendering, evidence_as_text))


@main.command(
    "cite", examples=["bonemet-data cite", "bonemet-data cite --style ris > bonemet-data.ris"]
)
@click.option(
    "--style",
    type=click.Choice(["bibtex", "ris", "text"]),
    default="bibtex",
    show_default=True,
    help="Format of the citation.",
)
def print_citation(style: Any) -> None:
    """Print the citation of the data and of the article."""
    click.echo(bm.cite(style))
