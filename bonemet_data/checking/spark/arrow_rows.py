"""Schemas and conversions of the Arrow data that Spark workers and the driver exchange."""

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
"""Maximum number of findings in one row."""

_INTEGER, _TEXT = pa.int64(), pa.string()
_BUCKET = pa.struct({"relation": _INTEGER, "bucket": _INTEGER, "hashes": pa.binary()})
VALUE = pa.struct(
    {"relation": _INTEGER, "is_target": pa.bool_(), "hash": _INTEGER, "key": pa.binary()}
)
"""A distinct value of a self-reference, or of the columns that it refers to (`is_target`)."""

SURVEY = pa.schema(
    {
        **dict.fromkeys(("piece_id", "size", "odd", "outside", "inside"), _INTEGER),
        **dict.fromkeys(("sound_outside", "sound_inside"), _INTEGER),
        "error": _TEXT,
    }
)
"""The survey of one block of a CSV file."""

RESULT = pa.schema(
    {
        **dict.fromkeys(("piece_id", "batch", "part"), _INTEGER),
        **dict.fromkeys(("size", "rows", "lines", "cells", "findings", "rowless"), _INTEGER),
        **dict.fromkeys(("packed", "groups"), pa.binary()),
        "buckets": pa.list_(_BUCKET),
        "values": pa.list_(VALUE),
        "digest": _INTEGER,
        "software": _TEXT,
        "error": _TEXT,
    }
)
"""The result of a batch. Rows without `rows` contain further findings or groups."""

MEMBER = pa.schema(dict.fromkeys(("relation", "piece_id", "batch", "hash"), _INTEGER))
"""A hash that occurs more than once, and a batch that contains it."""

_CANDIDATE_TYPES = {pl.Int64(): _INTEGER, pl.String(): _TEXT, pl.Binary(): pa.binary()}
CANDIDATE = pa.schema(
    {
        "finished": _INTEGER,
        **{n: _CANDIDATE_TYPES.get(t, pa.list_(_INTEGER)) for n, t in CANDIDATES.items()},
        "error": _TEXT,
    }
)
"""A candidate. After the candidates of a batch, a row sets only `finished`, to the piece id."""

PACKED = pa.schema({"packed": pa.binary()})
"""A frame of violations as bytes; see `pack`."""


def row(schema: "pa.Schema", **cells: Any) -> "pa.RecordBatch":
    """Return a record batch with one row; missing cells are null."""
    arrays = [
        cell
        if isinstance(cell := cells.get(field.name), pa.Array)
        else pa.array([cell], field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def rows(frame: pl.DataFrame, schema: "pa.Schema") -> "list[pa.RecordBatch]":
    """Convert a frame to record batches with a schema; missing columns are null."""
    missing = [pl.lit(None).alias(name) for name in schema.names if name not in frame.columns]
    table = frame.with_columns(missing).select(schema.names).to_arrow()
    return [*table.cast(schema).to_batches()]


def list_of_structs(frame: pl.DataFrame, struct: "pa.DataType") -> "pa.Array":
    """Return the rows of a frame as one list of structs, for use as a cell."""
    columns = [frame[field.name].to_arrow().cast(field.type) for field in struct]
    structs = pa.StructArray.from_arrays(columns, fields=list(struct))
    return pa.ListArray.from_arrays(pa.array([0, frame.height], pa.int32()), structs)


def pack(frame: pl.DataFrame) -> bytes:
    """Serialize a frame as bytes."""
    file = BytesIO()
    frame.write_ipc(file)
    return file.getvalue()


def unpack(data: bytes) -> pl.DataFrame:
    """Deserialize a frame from bytes."""
    return pl.read_ipc(BytesIO(data))


def software() -> str:
    """Return the software versions and a test hash, which must be equal on driver and workers."""
    frame = pl.DataFrame({"a": ["x"], "b": [1.5], "c": [1]})
    hashes = [int(hash_key(key)[0]) for key in (*map(frame.select, frame.columns), frame)]
    version = installed_version()
    return f"bonemet-data {version} with Polars {pl.__version__} ({sum(hashes) % 2**64:016x})"


def error_message(error: BonemetError) -> str:
    """Return the message of an error, with a hint if a file does not exist on the worker."""
    if isinstance(error.__cause__, FileNotFoundError):
        return f"{error} Every worker of Spark must have the file at the same path as the driver."
    return str(error)
