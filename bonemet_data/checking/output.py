"""Output: the complete table of failures, written whole or not at all."""

import tempfile
from dataclasses import fields
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from ..errors import BonemetError
from ..extras import CHECK
from ..names import unknown
from ..reporting._old_report import Failure

with CHECK:
    import polars as pl

FORMATS = ("parquet", "csv", "json")
_SCHEMA = {
    field.name: pl.Int64() if field.name in {"line", "row"} else pl.String()
    for field in fields(Failure)
}


class OutputError(BonemetError):
    """What a check writes cannot be written, such as the failures; nothing of it has been left."""


def no_room(what: str, folder: Path, error: Exception) -> OutputError:
    """Give the error for what a check lays aside in the folder for temporary files."""
    return OutputError(
        f"{what} cannot be laid aside in {folder}: {error}. Let TMPDIR name a folder with room."
    )


class Output:
    """A file that takes every failure, and appears when the check is done.

    Args:
        path: where; its ending chooses Parquet, CSV, or JSON (one object a line).

    Raises:
        UnknownNameError: the ending is none of these.
        OutputError: its folder is not there or cannot be written to.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self._path = Path(path)
        self._format = self._path.suffix.removeprefix(".").lower()
        if self._format not in FORMATS:
            raise unknown("format of failures", self._format, FORMATS)
        try:
            self._folder = tempfile.TemporaryDirectory(
                dir=self._path.parent, prefix=f".{self._path.name}."
            )
        except OSError as error:
            raise self._refusal(error) from error
        self._parts: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _: BaseException | None,
        __: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._folder.cleanup()

    def add(self, failures: pl.DataFrame) -> None:
        """Take some failures."""
        part = Path(self._folder.name, f"{len(self._parts):09}.arrow")
        try:
            failures.select(*_SCHEMA).write_ipc(part)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise self._refusal(error) from error
        self._parts.append(part)

    def _finish(self) -> None:
        every = (
            pl.scan_ipc(self._parts, glob=False) if self._parts else pl.LazyFrame(schema=_SCHEMA)
        )
        whole = Path(self._folder.name, "whole")
        try:
            if self._format == "parquet":
                every.sink_parquet(whole)
            elif self._format == "csv":
                every.sink_csv(whole)
            else:
                every.sink_ndjson(whole)
            whole.replace(self._path)
        except (OSError, pl.exceptions.PolarsError) as error:
            raise self._refusal(error) from error

    def _refusal(self, error: Exception) -> OutputError:
        return OutputError(f"{self._path} cannot be written: {error}. Nothing was left there.")
