"""Candidates: records whose key may repeat, or refer to nothing, read again with their values."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ...errors import BonemetError
from ...extras import CHECK
from ...tableschema.constraints import Constraint
from ..batches import Batch
from ..program import Program, hashed
from ..streams import changed
from .rows import CANDIDATE, PACKED, exact, packed, row
from .worker import Reading, digest, words

if TYPE_CHECKING:
    import pyarrow as pa

with CHECK:
    import numpy as np
    import polars as pl

MARKS = 2**22
"""Marks: a hash that is looked for is known by what remains of it here."""


class Begin(NamedTuple):
    """How a batch begins: its first record and line; and the digest of its keys."""

    row: int
    line: int
    digest: int


def look_again(
    readings: Iterable[Reading], wanted: Mapping[int, Mapping[int, Begin]], marks: Any
) -> Iterator["pa.RecordBatch"]:
    """Give the candidates of some batches.

    Args:
        readings: pieces.
        wanted: by place, and by number, the batches that hold some.
        marks: the marks of the hashes that are looked for.
    """
    marked = np.zeros(MARKS, np.bool_)
    marked[marks] = True
    for reading in readings:
        batches = wanted.get(reading.place, {})
        numbered = enumerate(reading.loads) if batches else ()
        try:
            for number, load in numbered:
                if number in batches:
                    batch = load.read()
                    yield from _candidates(reading, batch, batches[number], marked)
                    yield row(CANDIDATE, looked_at=reading.place)
                if number >= max(batches):
                    break
        except BonemetError as error:
            yield row(CANDIDATE, error=words(error))
            return


def pack(frames: "Iterable[pa.RecordBatch]") -> Iterator["pa.RecordBatch"]:
    """Write failures as bytes."""
    for frame in frames:
        yield row(PACKED, failures=packed(pl.DataFrame(pl.from_arrow(frame))))


def _candidates(
    reading: Reading, batch: Batch, begin: Begin, marked: Any
) -> Iterator["pa.RecordBatch"]:
    """Give the candidates of one batch, which must be what it was before."""
    program = reading.program
    rulebook = program.rulebook
    keys = {
        rule: program.key(batch, rule.columns).with_row_index("index").drop_nulls()
        for rule in (*program.keys, *program.own)
    }
    hashes = {rule: hashed(key.drop("index")).to_numpy() for rule, key in keys.items()}
    if digest(hashes.values()) != begin.digest:
        raise changed(reading.name or "The Spark DataFrame")
    every = (*rulebook.own, *rulebook.keys)
    for rule, key in keys.items():
        chosen = key.filter(marked[marks_of(hashes[rule])])
        if not chosen.height:
            continue
        failures = (
            program.found(batch, chosen["index"], rule)
            .failures.collect()
            .with_columns(
                pl.col("row") + begin.row,
                pl.col("line") + begin.line,
                at=pl.lit(every.index(rule), pl.Int64),
                key=exact(chosen.drop("index")),
                fresh=_fresh(program, batch, chosen["index"], rule),
                file=pl.lit(reading.name, pl.String),
                looked_at=pl.lit(None, pl.Int64),
                error=pl.lit(None, pl.String),
            )
        )
        yield from failures.select(CANDIDATE.names).to_arrow().cast(CANDIDATE).to_batches()


def marks_of(hashes: Any) -> Any:
    """Give the marks of hashes."""
    return hashes.view(np.int64) & (MARKS - 1)


def _fresh(program: Program, batch: Batch, rows: pl.Series, rule: Constraint) -> pl.Series:
    """List, for each record, the columns of a rule whose cell does not fail by itself."""
    names, already = program.rulebook.schema.names, program.failing(batch, rows)
    records = pl.DataFrame({"row": rows.cast(pl.Int64)})
    columns = pl.DataFrame({"column": [names.index(name) for name in rule.columns]})
    cells = records.join(columns.cast(pl.Int32), how="cross")
    fresh = cells.join(already, on=["row", "column"], how="anti").group_by("row").agg("column")
    return records.join(fresh, on="row", how="left", maintain_order="left")["column"]
