"""Reports: the findings about one data package or table, with output formats."""

from dataclasses import dataclass, fields
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from ..atomic import write_atomically
from ..errors import InvalidDataError
from . import github, html, json_report, junit, markdown, sarif, text
from .finding import Finding
from .fixes import COLUMNS, fix_rows
from .frames import Engine, to_frame
from .groups import COLUMNS as GROUP_COLUMNS
from .results import Results

if TYPE_CHECKING:
    import pandas as pd

_Path: TypeAlias = str | PathLike[str] | None

_LIMIT = 20
"""Number of distinct faults that `str` lists."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Report(Results):
    """Result of a check or a validation.

    `print(report)` prints the most frequent faults, and `assert report.valid, report` explains a
    failing test; `to_text` returns the whole text that the command line prints. Notebooks display
    a report as a table. Each `to_` method that returns text also writes it to a file, if it is
    called with a path.

    Attributes:
        title: Name of the package or table that was checked.
        resources: Number of resources of the package; None for a table.
        rows: Number of records that were read.
        cells: Number of cells that break at least one rule.
        counts: Exact number of findings by rule and column.
        findings: The first findings; `counts` and `groups` also include the others.
        groups: Distinct faults with the exact number of findings, the most frequent first.
        rules: Results of the rules that were checked for columns, keys and tables.
        notes: Notes on the scope of the report.
        ignored: Number of findings that were dropped on request.
        provenance: Data, schema, command, version and time, or None.
        valid: True if there are no errors and everything was checked.
        complete: True if everything was checked.
        errors: Number of errors.
        warnings: Number of warnings.
        not_checked: Number of findings with the severity `not_checked`.

    See Also:
        check: Check a table.
        validate_package: Validate a data package.

    Example:
        >>> import bonemet_data as bm
        >>> report = bm.check(bm.types(), columns={"type_id": "types"})
        >>> report.valid, report.rows
        (True, 3)
        >>> print(report)
        valid: 3 rows
    """

    def __str__(self) -> str:
        return text.to_text(self, limit=_LIMIT, rules=False)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return html.to_fragment(self)

    def raise_for_errors(self, *, allow_unchecked: bool = False) -> Self:
        """Raise an exception if the data are not valid; otherwise, return the report.

        Args:
            allow_unchecked: Whether data without errors are accepted even if something could not
                be checked. Default: False.

        Raises:
            InvalidDataError: There are errors, or something could not be checked. Its attribute
                `report` is this report.

        Example:
            >>> import bonemet_data as bm
            >>> bm.check(bm.types(), columns={"type_id": "types"}).raise_for_errors().rows
            3
        """
        if self.errors or not (self.complete or allow_unchecked):
            raise InvalidDataError(self)
        return self

    def fixes(self, resource: str | None = None) -> "pd.DataFrame":
        """Return one row for each distinct fault, in which the text that replaces it is entered.

        Args:
            resource: Name of the resource, for the report about a data package. Default: None, for
                the report about a table.

        Returns:
            A frame with the columns `column`, `value`, `number` (of cells), `replacement`,
            `suggestion`, `scope`, `rule`, `message`, `line` and `row` (of the first cell), and
            `note`, which says why a replacement cannot correct a fault. `replacement` contains the
            suggestions with the scope "exact"; without a replacement a value stays as it is.

        See Also:
            apply: Replace the values in the table.

        Example:
            >>> import bonemet_data as bm
            >>> import pandas as pd
            >>> cohort = pd.DataFrame({"lesion_type": ["Osteolytic", "lytic", "lytic"]})
            >>> fixes = bm.check(cohort, columns={"lesion_type": "types"}).fixes()
            >>> fixes["replacement"] = fixes["replacement"].fillna(fixes["suggestion"])
            >>> fixes[["value", "number", "replacement", "scope"]].values.tolist()
            [['lytic', 2, 'osteolytic', 'exact'], ['Osteolytic', 1, 'osteolytic', 'exact']]
        """
        rows = fix_rows(group for group in self.groups if group.resource == resource)
        frame: pd.DataFrame = to_frame(rows, COLUMNS, "pandas")
        return frame

    def to_text(
        self,
        path: _Path = None,
        *,
        width: int = text.WIDTH,
        limit: int | None = None,
        cells: bool = False,
    ) -> str:
        """Return the report as plain text: distinct faults, rules, notes and summary.

        Args:
            path: Path of a file to write. Default: none.
            width: Number of columns that a line should fit in. Default: 80.
            limit: Maximum number of distinct faults, or of findings. Default: all.
            cells: Whether to list findings, cell by cell, instead of distinct faults.
                Default: False.

        Returns:
            The text, which is also written to the file.

        Raises:
            OutputError: The file cannot be written.

        See Also:
            to_json: Return the report as a JSON object.

        Example:
            >>> import bonemet_data as bm
            >>> print(bm.check(bm.types(), columns={"type_id": "types"}).to_text())
            rules passed by 3 rows:
              type         type_id
              foreignKeys  type_id
            valid: 3 rows
        """
        return _write(text.to_text(self, width=width, limit=limit, cells=cells), path)

    def to_json(self, path: _Path = None) -> str:
        """Return the report as a JSON object; for a path, see `to_text`."""
        return _write(json_report.to_json(self), path)

    def to_github(self, path: _Path = None) -> str:
        """Return GitHub workflow commands that annotate files; for a path, see `to_text`."""
        return _write(github.to_github(self), path)

    def to_junit(self, path: _Path = None) -> str:
        """Return JUnit XML with one test case per rule and column; for a path, see `to_text`."""
        return _write(junit.to_junit(self), path)

    def to_sarif(self, path: _Path = None) -> str:
        """Return a SARIF 2.1.0 log, one result per distinct fault; for a path, see `to_text`."""
        return _write(sarif.to_sarif(self), path)

    def to_markdown(self, path: _Path = None) -> str:
        """Return Markdown for a pull request or a job summary; for a path, see `to_text`."""
        return _write(markdown.to_markdown(self), path)

    def to_html(self, path: _Path = None) -> str:
        """Return a self-contained HTML page; for a path, see `to_text`."""
        return _write(html.to_html(self), path)

    def summary(self, engine: Engine = "pandas") -> Any:
        """Return the distinct faults as a data frame, the most frequent first.

        Args:
            engine: Library of the frame: "pandas", "polars" or "arrow". Default: "pandas".

        Returns:
            A frame with the attributes of `FindingGroup` as columns. `number`, `line` and `row` are
            nullable integers; all other columns are text.

        Raises:
            ArgumentError: There is no such engine.
            MissingExtraError: The library is not installed.

        Example:
            >>> import bonemet_data as bm
            >>> import pandas as pd
            >>> cohort = pd.DataFrame({"lesion_type": ["lytic", "mixed", "lytic"]})
            >>> report = bm.check(cohort, columns={"lesion_type": "types"})
            >>> report.summary()[["column", "value", "number", "suggestion"]]
                    column  value  number  suggestion
            0  lesion_type  lytic       2  osteolytic
        """
        return to_frame(self.groups, GROUP_COLUMNS, engine)

    def to_frame(self, engine: Engine = "pandas") -> Any:
        """Return the findings as a data frame, with one row per finding.

        Args:
            engine: Library of the frame: "pandas", "polars" or "arrow". Default: "pandas".

        Returns:
            A frame with the attributes of `Finding` as columns. `line` and `row` are nullable
            integers; all other columns are text.

        Raises:
            ArgumentError: There is no such engine.
            MissingExtraError: The library is not installed.
        """
        return to_frame(self.findings, [field.name for field in fields(Finding)], engine)


def _write(content: str, path: _Path) -> str:
    """Write a text to a file, if a path is given, and return it."""
    if path is not None:
        write_atomically(Path(path), f"{content}\n".encode())
    return content
