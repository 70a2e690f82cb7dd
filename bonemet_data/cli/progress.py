"""The command `bonemet-data check`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from ..reporting._old_report import Report


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None] | None]:
    """Show rows and rows per second while a check runs; nothing unless on a terminal with rich."""
    try:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    except ModuleNotFoundError:
        yield None
        return
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,} rows"),
        TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("check", total=None, speed="")

        def show(rows: int, _: int) -> None:
            seconds = bar.tasks[0].elapsed or 0
            speed = f"{rows / seconds:,.0f} rows/s" if seconds else ""
            bar.update(task, completed=rows, speed=speed)

        yield show


def print_report(report: Report, rendered: str) -> None:
    """Print a rendered report; the verdict in colour on a terminal."""
    body, line, last = rendered.rpartition("\n")
    click.echo(body + line, nl=False)
    colored = sys.stdout.isatty() and last.startswith(("Valid:", "Not valid:"))
    click.echo(click.style(last, fg="green" if report.valid else "red") if colored else last)


def columns_of(choices: tuple[str, ...]) -> dict[str, str]:
    """Read the options `--column NAME=TABLE`."""
    chosen = {}
    for choice in choices:
        name, equals, table = choice.rpartition("=")
        if not equals or not name or not table:
            raise click.BadParameter(f"{choice!r} is not of the form NAME=TABLE.")
        chosen[name] = table
    return chosen
