"""Check unique keys and self-references, which involve all records of a table.

Equal keys have equal hashes, so a record whose hash occurs once has no duplicate key. Records that
may violate a key or self-reference are candidates: they are read again, and their keys are compared
exactly.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..extras import CHECK
from ..reading.batches import Batch
from ..reading.byte_streams import changed
from ..reading.temporary_files import Scratch
from ..tableschema.constraints import Constraint
from .batch_checker import BatchChecker, BatchResult, hash_key
from .finding_frames import FINDINGS, record_locations
from .hashes import HashStore
from .plan import Plan

with CHECK:
    import polars as pl

CANDIDATES = {
    "relation": pl.Int64(),
    "key": pl.Binary(),
    "new_cells": pl.List(pl.Int64),
    "file": pl.String(),
    "line": pl.Int64(),
    "row": pl.Int64(),
    "value": pl.String(),
}
"""Columns of a frame of candidates: records that may violate a relation.

`relation` is the index of the relation in the plan, `key` is the exact key as bytes, and
`new_cells` lists the indices of the key fields whose cell is valid by itself.
"""

Select: TypeAlias = Callable[[int, Any, pl.DataFrame], pl.Series]
"""Function that returns a mask of candidates, given the relation index, the hashes and the keys."""

_MERGE_EVERY = 64
"""Number of batches after which duplicate targets of a self-reference are dropped."""


@dataclass(frozen=True, slots=True)
class BatchStart:
    """Row and line of the first record of a batch, and the checksum of its keys."""

    row: int
    line: int
    digest: int


def digest(hashes: Iterable[Any]) -> int:
    """Return a checksum of the keys of a batch, to detect changes when the batch is read again."""
    checksum = 0
    for array in hashes:
        checksum = zlib.crc32(array.tobytes(), checksum)
    return checksum


def candidates(
    checker: BatchChecker, batch: Batch, file: str | None, start: BatchStart, select: Select
) -> Iterator[pl.DataFrame]:
    """Iterate over the candidates of a batch that is read again, by relation.

    Args:
        checker: Checker of the batch.
        batch: The records.
        file: Path of the file, or None.
        start: Start of the batch.
        select: Function that selects the candidates.

    Raises:
        DataError: The keys changed since the batch was read first.
    """
    relations = checker.relations
    keys = {i: checker.complete_keys(batch, relations[i].columns) for i in relations}
    hashes = {i: hash_key(key) for i, (_, key) in keys.items()}
    if digest(hashes.values()) != start.digest:
        raise changed(file or "the frame")
    for index, (complete, key) in keys.items():
        selected = select(index, hashes[index], key)
        rows = complete.filter(selected)
        if not len(rows):
            continue
        columns = [checker.columns[name] for name in relations[index].columns]
        yield record_locations(batch, columns, rows).select(
            pl.lit(index, pl.Int64).alias("relation"),
            exact_key(key.filter(selected)).alias("key"),
            _new_cells(checker, batch, rows, relations[index].columns).alias("new_cells"),
            pl.lit(file, pl.String).alias("file"),
            pl.col("line").cast(pl.Int64) + start.line,
            pl.col("row").cast(pl.Int64) + start.row,
            "value",
        )


def _new_cells(
    checker: BatchChecker, batch: Batch, rows: pl.Series, names: tuple[str, ...]
) -> pl.Series:
    """Return, for each record, the indices of the key fields whose cell is valid by itself."""
    indices = checker.plan.field_indices
    records = pl.DataFrame({"row": rows.cast(pl.Int64)})
    fields = pl.DataFrame({"column": [indices[name] for name in names]}, {"column": pl.Int32})
    invalid = checker.invalid_cells(batch, rows)
    cells = records.join(fields, how="cross").join(invalid, on=["row", "column"], how="anti")
    listed = cells.group_by("row").agg(pl.col("column").cast(pl.Int64))
    return records.join(listed, on="row", how="left", maintain_order="left")["column"]


def exact_key(key: pl.DataFrame) -> pl.Series:
    """Return keys as bytes, which are equal if and only if the keys are equal."""
    texts = key.get_columns()
    if len(texts) > 1:
        sized = [pl.concat_str(text.str.len_bytes(), pl.lit(":"), text) for text in texts]
        texts = [pl.select(pl.concat_str(sized)).to_series()]
    return texts[0].cast(pl.Binary)


def duplicates(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the candidates with duplicate keys, with the location of another such record."""
    group = ["relation", "key"]
    location = ["file", "line", "row"]
    frame = frame.filter(pl.struct(group).is_duplicated()).sort("row", maintain_order=True)
    first = [pl.col(name).first().over(group) for name in location]
    following = [pl.col(name).shift(-1).over(group) for name in location]
    is_first = pl.col("row") == pl.col("row").first().over(group)
    return frame.with_columns(
        pl.when(is_first).then(after).otherwise(before).alias(f"other_{name}")
        for name, before, after in zip(location, first, following, strict=True)
    )


