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
from ._package import installed, open_package
from ._show import VIEWS
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
    from ._check.check import check
    from ._check.command import columns_of, print_report, progress_bar
    from ._check.render import RENDERINGS

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
        )
    print_report(report, RENDERINGS[rendering](report))
    if not report.valid:
        raise SystemExit(INVALID)


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
