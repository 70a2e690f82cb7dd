"""Exchange: the rows of Arrow that Spark's workers and the driver send one another."""

from io import BytesIO
from typing import Any

from ...errors import BonemetError
from ...extras import ARROW, CHECK
from ...package.installed import installed_version
from ..batch_checker import hash_key
from ..keys import CANDIDATES

with CHECK:
    import polars as pl
with ARROW:
    import pyarrow as pa

MAX_PACKED = 50_000
"""Findings in one row."""

_INTEGER, _TEXT = pa.int64(), pa.string()
_COUNT = pa.struct({"rule": _TEXT, "column": _TEXT, "number": _INTEGER})
_BUCKET = pa.struct({"relation": _INTEGER, "bucket": _INTEGER, "hashes": pa.binary()})
VALUE = pa.struct(
    {"relation": _INTEGER, "is_target": pa.bool_(), "hash": _INTEGER, "key": pa.binary()}
)
"""A distinct value of a self-reference, or one that it may have."""

SURVEY = pa.schema(
    {
        **dict.fromkeys(("place", "size", "odd", "outside", "inside", "last_end"), _INTEGER),
        "error": _TEXT,
    }
)
"""The survey of a cell of a CSV file."""

RESULT = pa.schema(
    {
        **dict.fromkeys(("place", "batch"), _INTEGER),
        **dict.fromkeys(("size", "rows", "lines", "cells", "findings", "rowless"), _INTEGER),
        "counts": pa.list_(_COUNT),
        "packed": pa.binary(),
        "buckets": pa.list_(_BUCKET),
        "values": pa.list_(VALUE),
        "digest": _INTEGER,
        "software": _TEXT,
        "error": _TEXT,
    }
)
"""The result of a batch; a row with `packed` alone has further findings."""

MEMBER = pa.schema(dict.fromkeys(("relation", "place", "batch", "hash"), _INTEGER))
"""A batch with a hash that occurs more than once."""

_CANDIDATE_TYPES = {pl.Int64(): _INTEGER, pl.String(): _TEXT, pl.Binary(): pa.binary()}
CANDIDATE = pa.schema(
    {
        "finished": _INTEGER,
        **{n: _CANDIDATE_TYPES.get(t, pa.list_(_INTEGER)) for n, t in CANDIDATES.items()},
        "error": _TEXT,
    }
)
"""A candidate; a row with `finished` alone, the place of a piece, follows those of each batch."""

PACKED = pa.schema({"packed": pa.binary()})
"""Some findings."""


def row(schema: "pa.Schema", **cells: Any) -> "pa.RecordBatch":
    """Return one row; missing cells are null."""
    arrays = [
        cell
        if isinstance(cell := cells.get(field.name), pa.Array)
        else pa.array([cell], field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def rows(frame: pl.DataFrame, schema: "pa.Schema") -> "list[pa.RecordBatch]":
    """Return the rows of a frame; missing columns are null."""
    missing = [pl.lit(None).alias(name) for name in schema.names if name not in frame.columns]
    table = frame.with_columns(missing).select(schema.names).to_arrow()
    return [*table.cast(schema).to_batches()]


def list_of_structs(frame: pl.DataFrame, struct: "pa.DataType") -> "pa.Array":
    """Return a cell with the rows of a frame."""
    columns = [frame[field.name].to_arrow().cast(field.type) for field in struct]
    structs = pa.StructArray.from_arrays(columns, fields=list(struct))
    return pa.ListArray.from_arrays(pa.array([0, frame.height], pa.int32()), structs)


def pack(frame: pl.DataFrame) -> bytes:
    """Return a frame as bytes."""
    file = BytesIO()
    frame.write_ipc(file)
    return file.getvalue()


def unpack(data: bytes) -> pl.DataFrame:
    """Return the frame of some bytes."""
    return pl.read_ipc(BytesIO(data))


def software() -> str:
    """Return the versions, and how keys are hashed: hashes of other versions are not comparable."""
    frame = pl.DataFrame({"a": ["x"], "b": [1.5], "c": [1]})
    hashes = [int(hash_key(each)[0]) for each in (*map(frame.select, frame.columns), frame)]
    version = installed_version()
    return f"bonemet-data {version} with Polars {pl.__version__} ({sum(hashes) % 2**64:016x})"


def error_message(error: BonemetError) -> str:
    """Return the message of an error; a file that the driver read may not exist here."""
    if isinstance(error.__cause__, FileNotFoundError):
        return f"{error} Spark's workers must find each file under the path that the driver has."
    return str(error)
