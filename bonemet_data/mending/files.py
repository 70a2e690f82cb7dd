"""Files to which fixes are applied."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from ..atomic import atomic_file
from ..errors import ArgumentError, OutputError, UnsupportedDataError
from ..reading.formats import KINDS, Format, suffix_of
from ..reading.row_tables import DialectTable, required_header
from ..reading.sources import (
    STANDARD_INPUT,
    ReadOptions,
    copy_standard_input,
    find_format,
    input_paths,
    is_same_file,
    open_formatted,
    require_encoding,
    require_separator,
)
from ..reading.table_writers import open_compressed
from ..reading.tables import CsvTable
from ..reading.temporary_files import Scratch
from .applied import Applied, summarize
from .change_log import WriteChanges, open_log
from .columnar_files import mend_columnar
from .columns import ColumnMender
from .copying import copy_with_edits, exact_encoding
from .edits import Edit, Editor
from .fixes import Fix, Fixes, require_known

_COLUMNAR = {"parquet", "ipc"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Files to write.

    Attributes:
        data: Path of the mended table; None to change nothing.
        log: Path of the log of changes, or None.
    """

    data: Path | None = None
    log: Path | None = None

    def require_free(self, inputs: Iterable[Path]) -> None:
        """Raise OutputError if an output is an input, or both outputs are one file."""
        paths = [path for path in (self.data, self.log) if path is not None]
        for path in paths:
            if any(is_same_file(path, each) for each in inputs):
                raise OutputError(f"{path} is one of the input files: choose another output file.")
        if len(paths) > 1 and is_same_file(*paths):
            raise OutputError(f"{self.log} is also the output: choose another file for the log.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMender:
    """Mender of a file.

    Attributes:
        fixes: Fixes by column and value.
        options: How the file is read.
        outputs: Files to write.
        inputs: Other files that must not be written.
        allow_unused: Whether a fix may change no cell.
        progress: Function to call with the numbers of records and bytes.
    """

    fixes: Fixes
    options: ReadOptions
    outputs: Outputs
    inputs: Iterable[Path] = ()
    allow_unused: bool = False
    progress: Callable[[int, int], object] = lambda _, __: None

    def mend(self, data: str, notes: Iterable[str] = ()) -> Applied:
        """Apply the fixes to a file; see `bonemet_data.apply` for the errors."""
        require_separator(self.options.separator)
        if self.options.encoding is not None:
            require_encoding(self.options.encoding)
        with Scratch() as scratch, ExitStack() as stack:
            path, name = _find_file(data, scratch)
            format_ = self._format(path, name)
            output = self.outputs.data
            self.outputs.require_free([path, *self.inputs])
            log = stack.enter_context(open_log(self.outputs.log))
            if output is not None:
                _require_same_kind(output, format_, name)
            target = stack.enter_context(atomic_file(output)) if output is not None else None
            if format_.kind in _COLUMNAR:
                mender = ColumnMender(self.fixes, name)
                for rows in mend_columnar(path, format_.kind, target, mender, log):
                    self.progress(rows, rows)
                numbers, rows = mender.numbers, mender.rows
            else:
                table = open_formatted(path, name, format_, self.options, scratch)
                assert isinstance(table, CsvTable | DialectTable)  # noqa: S101 - the kind is "csv"
                editor = self._editor(table, name, format_)
                numbers = Counter()
                edits = _counted(editor.edits(table), numbers, log)
                if target is None or output is None:
                    for _ in edits:
                        pass
                else:
                    with open_compressed(target, suffix_of(output.name)[1]) as stream:
                        copy_with_edits(path, name, format_, edits, stream.write)
                rows, notes = editor.rows, [*notes, *editor.notes()]
            return summarize(
                self.fixes, numbers, rows, notes, name=name, allow_unused=self.allow_unused
            )

    def _format(self, path: Path, name: str) -> Format:
        format_ = find_format(path, name, self.options)
        if format_.kind == "csv":
            return replace(format_, encoding=exact_encoding(path, name, format_))
        if format_.kind in _COLUMNAR and not format_.compression:
            return format_
        raise UnsupportedDataError(
            f"{name}: fixes are applied to CSV, Parquet and Arrow files only, whose other parts "
            "stay as they are: save the table as CSV, or change the cells in the program that "
            "wrote the file."
        )

    def _editor(self, table: CsvTable | DialectTable, name: str, format_: Format) -> Editor:
        header = required_header(table.header, name)
        require_known(self.fixes, header, name)
        for fix in (fix for each in self.fixes.values() for fix in each.values()):
            _require_encodable(fix, format_.encoding)
        fixes = {header.index(column): each for column, each in self.fixes.items()}
        return Editor(name, fixes, self.progress)


def _find_file(data: str, scratch: Scratch) -> tuple[Path, str]:
    if data == STANDARD_INPUT:
        return copy_standard_input(scratch), STANDARD_INPUT
    paths = input_paths(data)
    if len(paths) > 1:
        raise ArgumentError(
            f"{data} matches {len(paths)} files: apply the fixes to one file at a time."
        )
    return paths[0], str(paths[0])


def _counted(edits: Iterator[Edit], numbers: Counter[Fix], log: WriteChanges) -> Iterator[Edit]:
    """Iterate over edits, count their fixes, and log their changes."""
    for edit in edits:
        numbers.update(change.fix for change in edit.changes)
        log(edit.changes)
        yield edit


def _require_same_kind(output: Path, format_: Format, name: str) -> None:
    suffix, compression = suffix_of(output.name)
    kind = KINDS.get(suffix, "csv")
    is_same = format_.kind == ("csv" if kind == "tsv" else kind)
    if not is_same or compression == "zip" or (compression and kind in _COLUMNAR):
        raise OutputError(
            f"{output}: fixes do not change the format of {name}: use its extension, but not .zip."
        )


def _require_encodable(fix: Fix, encoding: str) -> None:
    try:
        fix.replacement.encode(encoding)
    except UnicodeEncodeError as error:
        raise OutputError(
            f"{fix}: the character {fix.replacement[error.start]!r} does not exist in {encoding}, "
            "the encoding of the table: choose another replacement, or convert the table to UTF-8."
        ) from error
