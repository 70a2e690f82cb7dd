"""The command infer."""

import sys
from pathlib import Path
from shlex import quote
from typing import Any

import click

import bonemet_data as bm

from ..atomic import write_atomically
from ..reporting.escaping import json_text, printable
from . import completion, terminal
from .completion import completes
from .group import main
from .options import expand_tab, quiet_option


@main.command(
    "infer",
    examples=[
        "bonemet-data infer cohort.csv -o schema.json",
        "bonemet-data infer export.csv --separator ';' --encoding cp1252 --missing 999",
        "bonemet-data infer 'cohort/*.parquet' | less",
    ],
)
@click.argument("data", metavar="DATA...", nargs=-1, required=True, type=click.Path())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; the default is standard output.",
)
@click.option(
    "--release",
    shell_complete=completes(completion.releases),
    help="Released version of the published tables.",
)
@click.option(
    "--separator",
    callback=expand_tab,
    help="Separator of CSV files; the default depends on the file extension.",
)
@click.option("--encoding", help="Encoding of text files; the default is UTF-8.")
@quiet_option
@click.option(
    "--missing",
    multiple=True,
    metavar="TEXT",
    help="Text that represents a missing value in all columns, such as 999; may be repeated. Texts "
    "such as NA are found.",
)
def infer(  # noqa: PLR0917 - one for each option
    data: tuple[str, ...],
    output: Path | None,
    release: str | None,
    separator: str | None,
    encoding: str | None,
    missing: tuple[str, ...],
) -> None:
    """Write a Table Schema for a table, as a draft to review.

    DATA are files (CSV or TSV, also .gz, .bz2, .xz, .zst or .zip; JSON; spreadsheets; Parquet;
    Arrow or Feather), globs or folders that are parts of one table, or - for CSV on standard input.

    The schema has types, formats, missing values, closed lists, keys, and foreign keys to the
    published tables, as all rows allow, and accepts DATA. Descriptions say what was assumed. The
    next step is printed to standard error.
    """
    from .progress import progress, total_of

    if "-" in data and sys.stdin is None:
        raise click.UsageError(
            "Standard input is closed: pass a file, or pipe the data to the command."
        )
    with progress("infer", total_of(data)) as show:
        schema = bm.infer(
            list(data) if len(data) > 1 else data[0],
            missing=missing,
            version=release,
            separator=separator,
            encoding=encoding,
            output=output,
            progress=show,
        )
    text = json_text(schema)
    if output is None:
        click.echo(text)
    else:
        write_atomically(output, f"{text}\n".encode())
    for step in _next_steps(data, schema, output, separator, encoding):
        terminal.note(printable(step))


def _next_steps(
    data: tuple[str, ...],
    schema: dict[str, Any],
    output: Path | None,
    separator: str | None,
    encoding: str | None,
) -> list[str]:
    """Return the commands that check the data against the schema, and codes by vocabulary."""
    from ..terminology.recognition import CODE_COLUMN

    check = f"bonemet-data check {' '.join(map(quote, data))}"
    options = f" --separator {quote(separator)}" if separator else ""
    options += f" --encoding {quote(encoding)}" if encoding else ""
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
