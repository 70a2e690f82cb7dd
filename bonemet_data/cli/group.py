"""The group of commands: exit status, and how errors are printed."""

import errno
import io
import sys
import traceback
from typing import Any

import click

import bonemet_data as bm

from ..errors import BonemetError, IntegrityError
from ..reporting.escaping import harmless
from . import terminal
from .command import Command, harmless_errors, print_error
from .signals import Terminated, terminations
from .status import Status

__all__ = ["ARGUMENTS", "Command", "Group", "Status", "main"]

ARGUMENTS = "bonemet_data.arguments"
"""Key of the arguments of the command line in the `meta` of a context."""


class Group(Command, click.Group):
    """A group of commands that prints errors on one line, without a traceback."""

    command_class = Command

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples and the exit status."""
        super().format_epilog(ctx, formatter)
        with formatter.section("Exit status"):
            formatter.write_dl([(str(int(status)), status.meaning) for status in Status])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line; an output that cannot be written is an error."""
        terminal.reserve_closed_streams()
        try:
            with terminations():
                return super().main(*args, **kwargs)
        except Terminated as error:  # temporary files have been removed
            terminal.warn("Terminated: there is no result, and no file was changed.")
            sys.exit(128 + error.number)
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            if error.errno == errno.EBADF and not where:
                print_error("standard output is closed.")
            else:
                print_error(f"{error.strerror or error}{where}")
            terminal.discard_output()
            sys.exit(Status.UNUSABLE)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, and keep them for reports."""
        ctx.meta[ARGUMENTS] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and turn exceptions into an exit status."""
        ctx.color = terminal.uses_color()
        if isinstance(sys.stdout, io.TextIOWrapper):  # a code page lacks some of the characters
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            with harmless_errors():
                return super().invoke(ctx)
        except BonemetError as error:
            print_error(str(error))
            differs = isinstance(error, IntegrityError)
            ctx.exit(Status.ERRORS if differs else Status.UNUSABLE)
        except KeyboardInterrupt:
            terminal.warn("Interrupted: there is no result, and no file was changed.")
            ctx.exit(Status.INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, OSError):
            raise
        except Exception:  # Python itself would end with status 1
            terminal.warn(harmless(traceback.format_exc().rstrip("\n")))
            ctx.exit(Status.UNUSABLE)


def _print_version(ctx: click.Context, _: click.Parameter, requested: bool) -> None:
    if requested:
        click.echo(f"bonemet-data {bm.__version__}")
        ctx.exit()


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    examples=(
        "bonemet-data list",
        "bonemet-data show symptoms",
        "bonemet-data check cohort.csv --column lesion_type=types",
    ),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version of the data and code, and exit.",
)
def main() -> None:
    """Read the reference data on bone metastasis, and check and annotate your own tables."""
