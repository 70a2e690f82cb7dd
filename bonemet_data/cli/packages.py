"""Commands that work on a data package: validate, stamp, diff, release and verify-source."""

import datetime
from pathlib import Path

import click

from ..package.descriptor import installed, open_package
from ..publishing.stamp import stamp
from ..validation.provenance import verify_source
from .group import INVALID, main


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
    from ..reporting.package_report import REPORTS
    from ..validation.stages import check

    package = open_package(path) if path else installed()
    issues = check(package)
    click.echo(REPORTS[report](package, issues))
    if issues:
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
    from ..comparison.compare import diff
    from ..comparison.rendering import DIFF_REPORTS

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
    from ..publishing.release import release

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
