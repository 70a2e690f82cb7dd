"""Hashes: 64 bits for each record of a key, in memory and, past that, on disk."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple, TypeAlias

from ..extras import CHECK
from .output import no_room

with CHECK:
    import numpy as np
    import polars as pl

Array: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint64]]

HELD = 32 * 2**20
"""Bytes of hashes that are held in memory before they go to disk."""

_BUCKETS = 256
"""Parts of equal width into which the hashes of a batch fall."""

_TOGETHER = 2**20
"""Hashes, more or less, that are compared with one another at a time."""


class _Batch(NamedTuple):
    """The hashes of one batch: where each bucket begins, and all of them, or where they lie."""

    number: int
    cuts: list[int]
    hashes: Array | None
    place: int


class Hashes:
    """The hashes of one key, batch by batch.

    Args:
        path: the file that takes them when they are too many for memory.
        held: bytes that memory may hold.
    """

    def __init__(self, path: Path, held: int = HELD) -> None:
        self._path, self._held = path, held
        self._batches: list[_Batch] = []
        self._bytes = self._place = 0

    def add(self, number: int, hashes: Array) -> None:
        """Take the hashes of a batch, in ascending order.

        Raises:
            OutputError: the disk is full.
        """
        width = np.uint64(2**64 // _BUCKETS)
        edges = np.arange(1, _BUCKETS, dtype=np.uint64) * width
        cuts = [0, *np.searchsorted(hashes, edges).tolist(), len(hashes)]
        self._batches.append(_Batch(number, cuts, hashes, 0))
        self._bytes += hashes.nbytes
        if self._bytes > self._held:
            self._spill()

    def repeated(self) -> tuple[pl.Series, set[int]]:
        """Give the hashes that stand more than once, and the numbers of the batches with one."""
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = [each for each in pool.map(self._look, self._spans()) if each[1]]
        if not found:
            return pl.Series(dtype=pl.UInt64), set()
        hashes = pl.Series(np.concatenate([twice for twice, _ in found]), dtype=pl.UInt64)
        return hashes.unique(), set().union(*(numbers for _, numbers in found))

    def _spill(self) -> None:
        """Lay what memory holds on disk."""
        kept = []
        try:
            with self._path.open("ab") as file:
                for batch in self._batches:
                    if batch.hashes is not None:
                        batch.hashes.tofile(file)
                        kept.append(batch._replace(hashes=None, place=self._place))
                        self._place += len(batch.hashes)
                    else:
                        kept.append(batch)
        except OSError as error:
            raise no_room("A key of so many records", self._path.parent, error) from error
        self._batches, self._bytes = kept, 0

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Cut the buckets into spans that hold enough hashes to be worth a look."""
        if not self._batches:
            return
        ends = np.sum([batch.cuts for batch in self._batches], axis=0).tolist()
        first = 0
        for last in range(1, _BUCKETS + 1):
            if last == _BUCKETS or ends[last] - ends[first] >= _TOGETHER:
                yield first, last
                first = last

    def _look(self, span: tuple[int, int]) -> tuple[Array, set[int]]:
        """Find the hashes of some buckets that repeat, and the batches that hold them."""
        parts = [self._part(batch, *span) for batch in self._batches]
        every = np.concatenate(parts)
        every.sort()
        twice = every[1:][every[1:] == every[:-1]]
        holding = {
            batch.number
            for batch, part in zip(self._batches, parts, strict=True)
            if len(twice) and _meet(part, twice)
        }
        return twice, holding

    def _part(self, batch: _Batch, first: int, last: int) -> Array:
        start, end = batch.cuts[first], batch.cuts[last]
        if batch.hashes is not None:
            return batch.hashes[start:end]
        return np.fromfile(self._path, np.uint64, end - start, offset=8 * (batch.place + start))


def _meet(ascending: Array, others: Array) -> bool:
    """Tell whether one of some numbers stands among others."""
    places = np.searchsorted(ascending, others)
    inside = places < len(ascending)
    return bool((ascending[places[inside]] == others[inside]).any())
