"""Rows: what Spark's workers and its driver tell each other, as rows of Arrow."""

from collections.abc import Sequence
from io import BytesIO
from itertools import accumulate
from typing import Any

from ...package.installed import installed_version
from ...extras import ARROW, CHECK
from ..failures import FAILURES
from ..program import hashed

with CHECK:
    import numpy as np
    import polars as pl
with ARROW:
    import pyarrow as pa

SLICE = 50_000
"""Failures that one row holds."""

_INTEGER, _TEXT = pa.int64(), pa.string()
_VALUE = pa.struct({"hash": _INTEGER, "value": pa.binary()})
_BUCKET = pa.struct({"at": _INTEGER, "bucket": _INTEGER, "hashes": pa.binary()})
_COUNT = pa.struct({"rule": _TEXT, "column": _TEXT, "count": _INTEGER})

SURVEY = pa.schema(
    {**dict.fromkeys(("place", "size", "odd", "outside", "inside"), _INTEGER), "error": _TEXT}
)
"""A cell of a file, and where it may be cut."""

OUTCOME = pa.schema(
    {
        **dict.fromkeys(("place", "batch"), _INTEGER),
        **dict.fromkeys(("size", "rows", "lines", "cells", "failed", "rowless"), _INTEGER),
        "counts": pa.list_(_COUNT),
        "failures": pa.binary(),
        "buckets": pa.list_(_BUCKET),
        "references": pa.list_(pa.list_(_VALUE)),
        "targets": pa.list_(pa.list_(_VALUE)),
        "digest": _INTEGER,
        "made": _TEXT,
        "error": _TEXT,
    }
)
"""What a batch gave: its sizes, its failures, and what can only be judged with the others."""

MEMBER = pa.schema(dict.fromkeys(("at", "place", "batch", "hash"), _INTEGER))
"""A batch that holds a hash which stands more than once."""

CANDIDATE = pa.schema(
    {
        "looked_at": _INTEGER,
        "at": _INTEGER,
        "key": pa.binary(),
        "fresh": pa.list_(_INTEGER),
        "file": _TEXT,
        **{name: _INTEGER if kind == pl.Int64 else _TEXT for name, kind in FAILURES.items()},
        "error": _TEXT,
    }
)
"""A record that fails if its key does: the key's exact value, and the failure.

`at` is the index of the rule among references of the table to itself and keys; `fresh` lists the
columns whose cell does not fail by itself. A row that has only `looked_at` ends a batch.
"""

PACKED = pa.schema({"failures": pa.binary()})
"""Some failures."""


def row(schema: "pa.Schema", **cells: Any) -> "pa.RecordBatch":
    """Make one row; cells that are not given are null."""
    arrays = [
        cell
        if isinstance(cell := cells.get(field.name), pa.Array)
        else pa.array([cell], field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def packed(frame: pl.DataFrame) -> bytes:
    """Write a frame as bytes."""
    file = BytesIO()
    frame.write_ipc(file)
    return file.getvalue()


def unpacked(data: bytes) -> pl.DataFrame:
    """Read a frame from its bytes."""
    return pl.read_ipc(BytesIO(data))


def value_lists(keys: Sequence[pl.DataFrame | None]) -> "pa.Array":
    """Make a cell of lists of distinct values, each with its hash; empty for None."""
    none = pa.array([], _VALUE)
    return _lists([none if key is None else _values(key.unique()) for key in keys], _VALUE)


def _values(key: pl.DataFrame) -> "pa.Array":
    hashes = pa.array(hashed(key).to_numpy().view(np.int64))
    values = exact(key).to_arrow().cast(pa.binary())
    return pa.StructArray.from_arrays([hashes, values], fields=list(_VALUE))


def _lists(parts: "Sequence[pa.Array]", kind: "pa.DataType") -> "pa.Array":
    ends = pa.array([0, *accumulate(map(len, parts))], pa.int32())
    inner = pa.ListArray.from_arrays(ends, pa.concat_arrays([pa.array([], kind), *parts]))
    return pa.ListArray.from_arrays(pa.array([0, len(parts)], pa.int32()), inner)


def exact(key: pl.DataFrame) -> pl.Series:
    """Write the values of a key as bytes, equal if and only if all of them are; none is null."""
    texts = [_text(series) for series in key]
    if len(texts) > 1:
        sized = [pl.concat_str(text.str.len_bytes(), pl.lit(":"), text) for text in texts]
        texts = [pl.select(pl.concat_str(sized)).to_series()]
    return texts[0].cast(pl.Binary)


def _text(series: pl.Series) -> pl.Series:
    if series.dtype == pl.Float64:
        numbers = series.to_numpy() + 0.0  # which makes -0.0 the same as 0.0
        bits = np.where(np.isnan(numbers), np.nan, numbers).view(np.int64)
        return pl.Series(bits).cast(pl.String)
    return series if series.dtype == pl.String else series.to_physical().cast(pl.String)


def made() -> str:
    """Tell which code made a row, and how it hashes: hashes of other code do not compare."""
    proof = pl.DataFrame({"a": ["x"], "b": [1.5], "c": [1]})
    hashes = [*(hashed(proof.select(name))[0] for name in proof.columns), hashed(proof)[0]]
    return f"bonemet-data {installed_version()} with Polars {pl.__version__} ({sum(hashes) % 2**64:016x})"
