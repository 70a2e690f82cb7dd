"""Commands that work on other people's tables: annotate, normalize and check."""

from pathlib import Path
from typing import Any, Literal

import click

from .group import INVALID, main


def _file(command: Any) -> Any:
    """Add the argument and the option of a command that reads a table and writes one."""
    path = click.Path(path_type=Path, dir_okay=False)
    output = click.option(
        "-o",
        "--output",
        type=path,
        help="The file to write; standard output, as CSV, if it is left out.",
    )
    return click.argument("file", type=path)(output(command))


@main.command("annotate")
@_file
@click.option("--column", required=True, help="The column that holds the codes.")
@click.option(
    "--vocabulary", default="icd10cm", show_default=True, help="The vocabulary of the codes."
)
@click.option("--version-column", help="A column that tells 9 or 10 for ICD-9-CM or ICD-10-CM.")
def annotate_(
    file: Path, output: Path | None, column: str, vocabulary: str, version_column: str | None
) -> None:
    r"""Add concept_id, predicate and matched_code to each row of FILE, by the code in a column.

    FILE is CSV, also compressed, or Parquet, by its ending; so is the output. A row whose code
    has several concepts is repeated; one without any is kept. A summary goes to standard error.

    \b
    Examples:
      bonemet-data annotate diagnoses.csv --column icd_code -o annotated.parquet
      bonemet-data annotate diagnoses.csv.gz --column icd_code --version-column icd_version
    """
    from .columns import annotate_file

    click.echo(annotate_file(file, output, column, vocabulary, version_column), err=True)


@main.command("normalize")
@_file
@click.option("--column", required=True, help="The column that holds the free text.")
@click.option("--kind", help="The kind of concept that the texts name, such as cancer.")
def normalize_(file: Path, output: Path | None, column: str, kind: str | None) -> None:
    r"""Add concept_id, matched and status to each row of FILE, by the free text in a column.

    FILE is CSV, also compressed, or Parquet, by its ending; so is the output. Only labels and
    exact synonyms match, as wholes. A summary goes to standard error.

    \b
    Example:
      bonemet-data normalize registry.csv --column primary_site --kind cancer -o out.csv
    """
    from .columns import normalize_file

    click.echo(normalize_file(file, output, column, kind), err=True)


@main.command("check")
@click.argument("data", nargs=-1, required=True)
@click.option("--schema", type=click.Path(), help="A Table Schema or a datapackage.json.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=TABLE",
    help="Instead of a schema: the published table whose ids a column must hold.",
)
@click.option("--resource", help="Which resource of the datapackage.json the data are.")
@click.option("--release", help="The released version of the published tables to check against.")
@click.option("--separator", help="The separator of CSV files; by the name's ending if left out.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=100,
    show_default=True,
    help="How many failures to print; counts are exact all the same.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    help="Write every failure to this .parquet, .csv or .json file.",
)
@click.option(
    "--engine",
    type=click.Choice(["polars", "spark"]),
    default="polars",
    show_default=True,
    help="Check on this machine, or on Spark as its own settings say.",
)
@click.option(
    "--format",
    "rendering",
    type=click.Choice(["text", "json", "github", "junit", "html"]),
    default="text",
    show_default=True,
    help="How to report: for people, for programs, as annotations, as JUnit XML, as a page.",
)
def check_(  # noqa: PLR0917 - one for each option
    data: tuple[str, ...],
    schema: str | None,
    columns: tuple[str, ...],
    resource: str | None,
    release: str | None,
    separator: str | None,
    limit: int,
    output: str | None,
    engine: Literal["polars", "spark"],
    rendering: str,
) -> None:
    r"""Check the tables DATA against a schema or the published vocabularies.

    DATA are files (CSV, TSV, also .gz or .zst; Parquet; Arrow or Feather), globs or folders, all
    parts of one table, or - for CSV on standard input. Every failing cell is counted.

    \b
    Examples:
      bonemet-data check cohort.csv --column lesion_type=types --column symptom=symptoms
      bonemet-data check cohort/ --schema cohort.json -o failures.parquet
    """
    from ..checking.check import check
    from ..reporting.check_report import RENDERINGS
    from .progress import columns_of, print_report, progress_bar

    with progress_bar() as progress:
        report = check(
            list(data) if len(data) > 1 else data[0],
            schema,
            columns=columns_of(columns) or None,
            version=release,
            resource=resource,
            separator=separator,
            limit=limit,
            output=output,
            progress=progress,
            engine=engine,
        )
    print_report(report, RENDERINGS[rendering](report))
    if not report.valid:
        raise SystemExit(INVALID)
