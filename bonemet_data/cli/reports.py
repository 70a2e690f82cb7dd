"""How `check` and `validate` print a report."""

from typing import TYPE_CHECKING, NoReturn

import click

from .group import Status

if TYPE_CHECKING:
    from ..reporting.report import Report

report_format = click.option(
    "--format",
    "rendering",
    type=click.Choice(["text", "json", "github", "junit", "sarif", "html"]),
    default="text",
    show_default=True,
    help="Format of the report; github writes workflow commands.",
)


def print_report(report: "Report", rendering: str) -> NoReturn:
    """Print a report and exit with its status."""
    text: str = getattr(report, f"to_{rendering}")()
    if rendering == "text":
        findings, newline, verdict = text.rpartition("\n")
        click.echo(findings + newline, nl=False)
        _print_verdict(verdict, report.valid)
    else:
        click.echo(text)
    if report.errors:
        raise SystemExit(Status.ERRORS)
    raise SystemExit(Status.VALID if report.complete else Status.INCOMPLETE)


def _print_verdict(verdict: str, valid: bool) -> None:
    """Print the last line of a report, in color on a terminal."""
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False)
    console.print(Text(verdict, style="green" if valid else "red"))
