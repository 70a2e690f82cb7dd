"""Time to annotate a million codes and to normalize a million labels, as ratios in one run.

Run `python benchmarks/annotating.py [ROWS]`. The peers are a pandas merge, which matches only codes
and names that are spelled like the published ones, and a loop that matches each row.
"""

import resource
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

import bonemet_data as bm
from bonemet_data.terminology.code_index import CodeIndex
from bonemet_data.terminology.prefixes import Prefixes

CODES = ["C79.51", "C50911", "M8458XA", "E83.52", "G9520", "I10", "E119", "Z853", "C61", "R11.0"]
LABELS = ["Breast cancer", "NSAIDs", "hypercalcaemia", "lumbago", "Plasma-Cell Myeloma", "n/a"]
NAMES = ["breast cancer", "NSAIDs", "Hypercalcaemia", "Tiredness", "bone mets", "XGEVA"]


def merge(codes: "pd.Series[str]") -> int:
    """Count the matches of a merge with the table of mappings."""
    mappings = bm.load("mappings")
    mapped = mappings[mappings["object_id"].str.startswith("icd10cm:")]
    mapped = mapped.assign(code=mapped["object_id"].str.removeprefix("icd10cm:"))
    found = codes.to_frame("code").merge(mapped[["code", "concept_id", "predicate_id"]], how="left")
    return int(found["concept_id"].notna().sum())


def loop(codes: "pd.Series[str]") -> int:
    """Count the matches of each row, with the index built once."""
    mappings = [m for m in bm.load("mappings", "records") if m.object_id.startswith("icd10cm:")]
    index = CodeIndex("icd10cm", mappings, Prefixes(bm.load("vocabularies", "records")))
    return sum(len(index.match(code)) for code in codes)


def annotate(codes: "pd.Series[str]") -> int:
    """Count the matches of annotate."""
    return int(bm.annotate(codes)["concept_id"].notna().sum())


def merge_labels(labels: "pd.Series[str]") -> int:
    """Count the matches of a merge with the names of the concepts."""
    names = bm.load("synonyms").rename(columns={"synonym": "label"})
    names = names[names["synonym_scope"] == "EXACT"].drop_duplicates("label")
    found = labels.to_frame("label").merge(names[["label", "concept_id"]], how="left")
    return int(found["concept_id"].notna().sum())


def normalize(labels: "pd.Series[str]") -> int:
    """Count the matches of normalize."""
    return int(bm.normalize(labels)["concept_id"].notna().sum())


def timed(work: Callable[["pd.Series[str]"], int], codes: "pd.Series[str]") -> tuple[float, int]:
    """Return the shortest of three times, in seconds, and the result."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        result = work(codes)
        best = min(best, time.perf_counter() - start)
    return best, result


def main() -> None:
    """Print the times."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    random = np.random.default_rng(0)
    codes = pd.Series(random.choice(CODES, rows), dtype="string")
    letters = "ABCDEFGHIJ"
    distinct = pd.Series(
        [f"{letters[at % 10]}{at // 10 % 100:02}.{at // 1000:04}" for at in range(rows)],
        dtype="string",
    )
    labels = pd.Series(random.choice(LABELS, rows), dtype="string")
    ours, hits = timed(annotate, codes)
    slow, expected = timed(loop, codes)
    if hits != expected:
        sys.exit(f"annotate finds {hits} concepts, and the loop {expected}")
    plain, exact = timed(merge, codes)
    spread, _ = timed(annotate, distinct)
    known, matched = timed(normalize, pd.Series(random.choice(NAMES, rows), dtype="string"))
    plain_names, _ = timed(merge_labels, pd.Series(random.choice(NAMES, rows), dtype="string"))
    named, _ = timed(normalize, labels)
    unlike = pd.Series([f"finding {at} of lung" for at in range(rows)], dtype="string")
    all_named, _ = timed(normalize, unlike)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows} rows                         seconds  annotate is")
    print(f"annotate, {len(CODES)} distinct codes     {ours:10.2f}  {hits} concepts")
    print(
        f"plain merge                   {plain:10.2f}  {plain / ours:.1f} x as fast, {exact} found"
    )
    print(f"loop over rows                {slow:10.2f}  {slow / ours:.1f} x as fast")
    print(f"annotate, all codes distinct  {spread:10.2f}")
    print(f"normalize, {len(NAMES)} published names    {known:10.2f}  {matched} concepts")
    print(f"plain merge of these          {plain_names:10.2f}  {plain_names / known:.1f} x as fast")
    print(f"normalize, {len(LABELS)} labels of all sorts {named:10.2f}")
    print(f"normalize, all labels distinct{all_named:10.2f}")
    print(f"peak memory of all {peak:.0f} MiB")


if __name__ == "__main__":
    main()
