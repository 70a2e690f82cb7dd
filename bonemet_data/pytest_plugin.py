"""Plugin for pytest: fixtures that assert that tables and data packages are valid.

pytest imports this module at its start, if bonemet-data is installed. What the fixtures need is
imported when they are used.
"""

from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .reading.schema_source import SchemaSource
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

    It takes the arguments of `bonemet_data.check`, and `ignore`, `strict` and `allow_unchecked`.
    """
    return _assert_valid_table


@pytest.fixture(scope="session")
def assert_valid_package() -> "Callable[..., Report]":
    """Function that fails the test with the report, unless a data package is valid.

    It takes the arguments of `bonemet_data.validate_package`, and `ignore`, `strict` and
    `allow_unchecked`.
    """
    return _assert_valid_package


def _assert_valid_table(
    data: Any,
    schema: "SchemaSource | None" = None,
    *,
    columns: Mapping[str, str] | None = None,
    ignore: Iterable[str] = (),
    strict: bool = False,
    allow_unchecked: bool = False,
    **options: Any,
) -> "Report":
    """Check a table, and raise AssertionError with the report unless it is valid.

    Args:
        data: Path or frame; see `check`.
        schema: Table Schema; see `check`. Default: none; pass `columns` instead.
        columns: Published table, or codes, of each column; see `check`. Default: none.
        ignore: Findings to drop, as in `Report.ignore`. Default: none.
        strict: Whether warnings are errors. Default: False.
        allow_unchecked: Whether a table of which something could not be checked passes.
            Default: False.
        **options: Other arguments of `check`, such as `resource` and `separator`.

    Returns:
        The report.
    """
    __tracebackhide__ = True
    import bonemet_data as bm

    report = bm.check(data, schema, columns=columns, **options).ignore(*ignore)
    return _assert_valid(report, strict, allow_unchecked)


def _assert_valid_package(
    path: str | PathLike[str],
    *,
    ignore: Iterable[str] = (),
    strict: bool = False,
    allow_unchecked: bool = False,
    **options: Any,
) -> "Report":
    """Validate a data package, and raise AssertionError with the report unless it is valid.

    Args:
        path: Folder, `datapackage.json` or ZIP archive of the package.
        ignore: Findings to drop, as in `Report.ignore`. Default: none.
        strict: Whether warnings are errors. Default: False.
        allow_unchecked: Whether a package of which something could not be checked passes.
            Default: False.
        **options: Other arguments of `validate_package`, such as `house`.

    Returns:
        The report.
    """
    __tracebackhide__ = True
    import bonemet_data as bm

    report = bm.validate_package(path, **options).ignore(*ignore)
    return _assert_valid(report, strict, allow_unchecked)


def _assert_valid(report: "Report", strict: bool, allow_unchecked: bool) -> "Report":
    __tracebackhide__ = True
    judged = report.strict() if strict else report
    if judged.errors or not (judged.complete or allow_unchecked):
        title = judged.title or "The data"
        raise AssertionError(f"{title} is not valid:\n{judged}")
    return judged
