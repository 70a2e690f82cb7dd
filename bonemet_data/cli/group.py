"""The group of commands: help texts, exit status, and how errors are printed."""

import io
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from enum import IntEnum
from typing import Any, Self

import click

import bonemet_data as bm

from ..errors import BonemetError, IntegrityError
from ..reporting.escaping import printable
from .signals import Terminated, terminations

ARGUMENTS = "bonemet_data.arguments"
"""Key of the arguments of the command line in the `meta` of a context."""


class Status(IntEnum):
    """Exit status of the command line.

    Attributes:
        meaning: When a command ends with this status.
    """

    meaning: str

    def __new__(cls, number: int, meaning: str) -> Self:
        """Create a member with a meaning."""
        status = int.__new__(cls, number)
        status._value_ = number
        status.meaning = meaning
        return status

    VALID = 0, "Success. For check and validate: no errors, and everything was checked."
    ERRORS = 1, "The data have errors, or a file differs from its checksum."
    UNUSABLE = 2, "Wrong usage, or something cannot be read or written. There is no result."
    INCOMPLETE = 3, "No errors, but something was not checked; see --allow-unchecked."
    HUNG_UP = 129, "Ended by SIGHUP, because the terminal was closed. There is no result."
    INTERRUPTED = 130, "Interrupted with Ctrl-C. There is no result."
    CLOSED_PIPE = 141, "The program that read the output closed the pipe."
    TERMINATED = 143, "Ended by SIGTERM. There is no result."


class Command(click.Command):
    """A command whose help ends with examples, each on one line.

    click wraps the lines of a docstring unless a backspace character precedes them:
    https://click.palletsprojects.com/en/stable/documentation/#escaping-click-s-wrapping
    """

    def __init__(self, *args: Any, examples: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_epilog(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the examples without wrapping them."""
        with formatter.section("Examples"):
            for example in self.examples:
                formatter.write(f"{'':{formatter.current_indent}}{example}\n")


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
        try:
            with terminations():
                return super().main(*args, **kwargs)
        except Terminated as error:  # temporary files have been removed
            with suppress(OSError):
                click.echo("Terminated: there is no result, and no file was changed.", err=True)
            sys.exit(128 + error.number)
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            with suppress(OSError):
                _print_error(f"{error.strerror or error}{where}")
            _discard_output()
            sys.exit(Status.UNUSABLE)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, and keep them for reports."""
        ctx.meta[ARGUMENTS] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command and turn exceptions into an exit status."""
        if isinstance(sys.stdout, io.TextIOWrapper):  # a code page lacks some of the characters
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except BonemetError as error:
            _print_error(str(error))
            differs = isinstance(error, IntegrityError)
            ctx.exit(Status.ERRORS if differs else Status.UNUSABLE)
        except KeyboardInterrupt:
            click.echo("Interrupted: there is no result, and no file was changed.", err=True)
            ctx.exit(Status.INTERRUPTED)
        except BrokenPipeError:  # click itself would end with status 1
            _discard_output()
            ctx.exit(Status.CLOSED_PIPE)
        except (click.ClickException, click.exceptions.Exit, click.Abort, OSError):
            raise
        except Exception:  # Python itself would end with status 1
            traceback.print_exc()
            ctx.exit(Status.UNUSABLE)


def _print_error(message: str) -> None:
    """Print a message; no line of it can begin with a workflow command of GitHub (`::`)."""
    lines = map(printable, message.split("\n"))
    click.echo("Error: " + "\n  | ".join(lines), err=True)


def _discard_output() -> None:
    """Send what is still buffered to the null device, so that Python's own flush cannot fail.

    https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError):  # closed, or not a file
            os.dup2(null, stream.fileno())


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
