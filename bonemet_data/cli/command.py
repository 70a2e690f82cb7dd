"""Commands: help texts with examples that can be copied, and escaped error messages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from ..reporting.escaping import harmless, printable
from . import terminal
from .status import Status

_BEFORE_OPTION = re.compile(r" (?=--?\w|&& )")


class Command(click.Command):
    """A command whose help ends with examples.

    click wraps the lines of a docstring unless a backspace character precedes them:
    https://click.palletsprojects.com/en/stable/documentation/#escaping-click-s-wrapping

    Args:
        examples: Command lines that run.
        statuses: When the command ends with a status that not every command has.
    """

    def __init__(
        self,
        *args: Any,
        examples: Sequence[str] = (),
        statuses: Mapping[Status, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.examples, self.statuses = examples, statuses or {}

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Parse the arguments; see `click.Command.make_context`."""
        with harmless_errors():
            return super().make_context(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; while a value is completed, without the option before it.

        click would ignore all arguments then, and so the file whose columns are completed.
        """
        if ctx.resilient_parsing and args and not isinstance(self, click.Group):
            options = [each for each in self.params if isinstance(each, click.Option)]
            if any(args[-1] in option.opts and not option.is_flag for option in options):
                args = args[:-1]
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the examples; long ones are continued as in a shell."""
        with formatter.section("Examples"):
            indent = " " * formatter.current_indent
            for example in self.examples:
                formatter.write(f"{continued(example, formatter.width, indent)}\n")


def continued(example: str, width: int, indent: str) -> str:
    r"""Return a command line whose lines end with a backslash, except for the last one.

    Example:
        >>> print(continued("bonemet-data show types --format json", 30, "  "))
          bonemet-data show types \
            --format json
    """
    first, *options = _BEFORE_OPTION.split(example)
    lines = [f"{indent}{first}"]
    for option in options:
        if len(f"{lines[-1]} {option} \\") <= width:
            lines[-1] += f" {option}"
        else:
            lines.append(f"{indent}  {option}")
    return " \\\n".join(lines)


@contextmanager
def harmless_errors() -> Iterator[None]:
    """Escape the error messages of click, which can contain text of arguments.

    A pipe that is closed while help is printed ends the command with the status `CLOSED_PIPE`.
    """
    try:
        yield
    except click.ClickException as error:
        error.message = harmless(printable(error.message))  # type: ignore[misc]
        raise
    except BrokenPipeError as error:
        terminal.discard_output()
        raise click.exceptions.Exit(Status.CLOSED_PIPE) from error


def print_error(message: str) -> None:
    """Print an error message; each line after the first starts with a bar."""
    label, *others = harmless(message).split("\n")
    error = click.style("Error:", fg="red", bold=True)
    terminal.warn("\n".join([f"{error} {label}", *(f"  | {line}" for line in others)]))
