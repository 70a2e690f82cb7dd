"""Options that several commands have."""

import sys
from collections.abc import Callable
from typing import Any

import click

from . import completion, terminal
from .completion import completes


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


def require_open_input(_: click.Context, __: click.Parameter, value: Any) -> Any:
    """Return the path or paths of an argument; "-" requires that standard input is open."""
    paths = value if isinstance(value, tuple) else (value,)
    if sys.stdin is None and "-" in map(str, paths):
        raise click.UsageError(
            "Standard input is closed: pass a file, or pipe the data to the command."
        )
    return value


data_argument = click.argument(
    "data",
    metavar="DATA...",
    nargs=-1,
    required=True,
    callback=require_open_input,
    shell_complete=completes(files=True),
)
release_option = click.option(
    "--release",
    "version",
    shell_complete=completes(completion.releases),
    help="Released version of the published tables.",
)
separator_option = click.option(
    "--separator",
    callback=expand_tab,
    help="Separator of CSV files; the default depends on the file extension.",
)
encoding_option = click.option("--encoding", help="Encoding of text files; the default is UTF-8.")
