"""The command line: `bonemet-data`. Exit status 0 valid, 1 data invalid, 2 usage or unreadable.

The commands that need pandas and its like import them when they run, so that help is quick.
"""

import datetime
import io
import sys
from pathlib import Path
from typing import Any

import click

from ._article import verify_source
from ._concept import concept
from ._lookup import lookup
from ._package import installed, open_package
from ._show import VIEWS
from ._sssom import sssom
from ._stamp import stamp
from ._tables import version
from .errors import BonemetError, IntegrityError

INVALID, UNREADABLE = 1, 2


class _Group(click.Group):
    """A group of commands that tells this package's errors as one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        if isinstance(sys.stdout, io.TextIOWrapper):  # the tables hold more than a code page does
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except BonemetError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(INVALID if isinstance(error, IntegrityError) else UNREADABLE)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"bonemet-data {version()}")
        ctx.exit()


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version of data and code, and exit.",
)
def main() -> None:
    r"""Validated reference data on bone metastasis.

    \b
    Examples:
      bonemet-data list
      bonemet-data show symptoms
      bonemet-data validate

    Exit status: 0 valid, 1 data invalid, 2 usage error or unreadable.
    """


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


@main.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "report",
    type=click.Choice(["text", "json", "github", "junit"]),
    default="text",
    show_default=True,
    help="How to report: for people, for programs, as GitHub annotations, or as JUnit XML.",
)
def validate(path: Path | None, report: str) -> None:
    r"""Validate the data package at PATH: a folder, or its datapackage.json.

    Without PATH, the installed package is validated. Rows are lines of the file; the header is
    line 1.

    \b
    Examples:
      bonemet-data validate
      bonemet-data validate . --format github
    """
    from ._report import REPORTS
    from ._validation import check

    package = open_package(path) if path else installed()
    issues = check(package)
    click.echo(REPORTS[report](package, issues))
    if issues:
        raise SystemExit(INVALID)


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
    from ._columns import annotate_file

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
    from ._columns import normalize_file

    click.echo(normalize_file(file, output, column, kind), err=True)


@main.command("stamp")
@click.argument("path", default=".", type=click.Path(path_type=Path))
def stamp_(path: Path) -> None:
    r"""Write bytes, hash and row counts into the datapackage.json at PATH, and nothing else.

    PATH is the package's folder or its datapackage.json; the current folder if it is left out.

    \b
    Example:
      bonemet-data stamp && bonemet-data validate .
    """
    changed = stamp(path)
    click.echo(f"Stamped {', '.join(changed)}." if changed else "Every stamp was true already.")


@main.command("diff")
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--format",
    "report",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to report the changes.",
)
def diff_(old: str, new: str | None, report: str) -> None:
    r"""Compare two versions of a data package, and say which version step the changes demand.

    OLD and NEW are released versions, or paths of a folder, a datapackage.json or a ZIP archive;
    NEW is the installed package if it is left out.

    \b
    Examples:
      bonemet-data diff 1.0.0
      bonemet-data diff 1.0.0 . --format markdown
    """
    from ._diff.compare import diff
    from ._diff.report import DIFF_REPORTS

    click.echo(DIFF_REPORTS[report](diff(old, new)))


@main.command("release")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The date of the release; today if it is left out.",
)
@click.option("--summary", default="", help="What is new, in one line, for the ledger.")
def release_(path: Path, date: datetime.datetime | None, summary: str) -> None:
    r"""Freeze the data package at PATH: archive, line of the ledger, section of the changelog.

    It refuses a package that is not valid, and a version that is taken or lower than the changes
    since the latest release demand. All is written or nothing, and nothing is published.

    \b
    Example:
      bonemet-data release --summary "Codes and synonyms for every concept."
    """
    from ._release import release

    line = release(path, (date or datetime.datetime.now(tz=datetime.UTC)).date(), summary)
    click.echo(f"Released {line.version}: {line.path}, {line.sha256}.")


@main.command("verify-source")
@click.argument("article", type=click.Path(path_type=Path))
def verify_source_(article: Path) -> None:
    r"""Prove each published row against ARTICLE, a copy of the article's text.

    Prints whether the text is the very one that was read, and the line on which each row stands.

    \b
    Example:
      bonemet-data verify-source article.txt
    """
    proof = verify_source(installed(), article)
    same = proof.found == proof.recorded
    click.echo(f"sha256  {'is the recorded text' if same else 'is not the recorded text'}")
    if not same:
        click.echo(f"        recorded {proof.recorded}\n        found    {proof.found}")
    for finding in proof.findings:
        place = f"line {finding.line}" if finding.line else "not found"
        click.echo(f"{place:<10} {finding.resource:<11} {finding.row_id}")
    standing = sum(1 for finding in proof.findings if finding.line)
    click.echo(f"{standing} of {len(proof.findings)} rows stand in the text.")
    if not proof.holds:
        raise SystemExit(INVALID)
