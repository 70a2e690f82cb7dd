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
from ..reading.tables import Table
from ..reporting.escaping import printable
from ..terminology.detect import CodeCounts, count_codes
from .progress import progress

with CHECK:
    import polars as pl

if TYPE_CHECKING:
    import pandas as pd

_MOST_FREQUENT = 5
"""Values without a concept that the summary lists."""

_SEPARATED = "separated_code"
"""Column of the single codes of cells with several."""

Convert: TypeAlias = Callable[[pl.DataFrame], "pd.DataFrame"]
Write: TypeAlias = Callable[[pl.DataFrame], object]


def annotate_file(  # noqa: PLR0917 - one for each option
    file: Path,
    output: Path | None,
    column: str,
    vocabulary: str,
    version_column: str | None,
    code_separator: str | None,
) -> str:
    """Add the concepts of a column of codes; return a summary."""
    terms = bm.vocabulary()
    counts = CodeCounts()
    asked: tuple[str, ...] = ()

    def annotate(frame: pl.DataFrame) -> "pd.DataFrame":
        nonlocal asked
        icd_version = frame[version_column].to_list() if version_column else None
        annotated = terms.annotate_and_count(
            frame[column], vocabulary, icd_version, separator=code_separator
        )
        counts.update(annotated.counts)
        asked = annotated.vocabularies
        return annotated.frame.rename(columns={"code": _SEPARATED})

    required = [column, *filter(None, [version_column])]
    added = ["concept_id", "predicate", "matched_code", "status"]
    if code_separator is not None:
        added.insert(0, _SEPARATED)
    summary = _convert_file(file, output, required, added, annotate)
    doubts = terms.detector.messages(asked, counts)
    ambiguity = None if doubts else terms.detector.ambiguity(asked, counts)
    lines = [summary, *_status_lines(counts), *doubts, *filter(None, [ambiguity])]
    return "\n".join(lines)


def detect_file(file: Path, column: str, code_separator: str | None) -> str:
    """Return the vocabularies that a column of codes may be of, one a line."""
    codes: Counter[str] = Counter()
    with open_tables(str(file)) as tables, progress(str(file)) as show:
        rows = 0
        for frame, _ in _only_table(file, tables).frames():
            if not rows:
                _require_columns(file, frame.columns, [column], [])
            codes.update(count_codes(frame[column], code_separator))
            rows += frame.height
            show(rows)
    total = codes.total()
    lines = [
        f"{fit.vocabulary:<12}  {fit.codes:,} of {total:,} values ({fit.codes / total:.1%}) "
        f"have the form of {fit.name}; {fit.matched:,} lead to a concept"
        for fit in bm.vocabulary().detector.fits(codes)
        if fit.codes
    ]
    return "\n".join(lines or [f"None of {total:,} values is a code of a known vocabulary."])


def _status_lines(counts: CodeCounts) -> Iterator[str]:
    """Iterate over a line for each status of codes that need attention."""
    for status in ("unknown_code", "not_a_code"):
        if number := counts.count(status):
            most = _most_frequent(counts.texts[status])
            yield f"{number:,} values have the status {status}; the most frequent: {most}."


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
        table = _only_table(file, tables)
        with _writer(output) as write:
            for frame, _ in table.frames():
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


def _only_table(file: Path, tables: Sequence[Table]) -> Table:
    if len(tables) != 1:
        raise ArgumentError(f"{file} matches {len(tables)} files: choose one of them.")
    return tables[0]


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
        lines.append(
            f"{len(without)} distinct values have none; the most frequent: "
            f"{_most_frequent(without)}."
        )
    return "\n".join(lines)


def _most_frequent(texts: Counter[str]) -> str:
    most = texts.most_common(_MOST_FREQUENT)
    return ", ".join(f"{printable(text) or '(empty)'} ({count})" for text, count in most)


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
