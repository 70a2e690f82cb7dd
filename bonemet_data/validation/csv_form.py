"""Stage 3: the form of each file: the traps that data readers fall into without a word."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from ..package.csv_reading import EncodingError, Table, TableError, csv_options, read_table
from ..package.descriptor import Resource
from ..reporting._old_issue import Code, Issue
from ..tableschema.model import TableSchema

_BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile(rb"\r\n|\r|\n")
_NUMERIC = {"integer", "number", "year"}


def check(resource: Resource, schema: TableSchema, data: bytes) -> tuple[list[Issue], Table | None]:
    """Check one file's bytes and cells; give it as a table, or None if it is not one."""

    def issue(
        code: Code, row: int | None, column: str | None, value: str | None, message: str
    ) -> Issue:
        return Issue(code, resource.name, row, column, value, message)

    try:
        table = read_table(data, resource.dialect)
    except TableError as error:
        code = Code.ENCODING if isinstance(error, EncodingError) else Code.NOT_CSV
        lines = _lines(resource, data, None)
        issues = [issue(each, row, None, None, text) for each, row, text in lines]
        return [*issues, issue(code, error.line, None, None, f"{error}.")], None
    faults = (*_lines(resource, data, table), *_rows(table))
    issues = [issue(code, row, None, None, text) for code, row, text in faults]
    for row in (table.header, *table.records):
        for name, cell in zip(table.header.cells, row.cells, strict=False):
            field = None if row is table.header else schema.field(name)
            numeric = field is not None and field.type in _NUMERIC
            for code, text in _cell(cell, numeric, missing=cell in schema.missing_values):
                issues.append(issue(code, row.line, name, cell, text))
    for key in {schema.primary_key, *schema.unique_keys, *_unique_columns(schema)}:
        for line, cells, other in _cases(table, key):
            message = f"differs from {other} only in case: rename one of the two."
            issues.append(issue(Code.ID_CASE, line, ", ".join(key), cells, message))
    if resource.rows not in (None, len(table.rows)):
        message = (
            f"{resource.path} has {len(table.rows)} rows; the descriptor states {resource.rows}. "
            "If the change is meant, run  bonemet-data stamp ; if not, restore the file."
        )
        issues.append(issue(Code.ROWS, None, None, None, message))
    twice = len(set(table.header.cells)) < len(table.header.cells)
    return issues, None if twice else table


def misquoted(resource: Resource, data: bytes, table: Table) -> Iterator[int]:
    """Give the line of each row that minimal quoting would write otherwise."""
    rows = (table.header, *table.rows)
    lines = list(io.StringIO(data.removeprefix(_BOM).decode(), newline=""))
    ends = [*(row.line for row in table.rows), len(lines) + 1]
    options = csv_options(resource.dialect)
    for row, end in zip(rows, ends, strict=True):
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n", **options).writerow(row.cells)
        if "".join(lines[row.line - 1 : end - 1]).rstrip("\r\n") != out.getvalue()[:-1]:
            yield row.line


def _unique_columns(schema: TableSchema) -> Iterator[tuple[str, ...]]:
    return ((field.name,) for field in schema.fields if field.constraints.get("unique"))


def _lines(
    resource: Resource, data: bytes, table: Table | None
) -> Iterator[tuple[Code, int | None, str]]:
    """Check the ends of lines; inside a quoted cell, any is allowed."""
    if data.startswith(_BOM):
        yield Code.BYTE_ORDER_MARK, 1, "Save the file as UTF-8 without a byte order mark."
    ends = [match[0] for match in _LINE_END.finditer(data)]
    last = range(1, len(ends) + 1) if table is None else [row.line - 1 for row in table.rows]
    rows = [line for line in (*last, len(ends)) if 0 < line <= len(ends)]
    stated = resource.dialect.get("lineTerminator", "").encode()
    wanted = stated or (ends[0] if ends and ends[0] != b"\r" else b"\n")
    for line in sorted(set(rows)):
        if ends[line - 1] != wanted:
            name = {b"\n": "a line feed", b"\r\n": "CRLF"}[wanted]
            message = f"End every line with {name}; this one ends with {ends[line - 1]!r}."
            yield Code.LINE_ENDING, line, message
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


def _cell(cell: str, numeric: bool, missing: bool) -> Iterator[tuple[Code, str]]:
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
    if missing:
        return
    if cell.startswith(("=", "+", "-", "@")) and not numeric:
        yield Code.FORMULA, f"begins with {cell[0]!r}, which spreadsheets run as a formula."
    if numeric and cell.lstrip("+-").upper() in {"INF", "INFINITY", "NAN"}:
        yield Code.NOT_FINITE, "is not a finite number: leave the cell empty if it is not known."


def _cases(table: Table, key: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
    """Give the rows whose key another row has in other case: line, key, and the other's key."""
    header = table.header.cells
    if not key or not set(key) <= set(header):
        return
    places = [header.index(name) for name in key]
    first: dict[str, str] = {}
    for row in table.records:
        cells = ", ".join(row.cells[at] for at in places)
        other = first.setdefault(cells.lower(), cells)
        if other != cells:
            yield row.line, cells, other
