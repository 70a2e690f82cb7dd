"""How `check` and `validate` print a report."""

import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from ..reporting.escaping import without_commands
from ..reporting.selection import Selection
from ..reporting.text import WIDTH
from . import completion, terminal
from .group import ARGUMENTS, Status

if TYPE_CHECKING:
    from ..reporting.report import Report


class ReportOptions(NamedTuple):
    """Options of a command that prints a report.

    Attributes:
        rendering: Format of the report.
        cells: Whether the text lists findings, cell by cell, instead of distinct faults.
        limit: Maximum number of distinct faults, or of findings, in the text.
        strict: Whether warnings are errors.
        allow_unchecked: Whether the exit status is 0 if something was not checked.
        ignored: Findings that are dropped, as in `Report.ignore`.
    """

    rendering: str
    cells: bool
    limit: int
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
        type=click.Choice(["text", "json", "github", "junit", "sarif", "markdown", "html"]),
        default="text",
        show_default=True,
        help="Format of the report; github writes workflow commands.",
    ),
    click.option(
        "--cells", is_flag=True, help="List findings, cell by cell, instead of distinct faults."
    ),
    click.option(
        "--limit",
        type=click.IntRange(min=0),
        default=100,
        show_default=True,
        help="Number of distinct faults, or with --cells of findings, to print; the numbers of "
        "findings are always exact.",
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
        shell_complete=completion.completes(completion.rules),
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
    if options.rendering == "text":
        _print_text(report, options)
    else:
        text: str = getattr(report, f"to_{options.rendering}")()
        is_markup = options.rendering in {"html", "junit", "markdown"}
        click.echo(without_commands(text) if is_markup else text)
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


def _print_text(report: "Report", options: ReportOptions) -> None:
    """Print a report as text; with --quiet only its last line, and only if something is found."""
    if terminal.is_quiet() and not report.counts:
        return
    width = terminal.width() if terminal.is_terminal(sys.stdout) else WIDTH
    text = report.to_text(width=width, limit=options.limit, cells=options.cells)
    details, newline, verdict = text.rpartition("\n")
    if newline and not terminal.is_quiet():
        terminal.say(details)
    terminal.say(verdict, fg="red" if report.errors else "green" if report.complete else "yellow")
