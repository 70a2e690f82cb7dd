"""Time of a warm `bm.lookup`, as a ratio to a loop over a dict in the same run.

Run `python benchmarks/lookup.py`. The limit is 50 microseconds for one lookup.
"""

import sys
import time
from collections.abc import Callable

import bonemet_data as bm

TERMS = ["HP:0002653", "ICD-10-CM:C50.911", "osteolytic", "lytic metastatic bone lesion", "nothing"]
LIMIT = 50e-6
ROUNDS = 2_000


def seconds(function: Callable[[str], object]) -> float:
    """Return the shortest of five mean times of one call."""
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(ROUNDS):
            for term in TERMS:
                function(term)
        best = min(best, time.perf_counter() - start)
    return best / (ROUNDS * len(TERMS))


def main() -> None:
    """Print the times, and fail if a lookup takes longer than the limit."""
    start = time.perf_counter()
    answers = {term: bm.lookup(term) for term in TERMS}
    first = time.perf_counter() - start
    lookup, plain = seconds(bm.lookup), seconds(answers.get)
    print(f"first lookups        {first * 1e3:8.1f} ms, with reading the package")
    print(f"bm.lookup            {lookup * 1e6:8.2f} us")
    print(f"dict                 {plain * 1e6:8.2f} us; bm.lookup takes {lookup / plain:.0f} x")
    if lookup > LIMIT:
        sys.exit(f"bm.lookup takes longer than {LIMIT * 1e6:.0f} us")


if __name__ == "__main__":
    main()
