"""Store 64-bit hashes of keys in memory or on disk, and find hashes that occur more than once."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeAlias

from ..extras import CHECK
from ..reading.temporary_files import Scratch

with CHECK:
    import numpy as np

Array: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint64]]

MAX_BYTES = 32 * 2**20
"""Bytes of hashes to keep in memory before they are written to disk."""

_BUCKETS = 256
"""Number of buckets: ranges of hashes of equal width."""

_SPAN_SIZE = 2**20
"""Approximate number of hashes that are compared at a time."""


def repeated_hashes(parts: Sequence[Array]) -> tuple[Array, list[Array]]:
    """Return the hashes that occur more than once, in all parts and by part.

    Args:
        parts: Arrays of hashes, each in ascending order.
    """
    hashes = np.concatenate(parts)
    hashes.sort()
    repeated = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
    return repeated, [_common(part, repeated) for part in parts]


def _common(part: Array, repeated: Array) -> Array:
    indices = np.searchsorted(part, repeated)
    indices[indices == len(part)] = 0
    return repeated[part[indices] == repeated] if len(part) else repeated[:0]


@dataclass(slots=True)
class _Batch:
    """Hashes of one batch: start of each bucket, and the hashes or their offset in the file."""

    number: int
    starts: list[int]
    hashes: Array | None
    offset: int = 0


class HashStore:
    """Hashes of one key of all batches.

    Args:
        scratch: Temporary folder for hashes that do not fit in memory.
        name: Name of the file in that folder.
        max_bytes: Bytes of hashes to keep in memory.
    """

    def __init__(self, scratch: Scratch, name: str, max_bytes: int = MAX_BYTES) -> None:
        self._scratch, self._name, self._max_bytes = scratch, name, max_bytes
        self._batches: list[_Batch] = []
        self._bytes = self._offset = 0

    def add(self, number: int, hashes: Array) -> None:
        """Add the hashes of a batch.

        Args:
            number: Number of the batch.
            hashes: The hashes, in ascending order.

        Raises:
            OutputError: The disk is full.
        """
        width = np.uint64(2**64 // _BUCKETS)
        edges = np.arange(1, _BUCKETS, dtype=np.uint64) * width
        starts = [0, *np.searchsorted(hashes, edges).tolist(), len(hashes)]
        self._batches.append(_Batch(number, starts, hashes))
        self._bytes += hashes.nbytes
        if self._bytes > self._max_bytes:
            self._spill()

    def repeated(self) -> tuple[Array, set[int]]:
        """Return the hashes that occur more than once, and the numbers of the batches with them."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            results = [*pool.map(self._compare, self._spans())]
        hashes = [repeated for repeated, _ in results]
        return (
            np.concatenate([np.empty(0, np.uint64), *hashes]),
            set[int]().union(*(numbers for _, numbers in results)),
        )

    def _spill(self) -> None:
        """Write the hashes in memory to disk."""
        try:
            with (self._scratch.path / self._name).open("ab") as file:
                for batch in self._batches:
                    if batch.hashes is not None:
                        batch.hashes.tofile(file)
                        batch.offset = self._offset
                        self._offset += len(batch.hashes)
                        batch.hashes = None
        except OSError as error:
            raise self._scratch.full("the hashes of a key", error) from error
        self._bytes = 0

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Iterate over ranges of buckets with about `_SPAN_SIZE` hashes."""
        if not self._batches:
            return
        ends = np.sum([batch.starts for batch in self._batches], axis=0).tolist()
        first = 0
        for last in range(1, _BUCKETS + 1):
            if last == _BUCKETS or ends[last] - ends[first] >= _SPAN_SIZE:
                yield first, last
                first = last

    def _compare(self, span: tuple[int, int]) -> tuple[Array, set[int]]:
        repeated, common = repeated_hashes([self._part(batch, *span) for batch in self._batches])
        pairs = zip(self._batches, common, strict=True)
        return repeated, {batch.number for batch, hashes in pairs if len(hashes)}

    def _part(self, batch: _Batch, first: int, last: int) -> Array:
        start, end = batch.starts[first], batch.starts[last]
        if batch.hashes is not None:
            return batch.hashes[start:end]
        path = self._scratch.path / self._name
        return np.fromfile(path, np.uint64, end - start, offset=8 * (batch.offset + start))
