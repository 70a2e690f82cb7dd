"""Hashes that occur more than once, in memory and on disk."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemet_data.checking.hashes import HashStore
from bonemet_data.reading.temporary_files import Scratch

BATCHES = st.lists(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 9)), max_size=6)


def repeated(batches):
    """Return the numbers that occur more than once, and their batches: the slow way."""
    every = [number for batch in batches for number in batch]
    twice = {number for number in every if every.count(number) > 1}
    return twice, {at for at, batch in enumerate(batches) if twice & {*batch}}


@pytest.mark.parametrize("max_bytes", [0, 64, 2**20])
@given(batches=BATCHES)
def test_repeated_hashes_in_memory_and_on_disk(max_bytes, batches):
    with Scratch() as scratch:
        hashes = HashStore(scratch, "key", max_bytes)
        for at, batch in enumerate(batches):
            hashes.add(at, np.sort(np.array(batch, np.uint64)))
        found, numbers = hashes.repeated()
    assert ({*found}, numbers) == repeated(batches)
    assert len(set(found)) == len(found)


def test_many_hashes():
    """More hashes than are compared at once."""
    numbers = np.arange(1_500_000, dtype=np.uint64) * np.uint64(2**43)
    hashes = HashStore(Scratch(), "key", 2**30)
    for at in range(3):
        hashes.add(at, numbers[at * 500_000 :][:500_000])
    assert hashes.repeated()[1] == set()
    hashes.add(3, numbers[[7, 600_000]])
    found, batches = hashes.repeated()
    assert sorted(found) == [7 * 2**43, 600_000 * 2**43]
    assert batches == {0, 1, 3}
