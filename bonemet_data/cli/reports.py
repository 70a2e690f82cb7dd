"""How `check` and `validate` print a report."""

import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from ..errors import OutputError
from ..reporting.escaping import without_commands
from ..reporting.selection import Selection
from ..reporting.text import WIDTH
from . import completion, terminal
from .group import ARGUMENTS, Status

if TYPE_CHECKING:
    from ..reporting.report import Report

_FORMATS = ("text", "json", "github", "junit", "sarif", "markdown", "html")


class ReportOptions(NamedTuple):
    """Options of a command that prints a report.

    Attributes:
        rendering: Format of the report.
        reports: Formats and files in which the report is also written.
        cells: Whether the text lists findings, cell by cell, instead of distinct faults.
        limit: Maximum number of distinct faults, or of findings, in the text.
        strict: Whether warnings are errors.
        allow_unchecked: Whether the exit status is 0 if something was not checked.
        ignored: Findings that are dropped, as in `Report.ignore`.
    """

    rendering: str
    reports: Sequence[tuple[str, Path]]
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


def _report_files(
    _: click.Context, __: click.Parameter, texts: tuple[str, ...]
) -> tuple[tuple[str, Path], ...]:
    """Parse the options `--report FORMAT=FILE`, before anything is read."""
    files = []
    for text in texts:
        rendering, _equals, file = text.partition("=")
        if rendering not in _FORMATS or not file:
            raise click.BadParameter(
                f"{text!r} is not of the form FORMAT=FILE, with one of the formats "
                f"{', '.join(_FORMATS)}."
            )
        _require_new(Path(file))
        files.append((rendering, Path(file)))
    return tuple(files)


def _require_new(file: Path) -> None:
    """Raise OutputError if a file exists: it may be one of the inputs."""
    if file.exists():
        raise OutputError(f"{file} exists: choose another file for the report, or remove it.")


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--format",
        "rendering",
        type=click.Choice(_FORMATS),
        default="text",
        show_default=True,
        help="Format of the report; github writes workflow commands.",
    ),
    click.option(
        "--report",
        "reports",
        multiple=True,
        metavar="FORMAT=FILE",
        callback=_report_files,
        help="Also write the whole report in another format to a file, which must not exist; may "
        "be repeated.",
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

    @wraps(command)
    def run(**arguments: Any) -> Any:
        values = {name: arguments.pop(name) for name in ReportOptions._fields}
        return command(**arguments, options=ReportOptions(**values))

    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), run)


def print_report(report: "Report", options: ReportOptions) -> NoReturn:
    """Print a report and exit with its status."""
    report = _with_command(report).ignore(*options.ignored)
    if options.strict:
        report = report.strict()
    for rendering, file in options.reports:
        _require_new(file)  # two options may name one file
        getattr(report, f"to_{rendering}")(file)
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
