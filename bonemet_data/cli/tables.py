"""Commands for tables of users: check, annotate, detect and normalize."""

import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

import bonemet_data as bm

from .group import main
from .reports import ReportOptions, print_report, report_options

if TYPE_CHECKING:
    from .column_files import InputFile


def tab(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    r"""Return a separator, in which \t is a tab, since shells do not expand it."""
    return "\t" if value == r"\t" else value


@main.command(
    "check",
    examples=[
        "bonemet-data check cohort.csv --column lesion_type=types --column symptom=symptoms",
        "bonemet-data check visits.csv --column dx=codes:icd10cm",
        "bonemet-data check cohort/ --schema cohort.json -o findings.parquet",
        "bonemet-data check cohort.csv --schema cohort.json --ignore pattern@.postcode --strict",
    ],
)
@click.argument("data", nargs=-1, required=True)
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
    help="Instead of a schema: column NAME contains ids of the published table TABLE; or, with "
    "codes:VOCABULARY as TABLE, codes that lead to a concept; or, with codes:VOCABULARY?, codes.",
)
@click.option("--resource", help="Resource of the datapackage.json that describes DATA.")
@click.option("--release", help="Released version of the published tables.")
@click.option(
    "--separator",
    callback=tab,
    help="Separator of CSV files; the default depends on the file extension.",
)
@click.option("--encoding", help="Encoding of text files; the default is UTF-8.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=100,
    show_default=True,
    help="Number of findings to print; counts are always exact.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    help="Write every finding to this .parquet, .csv or .json file.",
)
@click.option(
    "--engine",
    type=click.Choice(["polars", "spark"]),
    default="polars",
    show_default=True,
    help="Run on this machine or on Spark.",
)
@report_options
def check(  # noqa: PLR0917 - one for each option
    data: tuple[str, ...],
    schema: str | None,
    columns: tuple[str, ...],
    resource: str | None,
    release: str | None,
    separator: str | None,
    encoding: str | None,
    limit: int,
    output: str | None,
    engine: Literal["polars", "spark"],
    options: ReportOptions,
) -> None:
    """Check a table against a schema or the published ids.

    DATA are files (CSV or TSV, also .gz, .bz2, .xz, .zst or .zip; JSON; spreadsheets; Parquet;
    Arrow or Feather), globs or folders that are parts of one table, or - for CSV on standard input.

    The exit status is 0 if the data are valid, 1 if they have errors, and 3 if they have no errors
    but something was not checked.
    """
    from .progress import progress

    if "-" in data and sys.stdin is None:
        raise click.UsageError("standard input is closed")
    with progress("check") as show:
        report = bm.check(
            list(data) if len(data) > 1 else data[0],
            schema,
            columns=_tables(columns) or None,
            version=release,
            resource=resource,
            separator=separator,
            encoding=encoding,
            limit=limit,
            output=output,
            progress=show,
            engine=engine,
        )
    print_report(report, options)


def _tables(choices: tuple[str, ...]) -> dict[str, str]:
    """Parse the options `--column NAME=TABLE`."""
    tables = {}
    for choice in choices:
        name, _, table = choice.rpartition("=")
        if not name or not table:
            raise click.BadParameter(f"{choice!r} is not of the form NAME=TABLE")
        tables[name] = table
    return tables


def _input_file(command: Any) -> Any:
    """Add the argument of a file with one table, and the options how it is read."""

    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
    @click.option(
        "--separator",
        callback=tab,
        help="Separator of the cells of FILE, such as ';'; the default depends on the file "
        "extension. In a .txt file it is found by the names of the columns.",
    )
    @click.option("--encoding", help="Encoding of FILE, such as cp1252; the default is UTF-8.")
    @click.option("--comment", help="Start of lines of FILE that are comments, such as '#'.")
    @wraps(command)
    def run(
        file: Path,
        separator: str | None,
        encoding: str | None,
        comment: str | None,
        **options: Any,
    ) -> None:
        from .column_files import InputFile

        if str(file) == "-" and sys.stdin is None:
            raise click.UsageError("standard input is closed")
        command(InputFile(file, separator, encoding, comment), **options)

    return run


