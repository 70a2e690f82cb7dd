"""Reports: the findings about one data package or table, with output formats."""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

from ..errors import ArgumentError
from ..extras import ARROW, BASE, POLARS
from . import github, html, json_report, junit, sarif, text
from .finding import Finding
from .fixes import fixes_frame
from .results import Results

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Report(Results):
    """Result of a check or a validation.

    `print(report)` prints the same text as the command line, and `assert report.valid, report`
    explains a failing test. Notebooks display a report as a table.

    Attributes:
        title: Name of the package or table that was checked.
        resources: Number of resources of the package; None for a table.
        rows: Number of records that were read.
        cells: Number of cells that break at least one rule.
        counts: Exact number of findings by rule and column.
        findings: The first findings; `counts` also includes the others.
        notes: Notes on the scope of the report.
        ignored: Number of findings that were dropped on request.
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
        return self.to_text()

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return html.table(self)

    def to_text(self) -> str:
        """Return the report as plain text: findings, counts if findings are omitted, summary."""
        return text.to_text(self)

    def to_json(self) -> str:
        """Return the report as a JSON object."""
        return json_report.to_json(self)

    def to_github(self) -> str:
        """Return GitHub workflow commands, with one annotation per finding."""
        return github.to_github(self)

    def to_junit(self) -> str:
        """Return JUnit XML, with one test case per rule and column with findings."""
        return junit.to_junit(self)

    def to_sarif(self) -> str:
        """Return a SARIF 2.1.0 log for code scanning services."""
        return sarif.to_sarif(self)

    def to_html(self) -> str:
        """Return a self-contained HTML page."""
        return html.page(self)

    def fixes(self, resource: str | None = None) -> "pd.DataFrame":
        """Return one row for each distinct fault, in which the text that replaces it is entered.

        Args:
            resource: Name of the resource, for the report about a data package. Default: None, for
                the report about a table.

        Returns:
            A frame with the columns `column`, `value`, `number` (of cells), `replacement`,
            `suggestion`, `scope`, `rule`, `message`, `line` and `row` (of the first cell), and
            `note`, which says why a fault cannot be mended by its value. `replacement` contains the
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
            [['lytic', 2, 'osteolytic', 'related'], ['Osteolytic', 1, 'osteolytic', 'exact']]
        """
        return fixes_frame(group for group in self.groups if group.resource == resource)

    def to_frame(self, engine: Literal["pandas", "polars", "arrow"] = "pandas") -> Any:
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
        columns = {
            field.name: [getattr(finding, field.name) for finding in self.findings]
            for field in fields(Finding)
        }
        for name in ("severity", "rule"):
            columns[name] = [value.value for value in columns[name]]
        integers = {"line", "row"}
        if engine == "pandas":
            with BASE:
                import pandas as pd
            return pd.DataFrame(
                {
                    name: pd.array(values, dtype="Int64" if name in integers else "string")
                    for name, values in columns.items()
                }
            )
        if engine == "polars":
            with POLARS:
                import polars as pl
            return pl.DataFrame(
                columns, schema={n: pl.Int64 if n in integers else pl.String for n in columns}
            )
        if engine == "arrow":
            with ARROW:
                import pyarrow as pa
            return pa.table(
                {
                    name: pa.array(values, pa.int64() if name in integers else pa.string())
                    for name, values in columns.items()
                }
            )
        raise ArgumentError(f"engine {engine!r} is not one of: pandas, polars, arrow.")
