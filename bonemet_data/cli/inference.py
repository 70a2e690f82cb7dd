"""The command infer."""

from pathlib import Path
from shlex import quote
from typing import Any

import click

import bonemet_data as bm

from ..atomic import write_atomically
from ..reporting.escaping import json_text, printable
from . import terminal
from .group import main
from .options import (
    data_argument,
    encoding_option,
    quiet_option,
    release_option,
    separator_option,
)


@main.command(
    "infer",
    examples=[
        "bonemet-data infer cohort.csv -o schema.json",
        "bonemet-data infer export.csv --separator ';' --encoding cp1252 --missing 999",
        "bonemet-data infer 'cohort/*.parquet' | less",
    ],
)
@data_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; the default is standard output.",
)
@release_option
@separator_option
@encoding_option
@quiet_option
@click.option(
    "--missing",
    multiple=True,
    metavar="TEXT",
    help="Text that represents a missing value in all columns, such as 999; may be repeated. Texts "
    "such as NA are found.",
)
def infer(data: tuple[str, ...], output: Path | None, **options: Any) -> None:
    """Write a Table Schema for a table, as a draft to review.

    DATA are files (CSV or TSV, also .gz, .bz2, .xz, .zst or .zip; JSON; spreadsheets; Parquet;
    Arrow or Feather), globs or folders that are parts of one table, or - for CSV on standard input.

    The schema has types, formats, missing values, closed lists, keys, and foreign keys to the
    published tables, as all rows allow, and accepts DATA. Descriptions say what was assumed. The
    next step is printed to standard error.
    """
    from .progress import progress, total_of

    with progress("infer", total_of(data)) as show:
        table = list(data) if len(data) > 1 else data[0]
        schema = bm.infer(table, output=output, progress=show, **options)
    text = json_text(schema)
    if output is None:
        click.echo(text)
    else:
        write_atomically(output, f"{text}\n".encode())
    for step in _next_steps(data, schema, output, options):
        terminal.note(printable(step))


def _next_steps(
    data: tuple[str, ...], schema: dict[str, Any], output: Path | None, given: dict[str, Any]
) -> list[str]:
    """Return the commands that check the data against the schema, and codes by vocabulary."""
    from ..terminology.recognition import CODE_COLUMN

    check = f"bonemet-data check {' '.join(map(quote, data))}"
    options = "".join(
        f" --{name} {quote(given[name])}" for name in ("separator", "encoding") if given[name]
    )
    review = "save it as schema.json, review it" if output is None else f"review {output}"
    file = quote(str(output or "schema.json"))
    steps = [f"Next: {review}, then run  {check} --schema {file}{options}"]
    columns = [
        " --column " + quote(f"{field['name']}={field[CODE_COLUMN]}")
        for field in schema["fields"]
        if CODE_COLUMN in field
    ]
    if columns:
        steps.append(f"To check the codes, run  {check}{''.join(columns)}{options}")
    return steps
