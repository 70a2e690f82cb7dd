"""Functions of workers that send hashes, find repeated hashes, and read candidates again.

Hashes are sent in buckets, as 8 bytes each. A hash is sent at most twice per batch.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ...errors import BonemetError
from ...extras import CHECK
from ...reading.batches import Batch
from ..batch_checker import BatchChecker, BatchResult, hash_key
from ..hashes import repeated_hashes
from ..keys import BatchStart, candidates, exact_key
from .arrow_rows import (
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
"""Number of buckets per relation. A worker compares one bucket at a time."""

MARKS = 2**22
"""Number of marks. A mark is the last bits of a hash, and selects candidates."""


def buckets(checker: BatchChecker, result: BatchResult) -> list[dict[str, Any]]:
    """Return the hashes of the unique keys of a batch, in buckets."""
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
    """Return the distinct values of self-references and of the columns that they refer to."""
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
    """Iterate over the hashes that occur more than once, with their batches.

    Args:
        frames: Relation, bucket, piece id, batch and hashes, sorted by relation and bucket.
    """
    buckets = (row for frame in frames for row in zip(*frame.to_pydict().values(), strict=True))
    for (relation, _), group in groupby(buckets, itemgetter(0, 1)):
        _, _, piece_ids, batches, parts = zip(*group, strict=True)
        repeated, common = repeated_hashes([np.frombuffer(part, np.uint64) for part in parts])
        if not len(repeated):
            continue
        lengths = [len(part) for part in common]
        yield from rows(
            pl.DataFrame(
                {
                    "relation": relation,
                    "piece_id": np.repeat(piece_ids, lengths),
                    "batch": np.repeat(batches, lengths),
                    "hash": np.concatenate(common).view(np.int64),
                }
            ),
            MEMBER,
        )


def read_candidates(
    readings: Iterable[Reading], starts: Mapping[int, Mapping[int, BatchStart]], marks: Any
) -> Iterator["pa.RecordBatch"]:
    """Read batches again, and iterate over their candidates.

    Args:
        readings: The pieces to read.
        starts: Starts of the batches to read, by piece id and number of the batch.
        marks: Marks of the hashes of candidates.
    """
    is_marked = np.zeros(MARKS, np.bool_)
    is_marked[marks] = True

    def select(_: int, hashes: Any, __: pl.DataFrame) -> pl.Series:
        return pl.Series(is_marked[hashes & np.uint64(MARKS - 1)])

    for reading in readings:
        wanted = starts.get(reading.piece_id, {})
        try:
            for number, pending in enumerate(reading.batches) if wanted else ():
                if number in wanted:
                    batch, start = reading.checker.parse(pending), wanted[number]
                    for frame in candidates(reading.checker, batch, reading.name, start, select):
                        yield from rows(frame, CANDIDATE)
                    yield row(CANDIDATE, finished=reading.piece_id)
                if number >= max(wanted):
                    break
        except BonemetError as error:
            yield row(CANDIDATE, error=error_message(error))
            return


def pack_frames(frames: "Iterable[pa.RecordBatch]") -> Iterator["pa.RecordBatch"]:
    """Serialize frames; see `pack`."""
    for frame in frames:
        yield row(PACKED, packed=pack(pl.DataFrame(pl.from_arrow(frame))))
