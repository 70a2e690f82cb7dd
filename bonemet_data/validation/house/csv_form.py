"""The canonical form of each CSV file, and traps that most readers do not report.

What makes a file unreadable is reported for every package, and not repeated here.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ...errors import UnsupportedSchemaError
from ...package.csv_reading import BOM, CsvReader, Record
from ...package.csv_tables import LONGEST_CELL, Row, Table, csv_reader
from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ...tableschema.model import TableSchema
from ...tableschema.types import TYPES
from ..profile import ResourceEntry

_ENDINGS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}
_INVISIBLE = {"Cf"}
_CONTROL = {"Cc", "Cn", "Co", "Zl", "Zp"}
_HARMLESS_TEXT = re.compile(r"(?:[!-*,./0-<>?A-~](?:[\n -~]*[!-~])?)?")
_HARMLESS_NUMBER = re.compile(r"-?[0-9.]*")
_NOT_FINITE = {"INF", "INFINITY", "NAN"}


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file that has a header.

    Attributes:
        table: The header and the rows; a row may have more or fewer cells than the header.
        data: The file, with double quotes and line feeds in place of other quotes and CRs.
        complete: Whether every record could be read.
    """

    table: Table
    data: bytes
    complete: bool


def check(resource: ResourceEntry, data: bytes) -> tuple[list[Finding], CsvFile | None]:
    """Check the bytes and the cells of a file.

    Returns:
        The findings, and the file, or None if it is not a CSV file with unique column names.
    """
    error = resource.location.error
    findings: list[Finding] = []
    if data.startswith(BOM):
        message = "starts with a byte order mark: save the file as UTF-8 without it"
        findings.append(error(Rule.BYTE_ORDER_MARK, message, line=1))
    try:
        text = data.decode("utf-8-sig")
        reader = csv_reader(resource.resource.dialect)
    except (UnicodeDecodeError, UnsupportedSchemaError):
        return findings, None
    text, returns = _replace_carriage_returns(text, reader)
    records = list(reader.records(text))
    findings += _line_endings(resource, records, returns, b"\r" in data)
    if text and not text.endswith("\n"):
        message = "the last line has no line ending: add one"
        findings.append(error(Rule.FINAL_NEWLINE, message, line=text.count("\n") + 1))
    if not records or not records[0].cells:
        return findings, None
    long = [*_too_long(records)]
    findings += [error(Rule.NOT_CSV, message, line=line) for line, message in long]
    header, *rows = (Row(r.line + 1, tuple(r.cells)) for r in records if r.cells is not None)
    if len(header.cells) == 1:  # a blank line is then also a missing value
        rows = [row if row.cells else Row(row.line, ("",)) for row in rows]
    table = Table(header, tuple(rows))
    if not rows:
        message = "has no rows: add them, or remove the resource"
        findings.append(error(Rule.NO_ROWS, message, line=header.line))
    findings += _cells(resource, table)
    findings += _id_case(resource, table)
    stated = resource.resource.rows
    complete = not long and all(record.cells is not None for record in records)
    if complete and stated not in (None, len(rows)):
        message = (
            f"has {len(rows)} rows, but the descriptor states {stated}: "
            "restore the file, or run `bonemet-data stamp`"
        )
        findings.append(error(Rule.ROWS, message))
    if len(set(header.cells)) < len(header.cells) or long:
        return findings, None
    if reader.quote != '"':
        standard = CsvReader(reader.delimiter)
        text = "".join(standard.join(cells) + "\n" for _, cells in (header, *rows))
    return findings, CsvFile(table, text.encode(), complete)


def misquoted(file: CsvFile) -> Iterator[int]:
    """Iterate over the lines of the records of a comma-separated file with superfluous quotes."""
    text, minimal = file.data.decode(), StringIO(newline="")
    rows = (file.table.header, *file.table.rows)
    csv.writer(minimal, lineterminator="\n").writerows(row.cells for row in rows)
    if text == minimal.getvalue():  # faster than looking at each record
        return
    reader = CsvReader()
    for line, raw, cells, _ in reader.records(text):
        if cells is not None and '"' in raw and raw.rstrip("\r\n") != reader.join(cells):
            yield line + 1


def _replace_carriage_returns(text: str, reader: CsvReader) -> tuple[str, set[int]]:
    """Replace the CRs that end a line; return the text and the numbers of these lines.

    For the reader, a CR without LF is part of a cell. Outside quotes it is meant as a line ending.
    """
    if "\r" not in text or "\r" not in text.replace("\r\n", "\n"):
        return text, set()
    quote, delimiter = re.escape(reader.quote), re.escape(reader.delimiter)
    cell = f"(?:(?<={delimiter})|^){quote}[^{quote}]*+(?:{quote}{quote}[^{quote}]*+)*+{quote}"
    replaced = re.sub(
        rf"({cell})|\r(?!\n)", lambda match: match[1] or "\n", text, flags=re.MULTILINE
    )
    before, after = text.split("\n"), replaced.split("\n")
    if len(before) == len(after):
        return text, set()
    lines: set[int] = set()
    position = 0
    for number, line in enumerate(after, 1):
        position += len(line) + 1
        if text[position - 1 : position] == "\r":
            lines.add(number)
    return replaced, lines


