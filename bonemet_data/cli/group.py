"""The group of commands, and how it tells errors."""

import io
import sys
import traceback
from typing import Any

import click

from ..datasets import version
from ..errors import BonemetError, IntegrityError

INVALID, UNREADABLE, INTERRUPTED = 1, 2, 130


class _Group(click.Group):
    """A group of commands that tells this package's errors as one line, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        if isinstance(sys.stdout, io.TextIOWrapper):  # the tables hold more than a code page does
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except BonemetError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(INVALID if isinstance(error, IntegrityError) else UNREADABLE)
        except KeyboardInterrupt:
            click.echo(
                "Interrupted: there is no verdict, and no file was left half written.", err=True
            )
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:  # which Python would end with the status of data that are invalid
            traceback.print_exc()
            ctx.exit(UNREADABLE)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"bonemet-data {version()}")
        ctx.exit()


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version of data and code, and exit.",
)
def main() -> None:
    r"""Validated reference data on bone metastasis.

    \b
    Examples:
      bonemet-data list
      bonemet-data show symptoms
      bonemet-data validate

    Exit status: 0 valid, 1 data invalid, 2 usage error or unreadable, 130 interrupted.
    """
