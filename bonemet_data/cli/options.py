"""Options that several commands have."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from . import terminal

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def format_option(*formats: str, help: str = "Format of the output.") -> Callable[..., Any]:  # noqa: A002 - the name of click
    """Return the option `--format`, whose value is the argument `rendering`."""
    return click.option(
        "--format",
        "rendering",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help=help,
    )


def _silence(_: click.Context, __: click.Parameter, requested: bool) -> None:
    if requested:
        terminal.be_quiet()


quiet_option = click.option(
    "-q",
    "--quiet",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_silence,
    help="Print results and errors only: no progress, summary or hints.",
)


def expand_tab(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    r"""Return a separator, in which \t is a tab, since shells do not expand it."""
    return "\t" if value == r"\t" else value
