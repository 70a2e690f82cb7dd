"""The command `check`, for tables of users."""

from pathlib import Path
from typing import Any

import click

import bonemet_data as bm

from . import completion
from .group import main
from .options import (
    data_argument,
    encoding_option,
    quiet_option,
    release_option,
    separator_option,
)
from .reports import ReportOptions, print_report, report_options
from .status import Status


@main.command(
    "check",
    examples=[
        "bonemet-data check cohort.csv --column lesion_type=types --column symptom=symptoms",
        "bonemet-data check visits.csv --column dx=codes:icd10cm",
        "bonemet-data check cohort/ --schema cohort.json -o findings.parquet",
        "bonemet-data check cohort.csv --schema cohort.json --ignore pattern@.postcode --strict",
        "bonemet-data check cohort.csv --schema cohort.json --fixes fixes.csv",
    ],
    statuses={
        Status.ERRORS: "The data have errors, or a file of the installed package differs from its "
        "checksum.",
        Status.INCOMPLETE: "No errors, but something was not checked; see --allow-unchecked.",
    },
)
@data_argument
@click.option(
    "--schema",
    type=click.Path(),
    help="Table Schema, datapackage.json or ZIP archive of a package.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=TABLE",
    shell_complete=completion.column_tables,
    help="Instead of a schema: column NAME contains ids of the published table TABLE; or, with "
    "codes:VOCABULARY as TABLE, codes that lead to a concept; or, with codes:VOCABULARY?, codes.",
)
@click.option("--resource", help="Resource of the datapackage.json that describes DATA.")
@release_option
@separator_option
@encoding_option
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    help="Write every finding, cell by cell, to this .parquet, .csv, .xlsx, .json or .jsonl file.",
)
@click.option(
    "--bom", is_flag=True, help="Begin a CSV file of findings with a byte order mark, for Excel."
)
@click.option(
    "--fixes",
    type=click.Path(),
    help="Write every distinct fault and its suggestion to this .csv or .xlsx file, which must not "
    "exist; see the command apply.",
)
@click.option(
    "--engine",
    type=click.Choice(["polars", "spark"]),
    default="polars",
    show_default=True,
    help="Run on this machine or on Spark.",
)
@report_options
@quiet_option
def check(
    data: tuple[str, ...],
    columns: tuple[str, ...],
    output: str | None,
    fixes: str | None,
    options: ReportOptions,
    **arguments: Any,
) -> None:
    """Check a table against a schema or the published ids.

    DATA are files (CSV or TSV, also .gz, .bz2, .xz, .zst or .zip; JSON; spreadsheets; Parquet;
    Arrow or Feather), globs or folders that are parts of one table, or - for CSV on standard input.

    The exit status is 0 if the data are valid, 1 if they have errors, and 3 if they have no errors
    but something was not checked.
    """
    from ..mending.fixes_file import require_new, write_fixes
    from .progress import progress, total_of

    if fixes is not None:
        require_new(fixes)
        if output is not None and Path(output).resolve() == Path(fixes).resolve():
            raise click.UsageError("--fixes and --output are the same file: choose two files.")
    with progress("check", total_of(data)) as show:
        report = bm.check(
            list(data) if len(data) > 1 else data[0],
            columns=_tables(columns) or None,
            limit=options.limit,
            output=output,
            progress=show,
            **arguments,
        )
    if fixes is not None:
        write_fixes(fixes, report.ignore(*options.ignored).groups)
    print_report(report, options)


def _tables(choices: tuple[str, ...]) -> dict[str, str]:
    """Parse the options `--column NAME=TABLE`."""
    tables = {}
    for choice in choices:
        name, _, table = choice.rpartition("=")
        if not name or not table:
            raise click.BadParameter(
                f"{choice!r} is not of the form NAME=TABLE, such as lesion_type=types."
            )
        tables[name] = table
    return tables
