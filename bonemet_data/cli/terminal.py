"""Output on terminals: colors, width, notes, and the escaping of control characters."""

import os
import shutil
import sys
from contextlib import suppress
from typing import Any, TextIO

import click

from ..reporting.escaping import harmless

NARROWEST = 40
"""Columns of the narrowest terminal for which text is laid out."""

_QUIET = "bonemet_data.quiet"


def uses_color() -> bool | None:
    """Return whether output is colored; None to color the streams that are terminals.

    Sources: https://no-color.org, https://force-color.org, https://bixense.com/clicolors
    """
    if os.environ.get("NO_COLOR"):
        return False
    if any(
        os.environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")
    ):
        return True
    if os.environ.get("CLICOLOR") == "0" or os.environ.get("TERM") == "dumb":
        return False
    return None


def width() -> int:
    """Return the columns of the terminal, or 80 if standard output is no terminal."""
    return max(NARROWEST, shutil.get_terminal_size((80, 24)).columns)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal; a closed one is not."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def say(text: str, **style: Any) -> None:
    """Print text to standard output; control characters and workflow commands are escaped.

    The style is that of `click.style`.
    """
    text = harmless(text)
    click.echo(click.style(text, **style) if style else text, color=uses_color())


def note(text: str) -> None:
    """Print text that is no result to standard error, unless --quiet is passed."""
    if not is_quiet():
        warn(harmless(text))


def warn(text: str) -> None:
    """Print text that is escaped already to standard error, and ignore an error of the stream."""
    try:
        click.echo(text, err=True, color=uses_color())
    except OSError:
        discard(sys.stderr)


def discard(*streams: TextIO | None) -> None:
    """Redirect streams to the null device, so that flushing their buffers at exit cannot fail.

    https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, streams):
        with suppress(OSError, ValueError, AttributeError):  # closed, or not a file
            os.dup2(null, stream.fileno())
    os.close(null)


def discard_output() -> None:
    """Discard what is buffered for standard output and standard error."""
    discard(sys.stdout, sys.stderr)


def be_quiet() -> None:
    """Print no notes and no progress from now on."""
    click.get_current_context().meta[_QUIET] = True


def is_quiet() -> bool:
    """Return whether --quiet has been passed."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(_QUIET))


def shows_progress() -> bool:
    """Return whether standard error is a terminal that can overwrite a line, and not quiet."""
    return is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb" and not is_quiet()


def reserve_closed_streams() -> None:
    """Open the null device for each standard stream that is closed.

    Otherwise, the next file to be opened gets its number, and what a library prints ends up there.
    It is opened for the wrong direction, so that using the stream is an error.
    """
    for number, flags in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_RDONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, flags)  # gets the lowest free number
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
