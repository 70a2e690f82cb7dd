"""Fixtures for the tests of the command line."""

from collections.abc import Callable

import click.testing
import pytest

from bonemet_data.cli import main


@pytest.fixture(scope="session")
def run() -> Callable[..., click.testing.Result]:
    """Run a command in this process; an exception other than SystemExit fails the test."""

    def invoke(*arguments: object) -> click.testing.Result:
        result = click.testing.CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    return invoke
