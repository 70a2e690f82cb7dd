"""How `check` and `validate` print a report."""

import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from ..reporting.selection import Selection
from .group import ARGUMENTS, Status

if TYPE_CHECKING:
    from ..reporting.report import Report


class ReportOptions(NamedTuple):
    """Options of a command that prints a report.

    Attributes:
        rendering: Format of the report.
        strict: Whether warnings are errors.
        allow_unchecked: Whether the exit status is 0 if something was not checked.
        ignored: Findings that are dropped, as in `Report.ignore`.
    """

    rendering: str
    strict: bool
    allow_unchecked: bool
    ignored: Sequence[str]


def _selections(_: click.Context, __: click.Parameter, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Require that each rule is known, before anything is read."""
    for text in texts:
        Selection.parse(text)
    return texts


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--format",
        "rendering",
        type=click.Choice(["text", "json", "github", "junit", "sarif", "html"]),
        default="text",
        show_default=True,
        help="Format of the report; github writes workflow commands.",
    ),
    click.option("--strict", is_flag=True, help="Report warnings as errors."),
    click.option(
        "--allow-unchecked", is_flag=True, help="Exit with 0 even if something was not checked."
    ),
    click.option(
        "--ignore",
        "ignored",
        multiple=True,
        metavar="RULE[@RESOURCE[.FIELD]]",
        callback=_selections,
        help="Drop the findings of a rule, of a resource or field; may be repeated.",
    ),
)


def report_options(command: Callable[..., Any]) -> Any:
    """Add the options about the report; the command gets them as one argument `options`."""

    def wrapped(**arguments: Any) -> Any:
        values = {name: arguments.pop(name) for name in ReportOptions._fields}
        return command(**arguments, options=ReportOptions(**values))

    wrapped.__doc__ = command.__doc__
    decorated: Any = wrapped
    decorated.__click_params__ = getattr(command, "__click_params__", [])
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def print_report(report: "Report", options: ReportOptions) -> NoReturn:
    """Print a report and exit with its status."""
    report = _with_command(report).ignore(*options.ignored)
    if options.strict:
        report = report.strict()
    text: str = getattr(report, f"to_{options.rendering}")()
    if options.rendering == "text":
        findings, newline, verdict = text.rpartition("\n")
        click.echo(findings + newline, nl=False)
        _print_verdict(verdict, report)
    else:
        click.echo(text)
    if report.errors:
        raise SystemExit(Status.ERRORS)
    complete = report.complete or options.allow_unchecked
    raise SystemExit(Status.VALID if complete else Status.INCOMPLETE)


def _with_command(report: "Report") -> "Report":
    """Add the command line to the provenance of a report."""
    if report.provenance is None:
        return report
    command = shlex.join(("bonemet-data", *click.get_current_context().meta[ARGUMENTS]))
    return replace(report, provenance=replace(report.provenance, command=command))


def _print_verdict(verdict: str, report: "Report") -> None:
    """Print the last line of a report, in color on a terminal."""
    from rich.console import Console
    from rich.text import Text

    color = "red" if report.errors else "green" if report.complete else "yellow"
    console = Console(soft_wrap=True, highlight=False)
    console.print(Text(verdict, style=color))
