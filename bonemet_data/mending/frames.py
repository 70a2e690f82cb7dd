"""Frames in which some texts are replaced."""

from typing import Any

from ..errors import UnsupportedFrameError
from ..extras import CHECK
from .change_log import WriteChanges
from .columns import ColumnMender, not_text
from .fixes import require_known

with CHECK:
    import polars as pl

_NO_TEXT = "\0"
"""Text that stands for a value that is neither text nor missing."""


def mend_frame(data: Any, mender: ColumnMender, log: WriteChanges) -> Any:
    """Return a new frame of the same type in which some texts are replaced.

    Raises:
        UnsupportedFrameError: The data are not such a frame.
        DataError: A column is not text.
        UnknownNameError: A column with fixes does not exist.
    """
    library, kind = type(data).__module__.partition(".")[0], type(data).__name__
    if library == "polars" and kind == "LazyFrame":
        return mend_frame(data.collect(), mender, log).lazy()
    if library == "polars" and kind == "DataFrame":
        require_known(mender.fixes, data.columns, mender.name)
        mended, changes = mender.mend({name: data[name] for name in mender.fixes}, data.height)
        log(changes)
        return data.with_columns(each.cells.alias(name) for name, each in mended.items())
    if library == "pyarrow" and kind in {"Table", "RecordBatch"}:
        require_known(mender.fixes, data.schema.names, mender.name)
        return mend_arrow(data, mender, log)
    if library == "pandas" and kind == "DataFrame":
        require_known(mender.fixes, list(data.columns), mender.name)
        return _mend_pandas(data, mender, log)
    raise UnsupportedFrameError(
        f"fixes cannot be applied to a {kind}: pass a path, or a pandas, Polars or Arrow frame."
    )


def mend_arrow(data: Any, mender: ColumnMender, log: WriteChanges) -> Any:
    """Return a table or batch of Arrow, with the same schema, in which texts are replaced."""
    columns = {name: pl.Series(pl.from_arrow(data.column(name))) for name in mender.fixes}
    mended, changes = mender.mend(columns, data.num_rows)
    log(changes)
    for name, (cells, _) in mended.items():
        index = data.schema.get_field_index(name)
        field = data.schema.field(index)
        data = data.set_column(index, field, cells.to_arrow().cast(field.type))
    return data


def _mend_pandas(data: Any, mender: ColumnMender, log: WriteChanges) -> Any:
    with CHECK:
        import pandas as pd

    columns = {}
    for name in mender.fixes:
        cells = data[name]
        dtype = cells.dtype
        is_text = isinstance(dtype, pd.CategoricalDtype) or pd.api.types.is_string_dtype(dtype)
        if not (is_text or pd.api.types.is_object_dtype(dtype)):
            raise not_text(mender.name, name, dtype)
        texts = [
            cell if isinstance(cell, str) else None if is_missing else _NO_TEXT
            for cell, is_missing in zip(cells, cells.isna(), strict=True)
        ]
        columns[name] = pl.Series(texts, dtype=pl.String)
    mended, changes = mender.mend(columns, len(data))
    log(changes)
    result = data.copy()
    for name, (_, found) in mended.items():
        cells = result[name].copy()
        if isinstance(cells.dtype, pd.CategoricalDtype):
            added = {fix.replacement for fix in found.values()} - {"", *cells.cat.categories}
            cells = cells.cat.add_categories(sorted(added))
        cells.iloc[[*found]] = [fix.replacement or None for fix in found.values()]
        result[name] = cells
    return result
