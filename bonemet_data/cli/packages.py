"""Commands that read a data package: validate and diff."""

import click

import bonemet_data as bm

from . import completion, terminal
from .completion import completes
from .group import main
from .options import format_option, quiet_option
from .reports import ReportOptions, print_report, report_options
from .status import READS_DATA, Status


@main.command(
    "validate",
    examples=[
        "bonemet-data validate",
        "bonemet-data validate my-package/ --format github",
        "bonemet-data validate my-package.zip --strict --allow-unchecked",
        "bonemet-data validate . --report junit=report.xml --report html=report.html",
        "bonemet-data validate . --ignore surrounding-space --ignore type@visits.height",
    ],
    statuses={
        Status.ERRORS: "The package has errors.",
        Status.INCOMPLETE: "No errors, but something was not checked; see --allow-unchecked.",
    },
)
@click.argument("path", required=False, type=click.Path())
@click.option("--house", is_flag=True, help="Apply the rules of the package bonemet-data.")
@click.option("--frictionless", is_flag=True, help="Compare the result with that of frictionless.")
@report_options
@quiet_option
def validate(path: str | None, house: bool, frictionless: bool, options: ReportOptions) -> None:
    """Validate a data package.

    PATH is the folder of the package, its datapackage.json or a ZIP archive. Without PATH, the
    installed package is validated. Remote data are never fetched.

    The exit status is 0 if the package is valid, 1 if it has errors, and 3 if it has no errors but
    something was not checked.
    """
    from .progress import progress, total_of_package

    with progress("validate", total_of_package(path)) as show:
        report = bm.validate_package(path, house=house, frictionless=frictionless, progress=show)
    print_report(report, options)


@main.command(
    "diff",
    examples=["bonemet-data diff 1.0.0", "bonemet-data diff 1.0.0 . --format markdown"],
    statuses=READS_DATA,
)
@click.argument("old", shell_complete=completes(completion.releases, files=True))
@click.argument("new", required=False, shell_complete=completes(completion.releases, files=True))
@format_option("text", "json", "markdown", help="Format of the comparison.")
@quiet_option
def diff(old: str, new: str | None, rendering: str) -> None:
    """Compare two versions of a data package.

    Prints the changes and the smallest version number that they require. OLD and NEW are released
    versions, or paths of a folder, a datapackage.json or a ZIP archive. Without NEW, the installed
    package is compared.
    """
    from .progress import progress, total_of_package

    with progress("diff", total_of_package(new), unit="tables") as show:
        difference = bm.diff(old, new, progress=show)
    if rendering == "text":
        terminal.say(difference.to_text(width=terminal.width()))
    else:
        click.echo(difference.to_json() if rendering == "json" else difference.to_markdown())
