"""The progress display for work that takes long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(label: str) -> Iterator[Callable[..., None]]:
    """Show the number of rows, the speed and the time while the block runs.

    Nothing is shown unless standard error is a terminal.

    Args:
        label: Name of the work, such as "check".

    Yields:
        A function to call with the number of rows that are done; more arguments are ignored.
    """
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}: {task.completed:,} rows"),
        TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn(),
    )
    display = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with display:
        task = display.add_task(label, total=None, speed="")

        def show(rows: int, *_: object) -> None:
            seconds = display.tasks[0].elapsed
            speed = f"{rows / seconds:,.0f} rows/s" if seconds else ""
            display.update(task, completed=rows, speed=speed)

        yield show
