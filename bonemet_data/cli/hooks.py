"""Hooks of pre-commit: validate the packages of changed files, and check changed files.

Run by `.pre-commit-hooks.yaml` as `python -P -m bonemet_data.cli.hooks`, with the options of the
commands `validate` and `check`, and the changed files.

Source: https://pre-commit.com/#new-hooks
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from ..errors import BonemetError
from ..package.descriptor import DESCRIPTOR
from . import packages, tables
from .command import Command, print_error
from .group import Group
from .status import Status


def packages_of(files: Iterable[str]) -> list[str]:
    """Return the folders of the packages that files belong to, in order and without duplicates.

    A file belongs to the package whose descriptor is in its folder, or in the nearest folder above.
    """
    folders: dict[Path, None] = {}
    for file in files:
        for folder in Path(file).parents:
            if (folder / DESCRIPTOR).is_file():
                folders[folder] = None
                break
    return [str(folder) for folder in folders]


def _hook(
    command: click.Command,
    arguments: Callable[[tuple[str, ...]], Iterable[dict[str, Any]]],
    text: str,
) -> Command:
    """Return a command that runs another one for changed files, with the same options.

    Args:
        command: The command to run.
        arguments: Function that returns the arguments of each run, given the changed files.
        text: Help text.
    """

    def run(files: tuple[str, ...], **options: Any) -> None:
        statuses = set()
        for each in arguments(files):
            try:
                command.callback(**each, **options)  # type: ignore[misc]
            except SystemExit as end:
                statuses.add(end.code)
            except BonemetError as error:
                print_error(str(error))
                statuses.add(Status.UNUSABLE)
        for status in (Status.ERRORS, Status.UNUSABLE, Status.INCOMPLETE):
            if status in statuses:
                raise SystemExit(status)

    options = [each for each in command.params if isinstance(each, click.Option)]
    params = [click.Argument(["files"], nargs=-1), *options]
    return Command(command.name, callback=run, params=params, help=text)


main = Group(
    "hooks",
    help="Validate the packages of changed files, or check changed files.",
    commands=[
        _hook(
            packages.validate,
            lambda files: ({"path": folder} for folder in packages_of(files)),
            "Validate each data package that one of the changed FILES belongs to.",
        ),
        _hook(
            tables.check,
            lambda files: ({"data": (file,)} for file in files),
            "Check each of the changed FILES as a table.",
        ),
    ],
)

if __name__ == "__main__":
    main()
