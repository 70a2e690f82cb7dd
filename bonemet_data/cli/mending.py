"""The command apply."""

from pathlib import Path, PurePath
from typing import Any

import click

import bonemet_data as bm

from ..reading.formats import suffix_of
from . import terminal
from .completion import completes
from .group import main
from .options import encoding_option, quiet_option, require_open_input, separator_option


@main.command(
    "apply",
    examples=[
        "bonemet-data apply cohort.csv accepted.csv --dry-run",
        "bonemet-data apply cohort.csv accepted.xlsx -o clean.csv",
        "bonemet-data apply export.csv.gz accepted.csv --separator ';' -o clean.csv.gz",
    ],
)
@click.argument("data", callback=require_open_input, shell_complete=completes(files=True))
@click.argument("fixes", type=click.Path())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write, in the format of DATA.",
)
@click.option(
    "--log",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV file for each changed cell; the default for clean.csv is clean.changes.csv.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; only say what would change.")
@click.option(
    "--allow-unused", is_flag=True, help="Apply the other fixes if a value does not occur in DATA."
)
@click.option(
    "--schema",
    type=click.Path(),
    help="The datapackage.json that states how DATA are read, as for check.",
)
@click.option("--resource", help="Resource of the datapackage.json that describes DATA.")
@separator_option
@encoding_option
@quiet_option
def apply(
    data: str, fixes: str, output: Path | None, log: Path | None, dry_run: bool, **options: Any
) -> None:
    """Apply the corrections that a person accepted to a table.

    DATA is one CSV or TSV file (also .gz, .bz2, .xz, .zst or .zip), Parquet or Arrow file, or - for
    CSV on standard input. FIXES is the file that check --fixes wrote (CSV, also as a spreadsheet
    saves it, xlsx or ods).

    Each row of FIXES with a replacement changes the cells of its column whose text is exactly its
    value; <empty> makes them empty. All other bytes of DATA stay as they are. Nothing is written if
    a value does not occur in DATA.
    """
    from .progress import progress, total_of

    if dry_run == (output is not None):
        raise click.UsageError("Pass exactly one of --output and --dry-run.")
    if output is not None and log is None:
        log = _log_of(output)
    with progress("apply", total_of([data])) as show:
        applied = bm.apply(data, fixes, output=output, log=log, progress=show, **options)
    terminal.say(str(applied))
    if output is not None:
        terminal.note(f"Wrote {output} and {log}.")
    elif log is None:
        terminal.note("Nothing was written.")


def _log_of(output: Path) -> Path:
    """Return the default path of the log: clean.changes.csv for clean.csv.gz."""
    name = PurePath(output.name)
    if suffix_of(output.name)[1]:
        name = PurePath(name.stem)
    return output.with_name(f"{name.stem}.changes.csv")
