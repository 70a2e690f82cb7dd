"""Commands that read the published data, such as show, concept and statements."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

import click

import bonemet_data as bm

from . import completion, terminal
from .completion import completes
from .group import main
from .options import format_option, quiet_option
from .rendering import as_json
from .status import READS_DATA


def _names(name: str, metavar: str, source: completion.Names) -> Callable[..., Any]:
    """Return the argument of several names; one is required unless the metavar is in brackets."""
    required = not metavar.startswith("[")
    complete = completes(source)
    return click.argument(
        name, metavar=metavar, nargs=-1, required=required, shell_complete=complete
    )


_concept = partial(click.option, metavar="ID", shell_complete=completes(completion.concepts))


@main.command(
    "show",
    examples=[
        "bonemet-data show symptoms",
        "bonemet-data show symptoms types",
        "bonemet-data show types --format json",
    ],
    statuses=READS_DATA,
)
@_names("names", "NAME...", completion.tables)
@format_option("text", "csv", "json", "markdown")
def show_tables(names: tuple[str, ...], rendering: str) -> None:
    """Print tables.

    NAME is the name of a table, as `bonemet-data list` prints it. As text, a table that is wider
    than the terminal is printed with one field a line. As JSON, several tables are one object,
    whose keys are their names.
    """
    from ..package.installed import installed
    from . import show

    package = installed()
    resources = [package.resource(name) for name in dict.fromkeys(names)]
    if rendering == "csv" and len(resources) > 1:
        raise click.UsageError("CSV is the text of one table: pass one NAME, or another format.")
    if rendering == "json":
        rows = {resource.name: bm.load(resource.name, "records") for resource in resources}
        click.echo(as_json(rows if len(rows) > 1 else rows[resources[0].name]))
        return
    for number, resource in enumerate(resources):
        if rendering == "csv":
            click.echo(package.data(resource), nl=False)
            continue
        if number:
            click.echo()
        if rendering == "text":
            terminal.say(resource.title, bold=True)
            click.echo()
            terminal.say(show.as_text(package, resource, terminal.width()))
        else:
            heading = f"## {resource.title}\n\n" if len(resources) > 1 else ""
            terminal.say(heading + show.as_markdown(package, resource))


@main.command(
    "lookup",
    examples=[
        "bonemet-data lookup C79.51",
        'bonemet-data lookup "bone mets" lytic HP:0002653',
        "bonemet-data lookup Zometa --format json",
    ],
    statuses=READS_DATA,
)
@_names("terms", "TERM...", completion.concepts)
@format_option("text", "json")
@quiet_option
def look_up(terms: tuple[str, ...], rendering: str) -> None:
    """Print the concepts of codes and names.

    TERM is a code, with its prefix or without, the address of a term, the id of a concept, or a
    name. The second column is the scope of the name or the predicate of the mapping.
    """
    from .lookup import advice, as_text

    found = {term: bm.lookup(term) for term in terms}
    if rendering == "json":
        rows = [{"term": term, **asdict(m)} for term, matches in found.items() for m in matches]
        click.echo(as_json(rows))
    elif text := as_text(found, terminal.width()):
        terminal.say(text)
    missing = [term for term, matches in found.items() if not matches]
    if missing and not terminal.is_quiet():
        for term in missing:
            terminal.note(advice(term))
        terminal.note(
            "To list all concepts, run: bonemet-data show concepts\n"
            "For a column of a table, run: bonemet-data annotate (codes) or normalize (names)"
        )


@main.command(
    "concept",
    examples=[
        "bonemet-data concept osteolytic",
        "bonemet-data concept pain fatigue --format json",
    ],
    statuses=READS_DATA,
)
@_names("concept_ids", "ID...", completion.concepts)
@format_option("text", "json")
def show_concepts(concept_ids: tuple[str, ...], rendering: str) -> None:
    """Print concepts.

    ID is the id of a concept, as in `bonemet-data show concepts`. Prints its definition, row,
    statements, evidence, codes and synonyms. A statement begins with its id; the numbers in
    brackets are the sources that the article cites. JSON is a list with an object for each
    concept.
    """
    concepts = [bm.concept(concept_id) for concept_id in dict.fromkeys(concept_ids)]
    if rendering == "json":
        click.echo(as_json(concepts))
    else:
        terminal.say("\n\n".join(map(str, concepts)))


@main.command(
    "statements",
    examples=[
        "bonemet-data statements osteolytic osteoblastic",
        "bonemet-data statements --predicate has_symptom --object pain",
        "bonemet-data statements --format csv > statements.csv",
    ],
    statuses=READS_DATA,
)
@_names("subjects", "[SUBJECT]...", completion.concepts)
@click.option(
    "--predicate",
    shell_complete=completes(completion.predicates),
    help="Predicate, such as has_symptom.",
)
@_concept("--object", "object_", help="Object of the statements.")
@_concept("--context", help="Concept to which the statements are limited.")
@format_option("text", "csv", "json")
def list_statements(
    subjects: tuple[str, ...], rendering: str, object_: str | None, **wanted: str | None
) -> None:
    """Print the statements of the article.

    SUBJECT is the id of a concept; without it, the statements about all concepts are printed. The
    numbers in brackets are the sources that the article cites.
    """
    from .statements import print_records, statements_as_text

    load = partial(bm.statements, object=object_, **wanted)
    loads = [partial(load, subject) for subject in dict.fromkeys(subjects or [None])]
    print_records(loads, rendering, statements_as_text)


@main.command(
    "evidence",
    examples=[
        "bonemet-data evidence st014",
        "bonemet-data evidence --concept osteolytic",
        "bonemet-data evidence st014 st033 --format json",
    ],
    statuses=READS_DATA,
)
@_names("statement_ids", "[STATEMENT]...", completion.statements)
@_concept("--concept", "concept_id", help="Subject or object of the statements.")
@format_option("text", "csv", "json")
def list_evidence(statement_ids: tuple[str, ...], concept_id: str | None, rendering: str) -> None:
    """Print the independent evidence on statements.

    STATEMENT is the id of a statement, such as st014; without it, the evidence on all statements is
    printed. The publications were found independently of the article; they are not the sources that
    it cites.
    """
    from .statements import evidence_as_text, print_records

    load = partial(bm.evidence, concept_id=concept_id)
    loads = [partial(load, id_) for id_ in dict.fromkeys(statement_ids or [None])]
    print_records(loads, rendering, evidence_as_text)
