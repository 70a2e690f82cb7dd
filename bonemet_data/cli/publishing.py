"""Commands for maintainers: stamp, release, verify-source and sssom."""

import datetime
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..reporting.escaping import printable
from . import terminal
from .group import main
from .options import format_option, quiet_option
from .rendering import as_json
from .status import READS_DATA, Status
from .terminal import say

if TYPE_CHECKING:
    from ..validation.provenance import SourceVerification

_package = click.argument("path", default=".", type=click.Path(path_type=Path))


@main.command("stamp", examples=["bonemet-data stamp && bonemet-data validate ."])
@_package
@quiet_option
def update_checksums(path: Path) -> None:
    """Update the checksums in a datapackage.json.

    Writes the size, checksum and row count of each resource. PATH is the folder of the package or
    its datapackage.json; the default is the current folder.
    """
    from ..publishing.stamp import stamp

    changed = stamp(path)
    if not terminal.is_quiet():
        say(f"Updated: {', '.join(map(printable, changed))}." if changed else "Nothing to update.")


@main.command(
    "release",
    examples=['bonemet-data release --summary "Add codes and synonyms for every concept."'],
)
@_package
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date of the release; the default is today.",
)
@click.option("--summary", default="", help="Summary of the changes, on one line.")
@quiet_option
def make_release(path: Path, date: datetime.datetime | None, summary: str) -> None:
    """Make a release of a data package.

    PATH is the folder of the package; the default is the current folder. Writes the archive, its
    entry in the manifest of releases, and a section of CHANGELOG.md. A package that is not valid
    is refused, and so is a version number that exists already or is too low for the changes since
    the latest release. Nothing is published.
    """
    from ..publishing.release import release

    day = (date or datetime.datetime.now(tz=datetime.UTC)).date()
    entry = release(path, day, summary)
    if not terminal.is_quiet():
        say(printable(f"Released {entry.version}: {entry.path}, {entry.sha256}."))


@main.command(
    "verify-source",
    examples=["bonemet-data verify-source article.txt --package . --record"],
    statuses={
        Status.ERRORS: "The checksum differs, a row is not found, or a mention is not proved."
    },
)
@click.argument("article", type=click.Path(path_type=Path))
@click.option(
    "--package",
    "path",
    type=click.Path(path_type=Path),
    help="Folder of the package; the default is the installed package.",
)
@click.option("--record", is_flag=True, help="Record the checksum of each row if all are found.")
@format_option("text", "json")
@quiet_option
def verify_article(article: Path, path: Path | None, record: bool, rendering: str) -> None:
    """Find rows and mentions in a copy of the article.

    ARTICLE is a text file. Prints whether the checksum of the text is the recorded one, the line
    of each row, each mention that its line does not prove, and the counts. A mention in prose is
    proved if a sentence of its line ends in exactly its sources. The exit status is 1 if the
    checksum differs, a row is not found, or a mention is not proved; then nothing is recorded.
    """
    from ..package.descriptor import open_package
    from ..package.installed import installed_folder
    from ..package.ledger import QUOTATIONS
    from ..publishing.quotations import record_quotations
    from ..validation.provenance import verify_source

    path = path or installed_folder().root
    if record:
        verification = record_quotations(path, article)
    else:
        verification = verify_source(open_package(path), article)
    if rendering == "json":
        click.echo(as_json(verification))
    else:
        say("\n".join(map(printable, _lines(verification))))
    if not verification.valid:
        raise SystemExit(Status.ERRORS)
    if record:
        terminal.note(f"Recorded: {QUOTATIONS}.")


def _lines(verification: "SourceVerification") -> Iterator[str]:
    """Iterate over the lines about the checksum, the rows and the mentions."""
    same = verification.checksum == verification.recorded
    yield f"sha256  {'is' if same else 'is not'} the recorded one"
    if not same:
        yield f"        recorded {verification.recorded}"
        yield f"        found    {verification.checksum}"
    for row in verification.rows:
        line = f"line {row.line}" if row.line else "not found"
        yield f"{line:<10} {row.resource:<11} {row.row_id}"
    for mention in verification.mentions:
        if mention.fault:
            yield f"line {mention.line:<5} mention     {mention.mention_id}: {mention.fault}"
    located = sum(1 for row in verification.rows if row.line)
    yield f"{located} of {len(verification.rows)} rows are in the text."
    proved = Counter(mention.basis for mention in verification.mentions if not mention.fault)
    for basis, number in Counter(mention.basis for mention in verification.mentions).items():
        yield f"{proved[basis]} of {number} mentions with the basis {basis} are proved."


@main.command("sssom", examples=["bonemet-data sssom > mappings.sssom.tsv"], statuses=READS_DATA)
def export_sssom() -> None:
    """Print the mappings as one SSSOM file in TSV format."""
    from ..package.installed import installed
    from ..publishing.exports.sssom import sssom

    click.echo(sssom(installed()), nl=False)
