"""Apply fixes to tables."""

from collections.abc import Callable
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from .errors import ArgumentError
from .package.installed import PUBLISHED, open_version
from .reading.schema_source import SchemaSource, read_user_schema

if TYPE_CHECKING:
    import pandas as pd

    from .mending.applied import Applied

Progress = Callable[[int, int], object]


@overload
def apply(
    data: str | PathLike[str],
    fixes: "str | PathLike[str] | pd.DataFrame",
    *,
    output: str | PathLike[str] | None = None,
    log: str | PathLike[str] | None = None,
    schema: SchemaSource | None = None,
    resource: str | None = None,
    separator: str | None = None,
    encoding: str | None = None,
    allow_unused: bool = False,
    progress: Progress | None = None,
) -> "Applied": ...


@overload
def apply(
    data: Any,
    fixes: "str | PathLike[str] | pd.DataFrame",
    *,
    log: str | PathLike[str] | None = None,
    allow_unused: bool = False,
) -> Any: ...


def apply(
    data: Any,
    fixes: "str | PathLike[str] | pd.DataFrame",
    *,
    output: str | PathLike[str] | None = None,
    log: str | PathLike[str] | None = None,
    schema: SchemaSource | None = None,
    resource: str | None = None,
    separator: str | None = None,
    encoding: str | None = None,
    allow_unused: bool = False,
    progress: Progress | None = None,
) -> Any:
    """Replace values of a table, and change nothing else.

    Each fix replaces the cells of one column that have exactly one text. In a CSV file all other
    bytes stay as they are: quotes, line ends, encoding, comments, and malformed rows, whose cells
    are not replaced. The file is read in chunks, so that memory does not grow with its size.

    Args:
        data: Path of a CSV or TSV file (plain, .gz, .bz2, .xz, .zst or .zip), a Parquet file or an
            Arrow file; "-" for CSV on standard input; or a pandas, Polars or Arrow frame.
        fixes: Path of the file that `bonemet-data check --fixes` wrote and a person edited, as
            CSV, xlsx or ods, or the frame of `Report.fixes`. Rows with a `replacement` are applied;
            the replacement "<empty>" makes cells empty.
        output: Path of the file to write, in the format of the data; its suffix states the
            compression. It must not be an input. Default: no file, only the result.
        log: Path of a CSV file for the line, row, column, old and new text of each changed cell.
            Default: no file.
        schema: Path of the `datapackage.json`, or of the Table Schema, with which the data were
            checked, if it states how they are read. Default: none.
        resource: Name of a resource of `datapackage.json`. Default: the resource with the path of
            the data, or the only resource.
        separator: Separator of CSV files, one ASCII character. Default: as for `check`.
        encoding: Encoding of text files, which is also that of the output. Default: as for `check`.
        allow_unused: Whether a fix may change no cell. Default: False.
        progress: Function to call with the numbers of records and bytes read so far. Default: none.

    Returns:
        Applied: The numbers of changed cells, for a file; or a new frame of the same type.

    Raises:
        ArgumentError: The fixes lack a column, or an option does not fit the data.
        UnknownNameError: There is no column with fixes in the data.
        DataError: Data or fixes cannot be read, a value to replace does not occur, or two fixes
            contradict each other. Nothing was written.
        UnsupportedDataError: Such a file, as a spreadsheet, cannot be changed without changing its
            other parts.
        OutputError: An output is an input, cannot be written, or cannot express a text.
        MissingExtraError: Polars is not installed.

    See Also:
        check: Check a table.
        Report.fixes: Return the faults and suggestions of a report.

    Example:
        >>> import bonemet_data as bm
        >>> import pandas as pd
        >>> cohort = pd.DataFrame({"lesion": ["osteolytic", "Mixed", "lytic"]})
        >>> fixes = bm.check(cohort, columns={"lesion": "types"}).fixes()
        >>> fixes["replacement"] = fixes["suggestion"]
        >>> bm.apply(cohort, fixes)["lesion"].tolist()
        ['osteolytic', 'mixed', 'osteolytic']
    """
    import pandas as pd

    from .mending.applied import summarize
    from .mending.change_log import open_log
    from .mending.columns import ColumnMender
    from .mending.files import FileMender, Outputs
    from .mending.fixes import read_frame, select_fixes
    from .mending.fixes_file import read_fixes
    from .mending.frames import mend_frame
    from .reading.sources import ReadOptions

    inputs: list[Path] = []
    notes: list[str] = []
    if isinstance(fixes, pd.DataFrame):
        selected = select_fixes(read_frame(fixes))
    else:
        stated, notes = read_fixes(fixes)
        selected, inputs = select_fixes(stated), [Path(fixes)]
    outputs = Outputs(data=Path(output) if output else None, log=Path(log) if log else None)
    if not isinstance(data, str | PathLike):
        if output is not None:
            raise ArgumentError(
                "output is only for files: omit it, and use the frame that is returned."
            )
        outputs.require_free(inputs)
        mender = ColumnMender(selected, "the frame")
        with open_log(outputs.log) as write:
            frame = mend_frame(data, mender, write)
            summarize(
                selected, mender.numbers, mender.rows, name=mender.name, allow_unused=allow_unused
            )
        return frame
    options = ReadOptions(separator, encoding, columns=[*selected])
    if schema is not None:
        user = read_user_schema(schema, {PUBLISHED: open_version(None)}, resource, str(data))
        options = replace(options, resource=user.resource, dialect=user.dialect, schema=user.schema)
        inputs += [Path(schema)] if isinstance(schema, str | PathLike) else []
    mender_of_file = FileMender(
        fixes=selected,
        options=options,
        outputs=outputs,
        inputs=inputs,
        allow_unused=allow_unused,
        progress=progress or (lambda _, __: None),
    )
    return mender_of_file.mend(str(data), notes)
