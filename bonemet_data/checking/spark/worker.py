"""A worker of Spark: reads pieces, runs the program on their batches, and gives rows."""

import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ...errors import BonemetError
from ...extras import CHECK
from ..batches import Batch
from ..plan import Rulebook
from ..program import Outcome, Program, hashed
from ..sources import ROWS, CsvTable, Load, frame_load
from .buckets import buckets
from .cuts import survey
from .pieces import FileTable, Piece, content, loads, place
from .rows import OUTCOME, SLICE, SURVEY, made, packed, row, value_lists

if TYPE_CHECKING:
    import pyarrow as pa

with CHECK:
    import polars as pl

Frames: TypeAlias = "Iterable[pa.RecordBatch]"


class Reading(NamedTuple):
    """A piece under way: its place, its file's name, its program, and its batches."""

    place: int
    name: str | None
    program: Program
    loads: Iterable[Load]


class Work(NamedTuple):
    """What is done with pieces: a function of readings, and what else it takes."""

    function: "Callable[..., Iterator[pa.RecordBatch]]"
    arguments: tuple[Any, ...]


def survey_cells(
    numbers: Frames, tables: Mapping[int, CsvTable], groups: Sequence[Sequence[Piece]]
) -> Iterator["pa.RecordBatch"]:
    """Survey groups of cells, whose numbers come in."""
    for cell in _members(numbers, groups):
        try:
            data = content(tables[cell.table], cell)
        except BonemetError as error:
            yield row(SURVEY, place=cell.place, error=words(error))
            return
        size, odd, (outside, inside) = survey(data)
        yield row(SURVEY, place=cell.place, size=size, odd=odd, outside=outside, inside=inside)


def work_on_files(
    numbers: Frames,
    tables: Mapping[int, FileTable],
    groups: Sequence[Sequence[Piece]],
    rulebook: Rulebook,
    work: Work,
) -> Iterator["pa.RecordBatch"]:
    """Do some work on groups of pieces, whose numbers come in."""

    def readings() -> Iterator[Reading]:
        programs: dict[Any, Program] = {}
        for piece in _members(numbers, groups):
            table = tables[piece.table]
            header = table.header or ()
            if header not in programs:
                programs[header] = Program(rulebook, header)
            program = programs[header]
            yield Reading(piece.place, table.name, program, loads(table, piece, program))

    return work.function(readings(), *work.arguments)


def work_on_partition(
    frames: Frames,
    rulebook: Rulebook,
    table: int,
    header: Sequence[str],
    work: Work,
) -> Iterator["pa.RecordBatch"]:
    """Do some work on a partition of a Spark DataFrame; its first column is its number."""

    def readings() -> Iterator[Reading]:
        program = Program(rulebook, header)
        found = (pl.DataFrame(pl.from_arrow(frame)) for frame in frames if frame.num_rows)
        first = next(found, None)
        if first is not None:
            number = first.item(0, 0)
            yield Reading(place(table, number), None, program, _chunks(first, found, program))
        deque(frames, maxlen=0)  # a worker that leaves something is not used again

    return work.function(readings(), *work.arguments)


def _chunks(
    first: pl.DataFrame, others: Iterator[pl.DataFrame], program: Program
) -> Iterator[Load]:
    """Bring frames together to batches as large as those of one machine."""
    places = first.columns[1:]

    def load(frames: list[pl.DataFrame]) -> Load:
        frame = pl.concat(frames).select(places)
        frame.columns = [program.header[int(place.removeprefix("c"))] for place in places]
        return frame_load(0, frame, places, program)

    frames = [first]
    for frame in others:
        if sum(each.height for each in frames) + frame.height > ROWS:
            yield load(frames)
            frames = []
        frames.append(frame)
    yield load(frames)


def judge(readings: Iterable[Reading], limit: int | None) -> Iterator["pa.RecordBatch"]:
    """Check all that batches alone can tell, and keep what is judged across them.

    Args:
        readings: pieces.
        limit: how many failures of each batch are given in full; all if None.
    """
    for reading in readings:
        number = 0
        try:
            for number, load in enumerate(reading.loads):
                batch = load.read()
                outcome = reading.program.run(batch, limit)
                parts = outcome.failures
                for start in range(0, max(parts.height, 1), SLICE):
                    cells = {} if start else _cells(reading.program, batch, outcome)
                    yield row(
                        OUTCOME,
                        place=reading.place,
                        batch=number,
                        size=None if start else load.size,
                        failures=packed(parts.slice(start, SLICE)) if parts.height else None,
                        **cells,
                    )
        except BonemetError as error:
            yield row(OUTCOME, place=reading.place, batch=number, error=words(error))
            return


def _cells(program: Program, batch: Batch, outcome: Outcome) -> dict[str, Any]:
    """Give what is told once for each batch."""
    rulebook = program.rulebook
    hashes = dict(zip(program.keys, outcome.hashes, strict=True))
    own = {rule: program.key(batch, rule.columns).drop_nulls() for rule in program.own}
    proof = digest((*hashes.values(), *(hashed(key).to_numpy() for key in own.values())))
    targets = dict(zip(program.own, outcome.targets, strict=True))
    return {
        "rows": outcome.rows,
        "lines": outcome.lines,
        "cells": outcome.cells,
        "failed": sum(number for _, _, number in outcome.counts),
        "rowless": sum(fault.row is None for fault in batch.faults),
        "counts": [
            dict(zip(("rule", "column", "count"), each, strict=True)) for each in outcome.counts
        ],
        "buckets": [
            dict(zip(("at", "bucket", "hashes"), each, strict=True))
            for rule, found in hashes.items()
            for each in buckets(len(rulebook.own) + rulebook.keys.index(rule), found)
        ],
        "references": value_lists([own.get(rule) for rule in rulebook.own]),
        "targets": value_lists([targets.get(rule) for rule in rulebook.own]),
        "digest": proof,
        "made": made(),
    }


def digest(hashes: Iterable[Any]) -> int:
    """Reduce the keys of a batch to a number that tells whether they are the same again."""
    found = 0
    for each in hashes:
        found = zlib.crc32(each.tobytes(), found)
    return found


def words(error: BonemetError) -> str:
    """Give the words of an error; a file that the driver has seen may be missing here."""
    if isinstance(error.__cause__, FileNotFoundError):
        return f"{error} Spark's workers must find each file where its driver does."
    return str(error)


def _members(numbers: Frames, groups: Sequence[Sequence[Piece]]) -> Iterator[Piece]:
    for frame in numbers:
        for number in frame.column(0).to_pylist():
            yield from groups[number]
