"""Commands that read a data package: validate and diff."""

import click

import bonemet_data as bm

from .group import main
from .reports import print_report, report_format


@main.command(
    "validate",
    examples=["bonemet-data validate", "bonemet-data validate . --format github"],
)
@click.argument("path", required=False)
@click.option("--frictionless", is_flag=True, help="Compare the result with that of frictionless.")
@report_format
def validate(path: str | None, frictionless: bool, rendering: str) -> None:
    """Validate a data package.

    PATH is the folder of the package or its datapackage.json. Without PATH, the installed package
    is validated.

    The exit status is 0 if the package is valid, 1 if it has errors, and 3 if it has no errors but
    something was not checked.
    """
    print_report(bm.validate_package(path, frictionless=frictionless), rendering)


@main.command(
    "diff",
    examples=["bonemet-data diff 1.0.0", "bonemet-data diff 1.0.0 . --format markdown"],
)
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--format",
    "rendering",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="Format of the comparison.",
)
def diff(old: str, new: str | None, rendering: str) -> None:
    """Compare two versions of a data package.

    Prints the changes and the smallest version number that they require. OLD and NEW are released
    versions, or paths of a folder, a datapackage.json or a ZIP archive. Without NEW, the installed
    package is compared.
    """
    difference = bm.diff(old, new)
    render = {
        "text": difference.to_text,
        "json": difference.to_json,
        "markdown": difference.to_markdown,
    }
    click.echo(render[rendering]())