def _line_endings(
    resource: ResourceEntry, records: list[Record], returns: set[int], any_return: bool
) -> Iterator[Finding]:
    """Check that all records end as the dialect states, or as most do; once for each ending."""
    dialect = resource.resource.dialect
    stated = dialect.get("lineTerminator") if isinstance(dialect, dict) else None
    if not any_return and stated != "\r\n":
        return
    endings: dict[str, list[int]] = {}
    for line, raw, _, _ in records:
        if raw.endswith("\n"):
            last = line + (raw.count("\n") if '"' in raw or len(raw) > 200 else 1)
            ending = "\r" if last in returns else "\r\n" if raw.endswith("\r\n") else "\n"
            endings.setdefault(ending, []).append(last)
    common = max(endings, key=lambda each: (each != "\r", len(endings[each])), default="\n")
    wanted = stated if stated in _ENDINGS else "\n" if common == "\r" else common
    for ending, lines in endings.items():
        if ending != wanted:
            others = f", as do {len(lines) - 1} other lines" if len(lines) > 1 else ""
            message = f"ends with {_ENDINGS[ending]} instead of {_ENDINGS[wanted]}{others}"
            yield resource.location.error(Rule.LINE_ENDING, message, line=lines[0])


def _too_long(records: list[Record]) -> Iterator[tuple[int, str]]:
    for line, raw, cells, _ in records:
        if cells and len(raw) > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL:
            yield line + 1, f"a cell has more than {LONGEST_CELL} characters: look for a lost quote"


def _cells(resource: ResourceEntry, table: Table) -> Iterator[Finding]:
    """Check each distinct text of a column once, then find the rows that have it."""
    error, schema = resource.location.error, resource.schema or TableSchema(fields=())
    for name in table.header.cells:
        for rule, message in _cell_faults(name, numeric=False):
            yield error(rule, message, line=table.header.line, column=name, value=name)
    records = [row for row in table.rows if row.cells]
    for index, name in enumerate(table.header.cells):
        field = schema.field(name)
        numeric = field is not None and TYPES[field.type].numeric
        missing = schema.missing(field) if field else schema.missing_values
        harmless = (_HARMLESS_NUMBER if numeric else _HARMLESS_TEXT).fullmatch
        column = [cells[index] if index < len(cells) else "" for _, cells in records]
        faults = {
            text: found
            for text in set(column)
            if not harmless(text)
            and (found := [*_cell_faults(text, numeric, missing=text in missing)])
        }
        if not faults:
            continue
        for number, (row, text) in enumerate(zip(records, column, strict=True), 1):
            for rule, message in faults.get(text, ()):
                yield error(rule, message, line=row.line, row=number, column=name, value=text)


def _cell_faults(cell: str, numeric: bool, *, missing: bool = False) -> Iterator[tuple[Rule, str]]:
    for char in sorted(set(cell) - {"\n"}):
        category = unicodedata.category(char)
        if category in _INVISIBLE:
            message = f"contains the invisible character U+{ord(char):04X}: remove it"
            yield Rule.ZERO_WIDTH, message
        elif category in _CONTROL:
            message = f"contains the control character U+{ord(char):04X}: remove it"
            yield Rule.CONTROL_CHARACTER, message
    if cell != cell.strip():
        yield Rule.SURROUNDING_SPACE, "starts or ends with white space: remove it"
    if not unicodedata.is_normalized("NFC", cell):
        yield Rule.NOT_NFC, "is not in Unicode normalization form NFC: normalize it"
    if missing:
        return
    if cell.startswith(("=", "+", "-", "@")) and not numeric:
        yield Rule.FORMULA, f"starts with {cell[0]!r}, so that spreadsheets run it as a formula"
    if numeric and cell.lstrip("+-").upper() in _NOT_FINITE:
        yield Rule.NOT_FINITE, "is not a finite number: leave the cell empty if it is not known"


def _id_case(resource: ResourceEntry, table: Table) -> Iterator[Finding]:
    """Find keys that differ only in upper and lower case."""
    header = table.header.cells
    indices = {name: index for index, name in enumerate(header)}
    rows: Any = None
    for key in _keys(resource.schema or TableSchema(fields=())):
        if not set(key) <= set(indices):
            continue
        rows = rows or table.records
        texts = [", ".join([row.cells[indices[name]] for name in key]) for row in rows]
        distinct = set(texts)
        if len({text.lower() for text in distinct}) == len(distinct):
            continue
        first: dict[str, str] = {}
        for number, (row, text) in enumerate(zip(rows, texts, strict=True), 1):
            other = first.setdefault(text.lower(), text)
            if other != text:
                message = f"differs from {other!r} only in case: rename one of the two"
                column = ", ".join(key)
                yield resource.location.error(
                    Rule.ID_CASE, message, line=row.line, row=number, column=column, value=text
                )


def _keys(schema: TableSchema) -> set[tuple[str, ...]]:
    unique = {(field.name,) for field in schema.fields if field.constraints.get("unique")}
    return {key for key in {schema.primary_key, *schema.unique_keys, *unique} if key}
