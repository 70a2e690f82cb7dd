"""Buckets: hashes by their first bits, so that Spark can bring equal ones together as bytes.

A hash takes eight bytes on its way, and one that stands often in a batch is sent only twice.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ...extras import CHECK
from .rows import MEMBER

if TYPE_CHECKING:
    import pyarrow as pa

with CHECK:
    import numpy as np
    import polars as pl

BUCKETS = 2**10
"""Buckets of a rule; a worker sorts one at a time."""

Bucket = tuple[int, int, bytes]
"""The index of a rule, the bucket, and the hashes."""


def buckets(at: int, hashes: Any) -> Iterator[Bucket]:
    """Put the hashes of a batch for one rule into their buckets."""
    values, counts = np.unique(hashes, return_counts=True)
    values = np.repeat(values, np.minimum(counts, 2))
    numbers, starts = np.unique(values // np.uint64(2**64 // BUCKETS), return_index=True)
    for number, start, end in zip(numbers, starts, [*starts[1:], len(values)], strict=False):
        yield at, int(number), values[start:end].tobytes()


def repeated(frames: "Iterable[pa.RecordBatch]") -> Iterator["pa.RecordBatch"]:
    """Give the hashes that stand more than once, and the batches that hold them.

    Args:
        frames: rule, bucket, place, batch and hashes, sorted by rule and bucket.
    """
    rows = (row for frame in frames for row in zip(*frame.to_pydict().values(), strict=True))
    for (at, _), group in groupby(rows, itemgetter(0, 1)):
        _, _, places, batches, parts = zip(*group, strict=True)
        lengths = [len(part) // 8 for part in parts]
        hashes = np.frombuffer(b"".join(parts), np.int64)
        every = np.sort(hashes)
        twice = np.unique(every[1:][every[1:] == every[:-1]])
        if not len(twice):
            continue
        held = np.isin(hashes, twice)
        owner = np.repeat(np.arange(len(parts)), lengths)[held]
        members = pl.DataFrame({"owner": owner, "hash": hashes[held]}).unique()
        found = members.select(
            pl.lit(at, pl.Int64).alias("at"),
            place=pl.Series(places, dtype=pl.Int64).gather(members["owner"]),
            batch=pl.Series(batches, dtype=pl.Int64).gather(members["owner"]),
            hash="hash",
        )
        yield from found.select(MEMBER.names).to_arrow().cast(MEMBER).to_batches()
