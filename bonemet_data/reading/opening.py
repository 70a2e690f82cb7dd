"""Open a file as a table, by its format."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from ..errors import UnsupportedDataError
from ..package.csv_reading import CsvReader
from ..tableschema.model import TableSchema
from .byte_streams import file_state, normalized, open_stream
from .formats import Format
from .json_rows import json_rows, parse_json
from .native_tables import NativeTable
from .row_tables import DialectTable
from .spreadsheets import sheet_rows
from .tables import ColumnarTable, CsvTable, Table
from .temporary_files import Scratch

_PIECE = 2**20


def open_table(
    source: Path | bytes,
    name: str,
    format_: Format,
    scratch: Scratch | None,
    schema: TableSchema | None = None,
    *,
    first: Sequence[str] | None = None,
) -> Table:
    """Open a file, or its content, as a table.

    Args:
        source: Path or content of the file.
        name: Name of the file in findings and error messages.
        format_: Format of the file.
        scratch: Temporary folder for files that must be copied; None to read them in place.
        schema: Table Schema, for the names of tables without header and for the types of native
            values; None if it is unknown.
        first: Header of the first part of the table; None for the first part.

    Raises:
        DataError: The file cannot be read.
        UnsupportedDataError: A property of the format is not implemented.
    """
    match format_.kind:
        case "parquet" | "ipc":
            path = _on_disk(source, name, format_, scratch)
            return ColumnarTable(path, name, format_.kind)
        case "excel":
            packed = format_.compression
            whole = _content(source, name, packed) if packed else source
            rows = sheet_rows(whole, name, format_.dialect)
            values = partial(iter, [*rows])
            return NativeTable(values, name, format_.dialect, schema, first, has_lines=True)
        case "json" | "ndjson":
            data = _content(source, name, format_.compression, format_.encoding)
            document = parse_json(data, name, lines=format_.kind == "ndjson")
            items = json_rows(document, name, format_.dialect, schema)
            return NativeTable(partial(iter, items), name, format_.dialect, schema, first)
    dialect = format_.dialect
    normalized(format_.encoding)
    header_is_first = dialect.header_rows in {(), (1,)} and not dialect.comment_rows
    if CsvReader.of(dialect).is_plain and header_is_first:
        names = None if dialect.header else first or (schema.names if schema else None)
        if dialect.header or names:
            return CsvTable(
                source, name, dialect.delimiter, format_, first=first, without_header=names
            )
    state = file_state(source, name) if isinstance(source, Path) else None
    opener = partial(
        open_stream,
        source,
        name,
        state,
        compression=format_.compression,
        encoding=format_.encoding,
    )
    return DialectTable(opener, name, dialect, schema, first, format_.encoding or "UTF-8")


def _content(source: Path | bytes, name: str, compression: str, encoding: str = "") -> bytes:
    """Return the content of a file, decompressed, and converted to UTF-8."""
    parts, start = [], 0
    with open_stream(source, name, compression=compression, encoding=encoding) as stream:
        while data := stream.read(start, start + _PIECE):
            parts.append(data)
            start += len(data)
            stream.release(start)
    return b"".join(parts)


def _on_disk(source: Path | bytes, name: str, format_: Format, scratch: Scratch | None) -> Path:
    """Return the path of a columnar file, which is a copy if it cannot be read safely in place.

    Polars maps Arrow files into memory, and the process would be killed if another one truncated
    the file: https://github.com/pola-rs/polars/issues/10866
    """
    in_place = isinstance(source, Path) and not format_.compression
    if isinstance(source, Path) and in_place and (format_.kind == "parquet" or scratch is None):
        return source
    if scratch is None:
        raise UnsupportedDataError(
            f"{name} is compressed, and cannot be read on workers: unpack the file."
        )
    path = scratch.new_file()
    with open_stream(source, name, compression=format_.compression) as stream:
        try:
            with path.open("wb") as file:
                start = 0
                while data := stream.read(start, start + _PIECE):
                    file.write(data)
                    start += len(data)
                    stream.release(start)
        except OSError as error:
            raise scratch.full(name, error) from error
    return path
