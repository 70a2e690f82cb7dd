"""Compare the rows of two tables: match them by primary key, then compare their cells."""

from collections.abc import Iterator, Sequence

from ..errors import CsvError, DataError, EncodingError
from ..extras import CHECK
from ..reading.tables import Table
from ..reporting.rules import Rule
from .changes import Change, Kind

with CHECK:
    import polars as pl

_ROW, _OTHER, _REPEAT = "\x00row", "\x00other", "\x00repeat"
"""Names of helper columns. They contain a NUL, which is not allowed in a header."""


def row_changes(
    resource: str,
    old: Sequence[Table],
    new: Sequence[Table],
    key: Sequence[str],
    *,
    same_fields: bool,
) -> Iterator[Change]:
    """Compare the data of two versions of a resource.

    Args:
        resource: Name of the resource.
        old: Parts of the table of the first version.
        new: Parts of the table of the second version.
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


def read_cells(tables: Sequence[Table]) -> pl.DataFrame:
    """Read the cells of the parts of a table as text; a missing cell is "".

    Raises:
        CsvError: A file is not well-formed CSV; the message contains the file and line.
        DataError: The parts have different columns, or a file cannot be read.
    """
    frames: list[pl.DataFrame] = []
    for table in tables:
        header = _header(table)
        line = table.header_lines + 1
        for pending in table.batches(header):
            batch = pending.parse()
            for fault in batch.faults:
                at = line + (fault.line or 0)
                place = f"{table.name}:{at}" if batch.line_count else f"{table.name}"
                error = EncodingError if fault.rule is Rule.ENCODING else CsvError
                message = f"{place}: {fault.message}; run `bonemet-data validate` on the package"
                if fault.rule is not Rule.TYPE:
                    raise error(message, at)
            line += batch.line_count
            frame = batch.frame.rename(dict(zip(batch.frame.columns, header, strict=True)))
            frames.append(frame.select(pl.all().cast(pl.String).fill_null("")))
        frames.append(pl.DataFrame(schema=dict.fromkeys(header, pl.String)))
    try:
        return pl.concat(frames)
    except pl.exceptions.PolarsError as error:
        raise DataError(
            f"{tables[0].name}: the parts of the table have different columns: make them equal."
        ) from error


def _header(table: Table) -> tuple[str, ...]:
    names = table.header
    if not names or not all(names) or any("\0" in name for name in names):
        raise CsvError(
            f"{table.name}:1: the header must have a name for every column, without NUL characters",
            1,
        )
    if len(set(names)) < len(names):
        seen: set[str] = set()
        repeated = next(name for name in names if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise CsvError(f"{table.name}:1: two columns are named {repeated!r}: rename one of them", 1)
    return names


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
