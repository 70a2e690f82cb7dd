"""Compare the rows of two tables: match them by primary key, then compare their cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import CsvError, EncodingError
from ..extras import CHECK
from ..package.csv_reading import BOM, csv_reader
from ..reading.batches import parse_chunk
from ..reading.chunks import Chunk
from ..reading.csv_records import parse_records, read_header
from ..reporting.rules import Rule
from .changes import Change, Kind

with CHECK:
    import polars as pl

_ROW, _OTHER, _REPEAT = "\x00row", "\x00other", "\x00repeat"
"""Names of helper columns. They contain a NUL, which is not allowed in a header."""


@dataclass(frozen=True, slots=True)
class File:
    """A CSV file of a package.

    Attributes:
        name: Name of the file in error messages.
        data: Content of the file.
        dialect: Table Dialect of the file.
    """

    name: str
    data: bytes
    dialect: Mapping[str, Any]


def row_changes(
    resource: str, old: File, new: File, key: Sequence[str], *, same_fields: bool
) -> Iterator[Change]:
    """Compare the data of two versions of a resource.

    Args:
        resource: Name of the resource.
        old: File of the first version.
        new: File of the second version.
        key: Columns of the primary key. If there are none, or the data have duplicate keys, whole
            rows are compared: a changed row counts as one row removed and one row added.
        same_fields: Whether both schemas have the same fields in the same order.

    Raises:
        CsvError: A file is not well-formed CSV.
    """
    before, after = read_cells(old), read_cells(new)
    same_header = before.columns == after.columns
    if same_fields and not same_header:
        headers = (", ".join(frame.columns) for frame in (before, after))
        yield Change(Kind.ACCESS, resource, None, "header", *headers)
    columns = [name for name in after.columns if name in before.columns]
    changes = list(_changes(resource, before, after, columns, key)) if columns else []
    yield from changes
    if not changes and same_header:
        yield Change(Kind.FORM, resource)


def read_cells(file: File) -> pl.DataFrame:
    """Read the cells of a CSV file as text.

    Raises:
        CsvError: The file is not well-formed CSV; the message contains the file and line.
    """
    reader = csv_reader(file.dialect)
    data = file.data.removeprefix(BOM)
    names, length = read_header(reader, data)
    if not names or not all(names) or any("\0" in name for name in names):
        raise CsvError(
            f"{file.name}:1: the header must have a name for every column, without NUL characters",
            1,
        )
    if len(set(names)) < len(names):
        repeated = next(name for name in names if names.count(name) > 1)
        raise CsvError(f"{file.name}:1: two columns are named {repeated!r}: rename one of them", 1)
    body = data[length:]
    if reader.quote == '"':
        batch = parse_chunk(
            Chunk.of(0, body, reader.delimiter.encode()), len(names), reader.delimiter.encode()
        )
        frame, faults = batch.frame, batch.faults
    else:  # `parse_chunk` supports no other quote character
        _, cells, faults, _ = parse_records(reader, body, len(names))
        frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
    for fault in faults:
        line = data.count(b"\n", 0, length) + (fault.line or 0) + 1
        error = EncodingError if fault.rule is Rule.ENCODING else CsvError
        raise error(
            f"{file.name}:{line}: {fault.message}; run `bonemet-data validate` on the package", line
        )
    return frame.rename(dict(zip(frame.columns, names, strict=True))).fill_null("")


def _changes(
    resource: str,
    old: pl.DataFrame,
    new: pl.DataFrame,
    columns: list[str],
    key: Sequence[str],
) -> Iterator[Change]:
    old, new = old.select(columns), new.select(columns)
    if not key or not set(key) <= set(columns) or _repeats(old, key) or _repeats(new, key):
        repeat = pl.int_range(pl.len()).over(columns).alias(_REPEAT)
        old, new, key = old.with_columns(repeat), new.with_columns(repeat), [*columns, _REPEAT]
    if not old.select(key).equals(new.select(key)):
        matches = (
            new.select(key)
            .with_row_index(_ROW)
            .join(
                old.select(key).with_row_index(_OTHER),
                on=key,
                how="full",
                maintain_order="left_right",
            )
        )
        for text in _texts(old, key, _unmatched(matches, _OTHER, _ROW)):
            yield Change(Kind.ROW_REMOVED, resource, text, old=text)
        for text in _texts(new, key, _unmatched(matches, _ROW, _OTHER)):
            yield Change(Kind.ROW_ADDED, resource, text, new=text)
        matches = matches.select(_ROW, _OTHER).drop_nulls()
        if not matches[_OTHER].is_sorted():
            yield Change(Kind.ROWS_MOVED, resource)
        old, new = old[matches[_OTHER]], new[matches[_ROW]]
    for name in columns:
        rows = (old[name] != new[name]).arg_true()
        values = (frame[name].gather(rows) for frame in (old, new))
        for text, before, after in zip(_texts(new, key, rows), *values, strict=True):
            yield Change(Kind.CELL, resource, text, name, before, after)


def _repeats(frame: pl.DataFrame, key: Sequence[str]) -> bool:
    return bool(frame.select(key).is_duplicated().any())


def _unmatched(matches: pl.DataFrame, present: str, absent: str) -> pl.Series:
    """Return the positions of the rows of one file that have no match in the other file."""
    return matches.filter(pl.col(absent).is_null())[present]


def _texts(frame: pl.DataFrame, key: Sequence[str], rows: pl.Series) -> Iterator[str]:
    """Iterate over the keys of rows as text; the text of a duplicate ends with its number."""
    for parts in frame.select(key)[rows].iter_rows():
        if key[-1] == _REPEAT:
            repeat = f" #{parts[-1] + 1}" if parts[-1] else ""
            yield ", ".join(parts[:-1]) + repeat
        else:
            yield ", ".join(parts)
