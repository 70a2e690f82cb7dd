"""Formats: how a file is read as a table, from its suffix or from its resource."""

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ..errors import UnsupportedDataError
from ..package.dialect import DEFAULT, Dialect
from ..package.resource import Resource
from .byte_streams import COMPRESSIONS

KINDS = {
    "csv": "csv",
    "tsv": "tsv",
    "tab": "tsv",
    "json": "json",
    "ndjson": "ndjson",
    "jsonl": "ndjson",
    "parquet": "parquet",
    "pq": "parquet",
    "arrow": "ipc",
    "feather": "ipc",
    "ipc": "ipc",
    "xlsx": "excel",
    "xls": "excel",
    "xlsm": "excel",
    "xlsb": "excel",
    "ods": "excel",
}
"""Kind of table for each suffix and each value of `format`."""

MEDIA_TYPES = {
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/x-ndjson": "ndjson",
    "application/vnd.apache.parquet": "parquet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "excel",
    "application/vnd.ms-excel": "excel",
    "application/vnd.oasis.opendocument.spreadsheet": "excel",
}

_TEXT = {"", "txt", "text", "dat", "data", "asc", "prn", "psv", "ssv"}
"""Suffixes of files that are read as CSV, if it is known that they are tables."""

_ALIASES = {"gzip": "gz", "zstd": "zst", "bzip2": "bz2"}


_CSV = DEFAULT._replace(delimiter=",")


@dataclass(frozen=True, slots=True)
class Format:
    """How a file is read as a table.

    Attributes:
        kind: "csv", "json", "ndjson", "excel", "parquet" or "ipc".
        dialect: Table Dialect; its delimiter is stated for the kind "csv".
        encoding: Encoding, or "" for UTF-8.
        compression: One of `COMPRESSIONS`, or "".
    """

    kind: str = "csv"
    dialect: Dialect = _CSV
    encoding: str = ""
    compression: str = ""


def suffix_of(path: str) -> tuple[str, str]:
    """Return the suffix of a path without its period, and that of its compression or "".

    Example:
        >>> suffix_of("a.csv.gz"), suffix_of("b.TSV"), suffix_of("c")
        (('csv', 'gz'), ('tsv', ''), ('', ''))
    """
    suffixes = [each.lower().removeprefix(".") for each in PurePosixPath(path).suffixes]
    compression = suffixes.pop() if suffixes and suffixes[-1] in COMPRESSIONS else ""
    return (suffixes[-1] if suffixes else ""), compression


def is_text(path: str) -> bool:
    """Return whether the suffix of a path is that of text, which may be a table."""
    return suffix_of(path)[0] in _TEXT


def resource_format(resource: Resource, dialect: Dialect, path: str) -> Format:
    """Return the format of a file of a resource.

    Args:
        resource: The resource.
        dialect: Its dialect.
        path: Path of the file.

    Raises:
        UnsupportedDataError: The format is not implemented.
    """
    suffix, packed = suffix_of(path)
    stated = _ALIASES.get(resource.format, resource.format)
    compression = _ALIASES.get(resource.compression, resource.compression) or packed
    if stated in COMPRESSIONS:
        compression, stated = stated, ""
    kind = KINDS.get(stated) or KINDS.get(suffix)
    if kind is None and stated in _TEXT:
        kind = MEDIA_TYPES.get(resource.mediatype)
    if kind is None and dialect.table:
        raise UnsupportedDataError(f"{path}: tables of databases are not implemented.")
    if kind is None and not {suffix, stated} <= _TEXT:
        name = stated or suffix or resource.mediatype
        raise UnsupportedDataError(f"{path}: tables in the format {name!r} are not implemented.")
    return text_format(
        Format(kind or "csv", dialect, resource.encoding, compression), separator=None
    )


def text_format(format_: Format, *, separator: str | None) -> Format:
    """Return a format whose kind and delimiter are explicit.

    Args:
        format_: The format, whose kind may be "tsv".
        separator: Delimiter that replaces the one of the dialect; None for none.
    """
    default = "\t" if format_.kind == "tsv" else ","
    delimiter = separator or format_.dialect.delimiter or default
    return replace(
        format_,
        kind="csv" if format_.kind == "tsv" else format_.kind,
        dialect=format_.dialect._replace(delimiter=delimiter),
    )
