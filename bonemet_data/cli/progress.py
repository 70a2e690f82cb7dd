"""The progress display for work that takes long."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ..errors import BonemetError
from ..extras import CHECK
from ..package.descriptor import open_package
from ..package.installed import open_version
from ..package.sizes import size_on_disk
from ..reading.formats import KINDS, suffix_of
from ..reporting.escaping import printable
from . import terminal

if TYPE_CHECKING:
    from rich.progress import Progress

Show: TypeAlias = Callable[[int, int], None]
"""Function to call with the numbers of rows and of bytes, or other units, that are done."""


@dataclass(frozen=True, slots=True)
class Total:
    """How much there is to do.

    Attributes:
        amount: Number of bytes or rows.
        is_bytes: Whether these are bytes.
    """

    amount: int
    is_bytes: bool


def total_of(data: Sequence[str]) -> Total | None:
    """Return the bytes of text files, or the rows of Parquet and Arrow files.

    Returns:
        The total; None if it is unknown, as for standard input, compressed files and spreadsheets.
    """
    if not terminal.shows_progress():
        return None
    from ..reading.sources import STANDARD_INPUT, input_paths

    with CHECK:
        import polars as pl

    if STANDARD_INPUT in data:
        return None
    try:
        paths = [path for each in data for path in input_paths(each)]
        formats = [suffix_of(path.name) for path in paths]
        kinds = {"" if compression else KINDS.get(suffix, "csv") for suffix, compression in formats}
        if kinds <= {"csv", "tsv"}:
            return Total(sum(path.stat().st_size for path in paths), is_bytes=True)
        if kinds <= {"parquet", "ipc"}:
            return Total(sum(map(_rows, paths)), is_bytes=False)
    except (BonemetError, OSError, pl.exceptions.PolarsError):  # the command itself reports it
        pass
    return None


def total_of_package(path: str | None) -> Total | None:
    """Return the bytes of the resources of a data package; without a path, of the installed one.

    Returns:
        The total; None if it is unknown, as for an archive.
    """
    if not terminal.shows_progress():
        return None
    try:
        package = open_version(None) if path is None else open_package(path)
        resources = [resource for resource, _ in package.read_resources() if resource]
    except BonemetError:  # the command itself reports it
        return None
    size = sum(size_on_disk(package, resource) for resource in resources)
    return Total(size, is_bytes=True) if size else None


def _rows(path: Path) -> int:
    with CHECK:
        import polars as pl

    scan = pl.scan_parquet if KINDS[suffix_of(path.name)[0]] == "parquet" else pl.scan_ipc
    return int(scan(path, glob=False).select(pl.len()).collect().item())


@contextmanager
def progress(
    label: str, total: Total | None = None, *, unit: str = "rows", prints: bool = False
) -> Iterator[Show]:
    """Show the share, the rows and the time left while the block runs.

    Nothing is shown unless standard error is a terminal, and nothing remains when the block ends.

    Args:
        label: Name of the work, such as "check".
        total: How much there is to do; None if that is unknown: then the time that has passed is
            shown instead of share and time left.
        unit: What is counted apart from the total.
        prints: Whether the block prints results. Nothing is shown if it prints them to a terminal.

    Yields:
        The function to call with what is done.
    """
    if not terminal.shows_progress() or (prints and terminal.is_terminal(sys.stdout)):
        yield lambda *_: None
        return
    display = _display()
    with display:
        known = total.amount if total else 0
        task = display.add_task(printable(label), total=known or None, counted="", known=known)

        def show(rows: int, done: int) -> None:
            # Text of some dialects is read by row, and then the rows are what is done.
            share = known and not (total and total.is_bytes and rows == done)
            counted = f"{rows:,} {unit}" if rows else ""
            display.update(task, completed=min(done, known or done), counted=counted, known=share)

        yield show


def _display() -> "Progress":
    from rich.console import Console
    from rich.progress import Progress, ProgressColumn, SpinnerColumn, Task
    from rich.text import Text

    class Status(ProgressColumn):
        """The share, what is counted, and the time left, or that has passed if it is unknown."""

        def render(self, task: Task) -> Text:
            parts = [task.description, task.fields["counted"]]
            left = task.time_remaining if task.fields["known"] else None
            if task.fields["known"]:
                parts.insert(1, f"{task.percentage:.0f}%")
            parts.append(
                f"{duration(task.elapsed)} elapsed" if left is None else f"{duration(left)} left"
            )
            return Text("  ".join(filter(None, parts)))

    return Progress(
        SpinnerColumn(),
        Status(),
        console=Console(stderr=True, no_color=terminal.uses_color() is False),
        transient=True,
        redirect_stdout=False,  # rich would print the output of the command to standard error
        redirect_stderr=False,
    )


def duration(seconds: float | None) -> str:
    """Return minutes and seconds, after hours if there are any.

    Example:
        >>> duration(75.2), duration(3661)
        ('1:15', '1:01:01')
    """
    minutes, rest = divmod(int(seconds or 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
