"""Functions that run on Spark workers: they read pieces, check batches, and return rows."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from ...errors import BonemetError
from ...extras import CHECK
from ...reading.batches import Batch, PendingBatch
from ...reading.chunks import survey_block
from ...reading.tables import FRAME_ROWS, CsvTable, typed_batch
from ..batch_checker import BatchChecker, BatchResult
from ..keys import digest
from ..plan import Plan
from .arrow_rows import MAX_PACKED, RESULT, SURVEY, error_message, pack, row, software
from .key_exchange import buckets, reference_values
from .pieces import FileTable, Piece, Reading, batches, make_piece_id, neighborhood

if TYPE_CHECKING:
    import pyarrow as pa

with CHECK:
    import polars as pl

Frames: TypeAlias = "Iterable[pa.RecordBatch]"


@dataclass(frozen=True, slots=True)
class Work:
    """Work on pieces: a function of readings, and its other arguments."""

    function: "Callable[..., Iterator[pa.RecordBatch]]"
    arguments: tuple[Any, ...]


def survey_blocks(
    numbers: Frames, tables: Mapping[int, CsvTable], groups: Sequence[Sequence[Piece]]
) -> Iterator["pa.RecordBatch"]:
    """Survey groups of blocks, given the numbers of the groups."""
    for block in _members(numbers, groups):
        try:
            table = tables[block.table]
            result = survey_block(*neighborhood(table, block), table.separator)
        except BonemetError as error:
            yield row(SURVEY, piece_id=block.piece_id, error=error_message(error))
            return
        yield row(
            SURVEY,
            piece_id=block.piece_id,
            size=result.size,
            odd=result.odd,
            outside=result.ends[0],
            inside=result.ends[1],
            sound_outside=int(result.sound[0]),
            sound_inside=int(result.sound[1]),
        )


def work_on_files(
    numbers: Frames,
    tables: Mapping[int, FileTable],
    groups: Sequence[Sequence[Piece]],
    plan: Plan,
    work: Work,
) -> Iterator["pa.RecordBatch"]:
    """Work on groups of pieces, given the numbers of the groups."""

    def readings() -> Iterator[Reading]:
        checkers: dict[Any, BatchChecker] = {}
        for piece in _members(numbers, groups):
            table = tables[piece.table]
            header = table.header or ()
            if header not in checkers:
                checkers[header] = BatchChecker(plan, header)
            checker = checkers[header]
            yield Reading(piece.piece_id, table.name, checker, batches(table, piece, checker))

    return work.function(readings(), *work.arguments)


def work_on_partition(
    frames: Frames, plan: Plan, table: int, header: Sequence[str], work: Work
) -> Iterator["pa.RecordBatch"]:
    """Work on a partition of a Spark DataFrame, whose first column is the partition number."""

    def readings() -> Iterator[Reading]:
        checker = BatchChecker(plan, header)
        parts = (pl.DataFrame(pl.from_arrow(frame)) for frame in frames if frame.num_rows)
        first = next(parts, None)
        if first is not None:
            piece_id = make_piece_id(table, first.item(0, 0))
            yield Reading(piece_id, None, checker, _merge(first, parts))
        deque(frames, maxlen=0)  # Spark reuses a worker only if it read all input

    return work.function(readings(), *work.arguments)


def _merge(first: pl.DataFrame, others: Iterator[pl.DataFrame]) -> Iterator[PendingBatch]:
    """Merge frames to batches of up to `FRAME_ROWS` records."""
    labels = first.columns[1:]

    def merged(frames: list[pl.DataFrame]) -> PendingBatch:
        return typed_batch(0, pl.concat(frames).select(labels))

    frames = [first]
    for frame in others:
        if sum(part.height for part in frames) + frame.height > FRAME_ROWS:
            yield merged(frames)
            frames = []
        frames.append(frame)
    yield merged(frames)


def check_batches(readings: Iterable[Reading], limit: int | None) -> Iterator["pa.RecordBatch"]:
    """Check the batches of pieces, and iterate over their results, including keys.

    Args:
        readings: The pieces to read.
        limit: Maximum number of findings to return per batch; None for all.
    """
    for reading in readings:
        number = 0
        try:
            for number, pending in enumerate(reading.batches):
                batch = reading.checker.parse(pending)
                result = reading.checker.check(batch, limit)
                frame, groups = result.findings, result.groups
                for start in range(0, max(frame.height, groups.height, 1), MAX_PACKED):
                    cells = {} if start else _cells(reading.checker, batch, result)
                    yield row(
                        RESULT,
                        piece_id=reading.piece_id,
                        batch=number,
                        part=start,
                        size=None if start else pending.size,
                        packed=_pack(frame, start),
                        groups=_pack(groups, start),
                        **cells,
                    )
        except BonemetError as error:
            yield row(RESULT, piece_id=reading.piece_id, batch=number, error=error_message(error))
            return


def _pack(frame: pl.DataFrame, start: int) -> bytes | None:
    """Serialize up to `MAX_PACKED` rows of a frame."""
    return pack(frame.slice(start, MAX_PACKED)) if start < frame.height else None


def _cells(checker: BatchChecker, batch: Batch, result: BatchResult) -> dict[str, Any]:
    """Return the cells of the first result row of a batch."""
    return {
        "rows": result.rows,
        "lines": result.lines,
        "cells": result.cells,
        "findings": result.groups["number"].sum(),
        "rowless": sum(fault.row is None for fault in batch.faults),
        "buckets": buckets(checker, result),
        "values": reference_values(checker, batch, result),
        "digest": digest(result.hashes.values()),
        "software": software(),
    }


def _members(numbers: Frames, groups: Sequence[Sequence[Piece]]) -> Iterator[Piece]:
    for frame in numbers:
        for number in frame.column(0).to_pylist():
            yield from groups[number]
