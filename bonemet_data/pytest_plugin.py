"""Plugin for pytest: fixtures that assert that tables and data packages are valid.

pytest imports this module at its start, if bonemet-data is installed. What the fixtures need is
imported when they are used.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .reporting.report import Report
    from .terminology.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def bonemet_vocabulary() -> "Vocabulary":
    """The published concepts, with their names and codes; see `bonemet_data.vocabulary`."""
    import bonemet_data as bm

    return bm.vocabulary()


@pytest.fixture(scope="session")
def assert_valid_table() -> "Callable[..., Report]":
    """Function that fails the test with the report, unless a table is valid.

    It returns the report. It takes the arguments of `bonemet_data.check` and three more: `ignore`,
    the findings to drop as in `Report.ignore`; `strict`, whether warnings are errors; and
    `allow_unchecked`, whether a table of which something could not be checked passes.
    """
    import bonemet_data as bm

    return _asserting(bm.check)


@pytest.fixture(scope="session")
def assert_valid_package() -> "Callable[..., Report]":
    """Function that fails the test with the report, unless a data package is valid.

    It takes the arguments of `bonemet_data.validate_package`, and `ignore`, `strict` and
    `allow_unchecked` as `assert_valid_table` does.
    """
    import bonemet_data as bm

    return _asserting(bm.validate_package)


def _asserting(check: "Callable[..., Report]") -> "Callable[..., Report]":
    """Return a function that checks, and raises AssertionError unless the data are valid."""

    def assert_valid(
        *arguments: Any,
        ignore: Iterable[str] = (),
        strict: bool = False,
        allow_unchecked: bool = False,
        **options: Any,
    ) -> "Report":
        __tracebackhide__ = True
        report = check(*arguments, **options).ignore(*ignore)
        report = report.strict() if strict else report
        if report.errors or not (report.complete or allow_unchecked):
            raise AssertionError(f"{report.title or 'The data'} is not valid:\n{report}")
        return report

    return assert_valid
