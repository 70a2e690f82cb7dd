"""Tables of native values: JSON, spreadsheets and inline data."""

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from decimal import Decimal
from typing import Any

from ..extras import CHECK
from ..package.csv_reading import Record
from ..package.dialect import Dialect
from ..reporting.rules import Rule
from ..tableschema.model import TableSchema
from .batches import Batch, exact_batch
from .csv_records import LONGEST_VALUE, Fault, Records
from .native_values import NativeTypeError, column_of_kind, kind_of, plain_text, text_of
from .row_tables import RowTable

with CHECK:
    import polars as pl


class NativeTable(RowTable):
    """A table of native values: JSON, a spreadsheet, or inline data.

    Args:
        values: Function that returns the rows, each as a list of values or as a text why the row
            cannot be read.
        name: Name of the file in findings and error messages.
        dialect: Table Dialect.
        schema: Table Schema, or None.
        first: Header of the first part of the table, or None.
        has_lines: Whether rows have numbers, which are shown as lines.
    """

    def __init__(
        self,
        values: Callable[[], Iterator[list[Any] | str]],
        name: str,
        dialect: Dialect,
        schema: TableSchema | None,
        first: Sequence[str] | None = None,
        *,
        has_lines: bool = False,
    ) -> None:
        self._values, self._has_lines = values, has_lines
        super().__init__(name, dialect, schema, first)
        if not has_lines:
            self.header_lines = 0

    def rows(self) -> Iterator[Record]:
        """Iterate over the rows."""
        for line, row in enumerate(self._values()):
            if isinstance(row, str):
                yield Record(line, "", None, row)
            else:
                yield Record(line, "", row)

    def frames(self) -> Iterator[tuple[pl.DataFrame, int]]:
        """Iterate over frames, in which columns of one native type have this type, or text."""
        kinds: dict[int, set[type]] = {}
        for row in self.data_rows():
            for column, value in enumerate(row.cells or ()):
                if value is not None:
                    kinds.setdefault(column, set()).add(kind_of(value))
        typed = [
            column_of_kind(f"c{column}", float if len(found) > 1 else next(iter(found)))
            for column, found in kinds.items()
            if (len(found) == 1 or found == {int, float}) and column < len(self.header or ())
        ]
        for frame, rows in super().frames():
            yield frame.with_columns(typed), rows

    def kinds(self) -> list[set[type]]:
        """Return the types of the values of each column that are not missing."""
        kinds: list[set[type]] = [set() for _ in self.header or ()]
        for row in self.data_rows():
            for found, value in zip(kinds, row.cells or (), strict=False):
                if value is not None:
                    found.add(type(value))
        return kinds

    def with_schema(self, schema: TableSchema) -> "NativeTable":
        """Return the table with a schema, which states the types of the values."""
        table = copy(self)
        table.schema = schema
        return table

    def first_number(self, column: int) -> tuple[int, Any] | None:
        """Return the line of the first number in a column, and the number; None if it has none."""
        for row in self.data_rows():
            cells = row.cells or []
            value = cells[column] if column < len(cells) else None
            if isinstance(value, int | float | Decimal):
                return row.line + 1, value
        return None

    def line_after(self, row: Record) -> int:
        """Return the line after a row; 0 for data without lines."""
        return row.line + 1 if self._has_lines else 0

    def batch(self, rows: Sequence[Record], line: int, line_count: int) -> Batch:
        """Convert rows of native values to a batch of text; null is a missing value."""
        header = self.header or ()
        fields = [self.schema.field(name) if self.schema else None for name in header]
        lines: list[int] = []
        cells: list[list[str | None]] = []
        faults: list[Fault] = []
        for row in rows:
            at = row.line - line if self._has_lines else None
            values, index = row.cells, len(cells)
            if values is None:
                faults.append(Fault(at, None, None, "", Rule.RAGGED_ROW, row.fault))
                continue
            if self._has_lines and all(value is None for value in values):
                faults.append(Fault(at, None, None, "", Rule.BLANK_LINE, "blank line: remove it"))
                continue
            if len(values) != len(header):
                message = f"has {len(values)} cells, but the header has {len(header)}: "
                joined = ", ".join(map(plain_text, values))[:LONGEST_VALUE]
                message += "add or remove cells"
                faults.append(Fault(at, index, None, joined, Rule.RAGGED_ROW, message, len(values)))
            texts: list[str | None] = []
            for column, field in enumerate(fields):
                value = values[column] if column < len(values) else None
                try:
                    texts.append(text_of(value, field))
                except NativeTypeError as error:
                    text = plain_text(value)
                    texts.append(text)
                    shown = text[:LONGEST_VALUE]
                    faults.append(Fault(at, index, column, shown, Rule.TYPE, str(error)))
            lines.append(at if at is not None else 0)
            cells.append(texts)
        batch = exact_batch(Records(lines, cells, faults, line_count), len(header))
        return batch.as_native(has_lines=self._has_lines)
