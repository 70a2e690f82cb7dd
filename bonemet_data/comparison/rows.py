"""Changes of the data: rows matched by primary key, and each cell that differs."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from ..errors import PackageError
from ..package.csv_reading import csv_options
from ..package.descriptor import Resource
from .changes import Change, Kind

_BETWEEN, _AGAIN = "\x1f", "\x1e"
"""Characters that stand in no sound cell, between the parts of a key and before its count."""


def row_changes(
    old: tuple[Resource, bytes],
    new: tuple[Resource, bytes],
    key: Sequence[str],
    *,
    same_fields: bool,
) -> Iterator[Change]:
    """Compare the data of two versions of a resource.

    Args:
        old: the resource in the first package, and its bytes.
        new: the resource in the second, and its bytes.
        key: the columns that make a row; without any, or where they repeat, whole rows are
            compared, and a changed row is one removed and one added.
        same_fields: whether the two schemas have the same fields, in the same order.
    """
    name = new[0].name
    if old[1] == new[1]:
        return
    before, after = _read(*old), _read(*new)
    columns = [column for column in after.columns if column in before.columns]
    if same_fields and list(before.columns) != list(after.columns):
        texts = [", ".join(map(str, frame.columns)) for frame in (before, after)]
        yield Change(Kind.ACCESS, name, None, "header", *texts)
    changes = list(_compare(name, before, after, columns, key))
    yield from changes
    if not changes and list(before.columns) == list(after.columns):
        yield Change(Kind.FORM, name, None, None, None, None)


def _compare(
    name: str,
    before: pd.DataFrame,
    after: pd.DataFrame,
    columns: list[str],
    key: Sequence[str],
) -> Iterator[Change]:
    usable = bool(key) and set(key) <= set(columns)
    keys = [_keys(frame, key if usable else columns) for frame in (before, after)]
    if usable and not all(each.is_unique for each in keys):
        usable = False
        keys = [_keys(frame, columns) for frame in (before, after)]
    if not usable:
        keys = [_numbered(each) for each in keys]
    old, new = (frame.set_axis(at) for frame, at in zip((before, after), keys, strict=True))
    for row in map(_shown, old.index[~old.index.isin(new.index)]):
        yield Change(Kind.ROW_REMOVED, name, row, None, row, None)
    for row in map(_shown, new.index[~new.index.isin(old.index)]):
        yield Change(Kind.ROW_ADDED, name, row, None, None, row)
    old = old[old.index.isin(new.index)]
    new = new[new.index.isin(old.index)]
    if not old.index.equals(new.index):
        yield Change(Kind.ROWS_MOVED, name)
        old = old.reindex(new.index)
    for column in columns:
        ones, twos = old[column].to_numpy(), new[column].to_numpy()
        for at in (ones != twos).nonzero()[0]:
            yield Change(Kind.CELL, name, _shown(new.index[at]), column, ones[at], twos[at])


def _shown(key: str) -> str:
    return key.replace(_BETWEEN, ", ").replace(_AGAIN, " #")


def _read(resource: Resource, data: bytes) -> pd.DataFrame:
    options = csv_options(resource.dialect)
    try:
        return pd.read_csv(
            io.BytesIO(data),
            sep=options["delimiter"],
            quotechar=options["quotechar"],
            dtype=object,
            na_filter=False,
            encoding="utf-8-sig",
            index_col=False,
            skip_blank_lines=False,
        )
    except (ValueError, UnicodeDecodeError) as error:
        raise PackageError(
            f"{resource.path} cannot be compared: {error}. Run  bonemet-data validate  on it."
        ) from error


def _keys(frame: pd.DataFrame, columns: Sequence[str]) -> "pd.Index[Any]":
    first, *others = columns
    keys = frame[first]
    for column in others:
        keys = keys + _BETWEEN + frame[column]
    index: pd.Index[Any] = pd.Index(keys.to_numpy(), dtype=object)
    return index


def _numbered(keys: "pd.Index[Any]") -> "pd.Index[Any]":
    """Tell equal rows apart by counting them."""
    series = pd.Series(keys)
    count = series.groupby(series).cumcount()
    numbered = series.where(count == 0, series + _AGAIN + (count + 1).astype(str))
    index: pd.Index[Any] = pd.Index(numbered.to_numpy(), dtype=object)
    return index
