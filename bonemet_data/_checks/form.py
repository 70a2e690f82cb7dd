"""Stage 3: the form of each file: the traps that data readers fall into without a word."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from .._issue import Code, Issue
from .._package import Resource
from .._table import EncodingError, Table, TableError, csv_options, read_table
from .._table_schema import TableSchema

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n|\r|\n")
_NUMERIC = {"integer", "number", "year"}


def check(resource: Resource, schema: TableSchema, data: bytes) -> tuple[list[Issue], Table | None]:
    """Check one file's bytes and cells; give it as a table, or None if it is not one."""

    def issue(
        code: Code, row: int | None, column: str | None, value: str | None, message: str
    ) -> Issue:
        return Issue(code, resource.name, row, column, value, message)

    issues = [issue(code, row, None, None, text) for code, row, text in _lines(resource, data)]
    try:
        table = read_table(data, resource.dialect)
    except TableError as error:
        code = Code.ENCODING if isinstance(error, EncodingError) else Code.NOT_CSV
        return [*issues, issue(code, error.line, None, None, f"{error}.")], None
    issues += [issue(code, row, None, None, text) for code, row, text in _rows(table)]
    for row in (table.header, *table.records):
        for name, cell in zip(table.header.cells, row.cells, strict=True):
            field = None if row is table.header else schema.field(name)
            numeric = field is not None and field.type in _NUMERIC
            found = _cell(cell, numeric)
            issues += [issue(code, row.line, name, cell, text) for code, text in found]
    for line, name, cell, other in _cases(table, schema):
        message = f"differs from {other!r} only in case: rename one of the two"
        issues.append(issue(Code.ID_CASE, line, name, cell, f"{message}."))
    if not issues:
        message = "Quote only cells that need it: save the table with minimal quoting."
        issues += [
            issue(Code.QUOTING, line, None, None, message)
            for line in _quoted(resource, data, table)
        ]
    if resource.rows not in (None, len(table.rows)):
        message = (
            f"{resource.path} has {len(table.rows)} rows; the descriptor states {resource.rows}"
        )
        remedy = "If the change is meant, run  bonemet-data stamp ; if not, restore the file."
        issues.append(issue(Code.ROWS, None, None, None, f"{message}. {remedy}"))
    twice = len(set(table.header.cells)) < len(table.header.cells)
    return issues, None if twice else table


def _lines(resource: Resource, data: bytes) -> Iterator[tuple[Code, int | None, str]]:
    if data.startswith(_BOM):
        yield Code.BYTE_ORDER_MARK, 1, "Save the file as UTF-8 without a byte order mark."
    ends = [match[0] for match in _LINE_END.finditer(data)]
    stated = resource.dialect.get("lineTerminator", "").encode()
    wanted = stated or (ends[0] if ends and ends[0] != b"\r" else b"\n")
    for line, end in enumerate(ends, 1):
        if end != wanted:
            name = {b"\n": "a line feed", b"\r\n": "CRLF"}[wanted]
            yield Code.LINE_ENDING, line, f"End every line with {name}; this one ends with {end!r}."
    if data and not data.endswith(b"\n"):
        yield Code.FINAL_NEWLINE, len(ends) + 1, "End the last line like the others."


def _rows(table: Table) -> Iterator[tuple[Code, int | None, str]]:
    header = table.header.cells
    for name in dict.fromkeys(header):
        if header.count(name) > 1:
            yield Code.DUPLICATE_HEADER, 1, f"Two columns are named {name!r}: rename one."
    if not table.rows:
        yield Code.NO_ROWS, 1, "The table is empty: add its rows, or remove the resource."
    for row in table.rows:
        if not row.cells:
            yield Code.BLANK_LINE, row.line, "Remove the blank line."
        elif len(row.cells) != len(header):
            message = f"The row has {len(row.cells)} cells and the header {len(header)}"
            yield Code.RAGGED_ROW, row.line, f"{message}: look for a missing or unquoted comma."


def _cell(cell: str, numeric: bool) -> Iterator[tuple[Code, str]]:
    kinds = {char: unicodedata.category(char) for char in set(cell) - {"\n"}}
    for char in sorted(kinds):
        name = f"U+{ord(char):04X}"
        if kinds[char] == "Cf":
            yield Code.ZERO_WIDTH, f"holds the invisible character {name}: remove it."
        elif kinds[char] in {"Cc", "Zl", "Zp", "Cn", "Co"}:
            yield Code.CONTROL_CHARACTER, f"holds the control character {name}: remove it."
    if cell != cell.strip():
        yield Code.SURROUNDING_SPACE, "begins or ends with white space: remove it."
    if not unicodedata.is_normalized("NFC", cell):
        yield Code.NOT_NFC, "is not in normalization form NFC: normalize it."
    if cell.startswith(("=", "+", "-", "@")) and not numeric:
        yield Code.FORMULA, f"begins with {cell[0]!r}, which spreadsheets run as a formula."
    if numeric and cell.lstrip("+-").upper() in {"INF", "INFINITY", "NAN"}:
        yield Code.NOT_FINITE, "is not a finite number: leave the cell empty if it is not known."


def _cases(table: Table, schema: TableSchema) -> Iterator[tuple[int, str, str, str]]:
    for at, name in enumerate(table.header.cells):
        field = schema.field(name)
        if field is None or field.type != "string":
            continue
        if not field.constraints.get("unique") and schema.primary_key != (name,):
            continue
        first: dict[str, str] = {}
        for row in table.records:
            cell = row.cells[at]
            other = first.setdefault(cell.casefold(), cell)
            if other != cell:
                yield row.line, name, cell, other


def _quoted(resource: Resource, data: bytes, table: Table) -> Iterator[int]:
    """Give the line of the first row that minimal quoting would write in other bytes."""
    end = resource.dialect.get("lineTerminator") or ("\r\n" if b"\r\n" in data else "\n")
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end, **csv_options(resource.dialect))
    place = 0
    for row in (table.header, *table.rows):
        out.seek(0)
        out.truncate()
        writer.writerow(row.cells)
        written = out.getvalue().encode()
        if data[place : place + len(written)] != written:
            yield row.line
            return
        place += len(written)