def key_findings(frame: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Return one finding for each record that violates a relation.

    Args:
        frame: The records: candidates with the additional columns other_file, other_line and
            other_row, which locate a record with the same key.
        plan: The plan.
    """
    relations = pl.DataFrame(
        [
            (index, r.keyword, ", ".join(r.columns), _message(r.message, r.columns))
            for index, r in enumerate(plan.relations)
        ],
        schema={"relation": pl.Int64, "rule": pl.String, "column": pl.String, "text": pl.String},
        orient="row",
    )
    same_file = pl.col("file").eq_missing(pl.col("other_file"))
    other = (
        pl.when(pl.col("other_row").is_null())
        .then(pl.lit(""))
        .when(pl.col("other_line").is_null())
        .then(pl.format(", also in row {}", "other_row"))
        .when(same_file)
        .then(pl.format(", also on line {}", "other_line"))
        .otherwise(pl.format(", also on line {} of {}", "other_line", "other_file"))
    )
    return (
        frame.join(relations, on="relation", maintain_order="left")
        .with_columns(
            message=pl.col("text") + other,
            suggestion=pl.lit(None, pl.String),
            scope=pl.lit(None, pl.String),
        )
        .select("file", *FINDINGS)
    )


def _message(message: str, columns: tuple[str, ...]) -> str:
    return message.replace("duplicate value", "duplicate key") if len(columns) > 1 else message


class KeyChecker:
    """Checker of the unique keys and self-references of all batches, on one machine.

    Args:
        plan: The plan.
        scratch: Temporary folder for hashes that do not fit in memory.
    """

    def __init__(self, plan: Plan, scratch: Scratch) -> None:
        self._plan = plan
        self._hashes: dict[int, HashStore] = {}
        self._targets: dict[int, list[pl.DataFrame]] = {}
        for index, relation in enumerate(plan.relations):
            if relation.internal:
                self._targets[index] = []
            else:
                self._hashes[index] = HashStore(scratch, f"key-{index}")
        self._starts: list[BatchStart] = []
        self._repeated: dict[int, pl.Series] = {}
        self._repeated_batches: set[int] = set()
        self._exact_targets: dict[int, pl.Series] = {}
        self._candidates: list[pl.DataFrame] = []

    @property
    def batches(self) -> int:
        """Number of batches that have been added."""
        return len(self._starts)

    def add(self, result: BatchResult, start: BatchStart) -> None:
        """Add the result of a batch, whose hashes must be in ascending order."""
        for index, store in self._hashes.items():
            if index in result.hashes:
                store.add(self.batches, result.hashes[index])
        for index, frame in result.targets.items():
            frames = self._targets[index]
            frames.append(frame)
            if len(frames) > _MERGE_EVERY:
                frames[:] = [pl.concat(frames).unique()]
        self._starts.append(start)

    def finish(self) -> bool:
        """Compare the hashes; return whether any batch must be read again."""
        for index, store in self._hashes.items():
            repeated, batches = store.repeated()
            if len(repeated):
                self._repeated[index] = pl.Series(repeated)
                self._repeated_batches |= batches
        for index, frames in self._targets.items():
            if frames:
                self._exact_targets[index] = exact_key(pl.concat(frames).unique())
                frames.clear()
        return bool(self._repeated or self._exact_targets)

    @property
    def repeated(self) -> list[Constraint]:
        """The unique keys with hashes that occur more than once, after `finish`."""
        return [self._plan.relations[index] for index in self._repeated]

    def batches_to_read(self, batches: range) -> set[int]:
        """Return the numbers of the batches in a range that must be read again."""
        return {*batches} if self._exact_targets else self._repeated_batches.intersection(batches)

    def read_again(
        self, number: int, batch: Batch, file: str | None, checker: BatchChecker
    ) -> None:
        """Add the candidates of a batch that is read again.

        Raises:
            DataError: The keys changed since the batch was read first.
        """
        self._candidates += candidates(checker, batch, file, self._starts[number], self._select)

    def findings(self) -> tuple[pl.DataFrame, int]:
        """Return the findings in row order, and the number of cells that only they concern."""
        frame = pl.concat([pl.DataFrame(schema=CANDIDATES), *self._candidates])
        is_reference = pl.col("relation") < len(self._plan.self_references)
        frames = [frame.filter(is_reference), duplicates(frame.filter(~is_reference))]
        violations = pl.concat(frames, how="diagonal").sort("row", "relation")
        cells = violations.select("row", "new_cells").explode("new_cells").drop_nulls().unique()
        return key_findings(violations, self._plan), cells.height

    def _select(self, index: int, hashes: Any, key: pl.DataFrame) -> pl.Series:
        if index in self._exact_targets:
            return ~exact_key(key).is_in(self._exact_targets[index].implode())
        if index in self._repeated:
            return pl.Series(hashes).is_in(self._repeated[index].implode())
        return pl.repeat(False, key.height, eager=True)
