"""Annotating and normalizing a column of a file, one batch of rows at a time.

Memory contains one batch, and each distinct value without a concept with its count.
"""

import bz2
import gzip
import lzma
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

import bonemet_data as bm

from ..errors import ArgumentError, DataError, OutputError, UnknownNameError
from ..extras import ARROW, CHECK
from ..package.atomic import atomic_file
from ..reading.sources import COMPRESSED, SEPARATORS, file_format, open_tables
from .progress import progress

with CHECK:
    import polars as pl

if TYPE_CHECKING:
    import pandas as pd

_MOST_FREQUENT = 5
"""Values without a concept that the summary lists."""

Convert: TypeAlias = Callable[[pl.DataFrame], "pd.DataFrame"]
Write: TypeAlias = Callable[[pl.DataFrame], object]


def annotate_file(
    file: Path, output: Path | None, column: str, vocabulary: str, version_column: str | None
) -> str:
    """Add the concepts of a column of codes; return a summary."""

    def annotate(frame: pl.DataFrame) -> "pd.DataFrame":
        icd_version = frame[version_column].to_list() if version_column else None
        return bm.annotate(frame[column].to_list(), vocabulary, icd_version)

    required = [column, *filter(None, [version_column])]
    added = ["concept_id", "predicate", "matched_code"]
    return _convert_file(file, output, required, added, annotate)


def normalize_file(
    file: Path,
    output: Path | None,
    column: str,
    *,
    kind: str | None,
    scopes: Sequence[str],
    separator: str | None,
) -> str:
    """Add the concepts of a column of free text; return a summary."""
    statuses: Counter[str] = Counter()

    def normalize(frame: pl.DataFrame) -> "pd.DataFrame":
        result = bm.normalize(frame[column].to_list(), kind, scopes, separator)
        statuses.update(result["status"].tolist())
        return result

    added = ["concept_id", "status", "matched", "how"]
    summary = _convert_file(file, output, [column], added, normalize)
    counts = ", ".join(f"{number} {status}" for status, number in statuses.most_common())
    return f"{summary}\nNames by status: {counts or 'none'}."


def _convert_file(
    file: Path, output: Path | None, required: Sequence[str], added: Sequence[str], convert: Convert
) -> str:
    """Add columns to a file.

    Args:
        file: File to read, or "-" for CSV on standard input.
        output: File to write; None for CSV on standard output.
        required: Columns that the file must have; the first contains the codes or texts.
        added: Columns of the result of `convert` to add.
        convert: Returns a frame with the rows of a batch, or with their positions.
    """
    rows = 0
    without: Counter[str] = Counter()
    with open_tables(str(file), output=output) as tables, progress(str(file)) as show:
        if len(tables) != 1:
            raise ArgumentError(f"{file} matches {len(tables)} files: choose one of them.")
        with _writer(output) as write:
            for frame, _ in tables[0].frames():
                if not rows:
                    _require_columns(file, frame.columns, required, added)
                result = convert(frame)
                positions = result.get("position")
                converted = frame if positions is None else frame[positions.to_numpy()]
                write(converted.with_columns(_to_polars(result, name) for name in added))
                rows += frame.height
                show(rows)
                missing = result["concept_id"].isna().to_numpy()
                without.update(str(value or "") for value in converted[required[0]].filter(missing))
    return _summary(rows, without)


def _require_columns(
    file: Path, header: Sequence[str], required: Sequence[str], added: Sequence[str]
) -> None:
    for name in required:
        if name not in header:
            raise UnknownNameError(f"{file} has no column {name!r}; it has {', '.join(header)}.")
    for name in added:
        if name in header:
            raise DataError(f"{file} has a column {name!r} already: rename it first.")


def _to_polars(result: "pd.DataFrame", name: str) -> pl.Series:
    texts = result[name].astype(object)
    return pl.Series(name, texts.where(texts.notna(), None).to_list(), dtype=pl.String)


def _summary(rows: int, without: Counter[str]) -> str:
    number = without.total()
    lines = [f"{rows} rows: {rows - number} with a concept, {number} without."]
    if without:
        values = (
            f"{text or '(empty)'} ({count})" for text, count in without.most_common(_MOST_FREQUENT)
        )
        lines.append(
            f"{len(without)} distinct values have none; the most frequent: {', '.join(values)}."
        )
    return "\n".join(lines)


@contextmanager
def _writer(output: Path | None) -> Iterator[Write]:
    """Return the function that writes a frame; the file appears when the block ends."""
    if output is None:
        yield _csv_writer(lambda text: click.echo(text, nl=False), ",")
        return
    kind = file_format(output)
    if kind != "parquet" and kind not in SEPARATORS.values():
        suffixes = [*SEPARATORS, *(f".csv{suffix}" for suffix in COMPRESSED), ".parquet"]
        raise OutputError(
            f"{output} has an unknown format: use a suffix of: {', '.join(suffixes)}."
        )
    with atomic_file(output) as temporary:
        if kind == "parquet":
            with closing(_ParquetWriter(temporary)) as parquet:
                yield parquet.write
        else:
            with _open_compressed(temporary) as stream:
                yield _csv_writer(lambda text: stream.write(text.encode()), str(kind))


def _csv_writer(write: Callable[[str], object], separator: str) -> Write:
    header = True

    def write_frame(frame: pl.DataFrame) -> None:
        nonlocal header
        # Polars quotes an empty text, to tell it from null.
        texts = frame.with_columns(pl.col(pl.String).replace("", None))
        write(texts.write_csv(include_header=header, separator=separator))
        header = False

    return write_frame


def _open_compressed(path: Path) -> Any:
    match path.suffix.lower():
        case ".gz":
            return gzip.open(path, "wb")
        case ".bz2":
            return bz2.open(path, "wb")
        case ".xz":
            return lzma.open(path, "wb")
        case ".zst":
            with ARROW:
                import pyarrow as pa
            return pa.CompressedOutputStream(str(path), "zstd")
    return path.open("wb")


class _ParquetWriter:
    """Writes frames to a Parquet file; the first one determines the types."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer: Any = None

    def write(self, frame: pl.DataFrame) -> None:
        with ARROW:
            import pyarrow.parquet as pq
        table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, table.schema)
        self._writer.write_table(table.cast(self._writer.schema))

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