_output_file = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="File to write; the default is CSV on standard output.",
)
_code_separator = click.option(
    "--code-separator", help="Separator of several codes in one cell, such as ';'."
)


@main.command(
    "annotate",
    examples=[
        "bonemet-data annotate diagnoses.csv --column icd_code -o annotated.parquet",
        "bonemet-data annotate diagnoses.csv.gz --column icd_code --version-column icd_version",
        "bonemet-data annotate visits.csv --column codes --code-separator ';' -o annotated.csv",
        "bonemet-data annotate export.txt --column dx --separator '|' --encoding cp1252 -o a.xlsx",
    ],
)
@_input_file
@_output_file
@click.option("--column", required=True, help="Column of codes.")
@click.option("--vocabulary", default="icd10cm", show_default=True, help="Vocabulary of the codes.")
@click.option("--version-column", help="Column with 9 for ICD-9-CM and 10 for ICD-10-CM.")
@_code_separator
def annotate(file: "InputFile", output: Path | None, column: str, **options: Any) -> None:
    """Add the concepts of a column of codes to a table.

    FILE is a table in the format of its extension: CSV, TSV, text, JSON, Parquet, Arrow, xlsx, ods,
    also compressed; or - for CSV on standard input. The output is CSV, TSV, also compressed,
    Parquet, Arrow or xlsx. Cells stay as they are, text is written in UTF-8, and comments are left
    out.

    Adds the columns concept_id, predicate, matched_code and status; with --code-separator also
    separated_code. A row whose code belongs to several concepts is repeated; a row without any
    concept is kept. A summary is printed to standard error, with the most frequent codes of each
    status. It says if the codes look like those of another vocabulary.
    """
    from .annotation import annotate_file

    click.echo(annotate_file(file, output, column, **options), err=True)


@main.command("detect", examples=["bonemet-data detect diagnoses.csv --column code"])
@_input_file
@click.option("--column", required=True, help="Column of codes.")
@_code_separator
def detect(file: "InputFile", column: str, code_separator: str | None) -> None:
    """Find the vocabulary of a column of codes.

    Prints each vocabulary whose codes have the form of the values, the best first.

    FILE is a table in the format of its extension: CSV, TSV, text, JSON, Parquet, Arrow, xlsx, ods,
    also compressed; or - for CSV on standard input.
    """
    from .annotation import detect_file

    click.echo(detect_file(file, column, code_separator))


@main.command(
    "normalize",
    examples=[
        "bonemet-data normalize registry.csv --column diagnosis --kind cancer -o out.csv",
        "bonemet-data normalize orders.csv --column drug --scope exact --scope narrower",
    ],
)
@_input_file
@_output_file
@click.option("--column", required=True, help="Column of free text.")
@click.option("--kind", help="Kind of concept that the texts name, such as cancer.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(["exact", "narrower", "broader", "related"]),
    default=["exact"],
    show_default=True,
    help="Status that counts as a match; may be repeated.",
)
@click.option("--label-separator", help="Separator of several names in one cell, such as ';'.")
def normalize(file: "InputFile", output: Path | None, column: str, **options: Any) -> None:
    """Add the concepts of a column of free text to a table.

    FILE is a table in the format of its extension: CSV, TSV, text, JSON, Parquet, Arrow, xlsx, ods,
    also compressed; or - for CSV on standard input. The output is CSV, TSV, also compressed,
    Parquet, Arrow or xlsx. Cells stay as they are, text is written in UTF-8, and comments are left
    out.

    Adds the columns concept_id, status, matched and how. A text matches a name as a whole, apart
    from case, punctuation and the conventions of vocabularies, such as ", NOS". A row whose text
    names several concepts is repeated. With the kind cancer, a part of the body has the status
    site: it is no diagnosis. A summary is printed to standard error, with the most frequent texts
    of each status.
    """
    from .annotation import normalize_file

    click.echo(normalize_file(file, output, column, **options), err=True)
