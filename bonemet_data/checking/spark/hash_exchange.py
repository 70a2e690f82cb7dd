"""Hash exchange: how workers send hashes and keys, find repeated ones, and read candidates again.

Hashes travel in buckets of bytes, eight for each, and one that is frequent in a batch twice only.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ...errors import BonemetError
from ...extras import CHECK
from ..batch_checker import BatchChecker, BatchResult, hash_key
from ..batches import Batch
from ..hashes import repeated_hashes
from ..keys import BatchStart, candidates, exact_key
from .exchange import (
    CANDIDATE,
    MEMBER,
    PACKED,
    VALUE,
    error_message,
    list_of_structs,
    pack,
    row,
    rows,
)
from .pieces import Reading

if TYPE_CHECKING:
    import pyarrow as pa


with CHECK:
    import numpy as np
    import polars as pl

BUCKETS = 2**10
"""Buckets of a relation; a worker compares one at a time."""

MARKS = 2**22
"""Number of marks: a hash that is looked for is known by its last bits."""


def buckets(checker: BatchChecker, result: BatchResult) -> list[dict[str, Any]]:
    """Return the hashes of unique keys in buckets."""
    return [
        {"relation": index, "bucket": bucket, "hashes": hashes}
        for index, all_hashes in result.hashes.items()
        if not checker.relations[index].internal
        for bucket, hashes in _buckets(all_hashes)
    ]


def _buckets(hashes: Any) -> Iterator[tuple[int, bytes]]:
    values, counts = np.unique(hashes, return_counts=True)
    values = np.repeat(values, np.minimum(counts, 2))
    numbers, starts = np.unique(values // np.uint64(2**64 // BUCKETS), return_index=True)
    for number, start, end in zip(numbers, starts, [*starts[1:], len(values)], strict=False):
        yield int(number), values[start:end].tobytes()


def reference_values(checker: BatchChecker, batch: Batch, result: BatchResult) -> "pa.Array":
    """Return the distinct values of self-references, and the values that they may have."""
    frames = [pl.DataFrame(schema=["relation", "is_target", "hash", "key"])]
    for index, targets in result.targets.items():
        _, key = checker.complete_keys(batch, checker.relations[index].columns)
        frames += [
            pl.DataFrame(
                {
                    "relation": index,
                    "is_target": is_target,
                    "hash": hash_key(distinct).view(np.int64),
                    "key": exact_key(distinct),
                }
            )
            for is_target, distinct in ((False, key.unique()), (True, targets))
        ]
    return list_of_structs(pl.concat(frames, how="vertical_relaxed"), VALUE)


def repeated_members(frames: "Iterable[pa.RecordBatch]") -> Iterator["pa.RecordBatch"]:
    """Return the hashes that occur more than once, and their batches.

    Args:
        frames: Relation, bucket, place, batch and hashes, sorted by relation and bucket.
    """
    buckets = (each for frame in frames for each in zip(*frame.to_pydict().values(), strict=True))
    for (relation, _), group in groupby(buckets, itemgetter(0, 1)):
        _, _, places, batches, parts = zip(*group, strict=True)
        repeated, common = repeated_hashes([np.frombuffer(part, np.uint64) for part in parts])
        if not len(repeated):
            continue
        lengths = [len(part) for part in common]
        yield from rows(
            pl.DataFrame(
                {
                    "relation": relation,
                    "place": np.repeat(places, lengths),
                    "batch": np.repeat(batches, lengths),
                    "hash": np.concatenate(common).view(np.int64),
                }
            ),
            MEMBER,
        )


def read_candidates(
    readings: Iterable[Reading], starts: Mapping[int, Mapping[int, BatchStart]], marks: Any
) -> Iterator["pa.RecordBatch"]:
    """Read some batches again, and return their candidates.

    Args:
        readings: Pieces.
        starts: The batches by place and number.
        marks: Marks of the hashes that are looked for.
    """
    is_marked = np.zeros(MARKS, np.bool_)
    is_marked[marks] = True

    def select(_: int, hashes: Any, __: pl.DataFrame) -> pl.Series:
        return pl.Series(is_marked[hashes & np.uint64(MARKS - 1)])

    for reading in readings:
        wanted = starts.get(reading.place, {})
        try:
            for number, pending in enumerate(reading.batches) if wanted else ():
                if number in wanted:
                    batch, start = pending.parse(), wanted[number]
                    for frame in candidates(reading.checker, batch, reading.name, start, select):
                        yield from rows(frame, CANDIDATE)
                    yield row(CANDIDATE, finished=reading.place)
                if number >= max(wanted):
                    break
        except BonemetError as error:
            yield row(CANDIDATE, error=error_message(error))
            return


def pack_frames(frames: "Iterable[pa.RecordBatch]") -> Iterator["pa.RecordBatch"]:
    """Return frames as bytes."""
    for frame in frames:
        yield row(PACKED, packed=pack(pl.DataFrame(pl.from_arrow(frame))))
