"""Commands for one column of a table of users: annotate, detect and normalize."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import completion, terminal
from .completion import completes
from .group import main
from .options import expand_tab, format_option, quiet_option, require_open_input
from .status import READS_DATA

if TYPE_CHECKING:
    from .column_files import InputFile


def _input_file(command: Any) -> Any:
    """Add the argument of a file with one table, and the options how it is read."""

    @click.argument(
        "file",
        type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        callback=require_open_input,
    )
    @click.option(
        "--separator",
        callback=expand_tab,
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

        command(InputFile(file, separator, encoding, comment), **options)

    return run


def _column(help_: str) -> Callable[..., Any]:
    """Return the option of the column to read."""
    return click.option(
        "--column", required=True, shell_complete=completes(completion.columns), help=help_
    )


_output_file = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="File to write; the default is CSV on standard output.",
)
_summary_format = format_option("text", "json", help="Format of the summary on standard error.")
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
    statuses=READS_DATA,
)
@_input_file
@_output_file
@_column("Column of codes.")
@click.option(
    "--vocabulary",
    default="icd10cm",
    show_default=True,
    shell_complete=completes(completion.vocabularies),
    help="Vocabulary of the codes.",
)
@click.option(
    "--version-column",
    shell_complete=completes(completion.columns),
    help="Column with 9 for ICD-9-CM and 10 for ICD-10-CM.",
)
@_code_separator
@_summary_format
@quiet_option
def annotate(
    file: "InputFile", output: Path | None, column: str, rendering: str, **options: Any
) -> None:
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

    terminal.note(annotate_file(file, output, column, **options).render(rendering))


@main.command(
    "detect",
    examples=[
        "bonemet-data detect diagnoses.csv --column icd_code",
        "bonemet-data detect diagnoses.csv --column icd_code --format json",
    ],
    statuses=READS_DATA,
)
@_input_file
@_column("Column of codes.")
@_code_separator
@format_option("text", "json")
@quiet_option
def detect(file: "InputFile", column: str, code_separator: str | None, rendering: str) -> None:
    """Find the vocabulary of a column of codes.

    Prints each vocabulary whose codes have the form of the values, the best first.

    FILE is a table in the format of its extension: CSV, TSV, text, JSON, Parquet, Arrow, xlsx, ods,
    also compressed; or - for CSV on standard input.
    """
    from .annotation import detect_file
    from .summaries import render_fits

    fits, total = detect_file(file, column, code_separator)
    output = render_fits(fits, total, rendering)
    click.echo(output) if rendering == "json" else terminal.say(output)


@main.command(
    "normalize",
    examples=[
        "bonemet-data normalize registry.csv --column diagnosis --kind cancer -o out.csv",
        "bonemet-data normalize orders.csv --column drug --scope exact --scope narrower",
    ],
    statuses=READS_DATA,
)
@_input_file
@_output_file
@_column("Column of free text.")
@click.option(
    "--kind",
    shell_complete=completes(completion.kinds),
    help="Kind of concept that the texts name, such as cancer.",
)
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
@_summary_format
@quiet_option
def normalize(
    file: "InputFile", output: Path | None, column: str, rendering: str, **options: Any
) -> None:
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

    terminal.note(normalize_file(file, output, column, **options).render(rendering))
