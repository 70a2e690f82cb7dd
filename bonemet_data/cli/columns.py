"""Annotating and normalizing a column of a file, piece by piece, with a summary at the end.

Memory holds one piece, and each distinct value that has no concept with its count.
"""

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Self, TypeAlias

import click
import pandas as pd

from ..terminology.annotate import annotate
from ..terminology.normalize import normalize
from .files import FileError, Writer, length, read_pieces

_MOST = 5
Change: TypeAlias = Callable[[pd.DataFrame], tuple[pd.DataFrame, "pd.Series[str]"]]
"""Gives the changed piece, and the values of the rows that have no concept."""


def annotate_file(
    file: Path, output: Path | None, column: str, vocabulary: str, version_column: str | None
) -> str:
    """Annotate a column of codes; write the result, and give a summary."""

    def change(piece: pd.DataFrame) -> "tuple[pd.DataFrame, pd.Series[str]]":
        version = piece[version_column] if version_column else None
        found = annotate(piece[column], vocabulary, version)
        rows = piece.take(found["row"].to_numpy()).reset_index(drop=True)
        added = found[["concept_id", "predicate", "matched_code"]]
        lost = found.loc[found["concept_id"].isna(), "code"]
        return pd.concat([rows, added], axis="columns"), lost

    return _convert(file, output, [column, *filter(None, [version_column])], change)


def normalize_file(file: Path, output: Path | None, column: str, kind: str | None) -> str:
    """Normalize a column of free text; write the result, and give a summary."""

    def change(piece: pd.DataFrame) -> "tuple[pd.DataFrame, pd.Series[str]]":
        found = normalize(piece[column], kind)
        added = found[["concept_id", "matched", "status"]].astype("string")
        lost = found.loc[found["concept_id"].isna(), "label"]
        return pd.concat([piece, added], axis="columns"), lost

    return _convert(file, output, [column], change)


def _convert(file: Path, output: Path | None, columns: list[str], change: Change) -> str:
    """Change a file piece by piece, with a progress bar where a person looks on."""
    read = 0
    without: Counter[str] = Counter()
    with (
        click.progressbar(length=length(file), file=sys.stderr, label=file.name) as bar,
        Writer(output) if output else _Printer() as writer,
        closing(read_pieces(file, bar.update)) as pieces,
    ):
        for piece in pieces:
            _need(file, columns, piece)
            changed, lost = change(piece)
            if not changed.columns.is_unique:
                name = changed.columns[changed.columns.duplicated()][0]
                raise FileError(f"{file} has a column {name!r} already: rename it first.")
            writer.write(changed)
            read += len(piece)
            without.update(lost.fillna("").tolist())
    missed = sum(without.values())
    lines = [f"{read} rows: {read - missed} with a concept, {missed} without."]
    if without:
        most = ", ".join(f"{text or '(empty)'} ({n})" for text, n in without.most_common(_MOST))
        lines.append(f"{len(without)} distinct values have none, the most frequent: {most}.")
    return "\n".join(lines)


def _need(file: Path, columns: list[str], piece: pd.DataFrame) -> None:
    for column in columns:
        if column not in piece.columns:
            there = ", ".join(map(str, piece.columns))
            raise FileError(f"{file} has no column {column!r}; it has {there}.")


class _Printer:
    """Writes pieces to standard output as CSV."""

    def __init__(self) -> None:
        self._begun = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def write(self, piece: pd.DataFrame) -> None:
        """Print the rows of a piece."""
        text = piece.to_csv(header=not self._begun, index=False, lineterminator="\n")
        click.echo(text, nl=False)
        self._begun = True
