"""The program: a rulebook compiled for the columns of one table, and run on its batches."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .._extras import CHECK
from .._rules import Rule
from .._table_schema import Field
from .batch import Batch, Dialect
from .clear import Column, doubtful, values
from .judge import Judge, Verdict
from .rulebook import Rulebook

with CHECK:
    import numpy as np
    import polars as pl

_LONGEST_LIST = 50_000
"""Words in a closed list that is parsed as such."""

_FEW = 4096
"""Doubtful cells that are judged one by one, rather than once for each distinct one."""

FAILURES = {
    "row": pl.Int64(),
    "line": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "rule": pl.String(),
    "message": pl.String(),
    "suggestion": pl.String(),
}
"""The columns of a frame of failures; rows and lines count from 0 within a batch."""

_WORDS = dict.fromkeys(Verdict._fields, pl.String())


class Found(NamedTuple):
    """Failures of one batch: where, in which columns, and in full."""

    rows: pl.Series
    columns: tuple[str, ...]
    failures: pl.DataFrame


class Outcome(NamedTuple):
    """What a batch gave: its size, its failures, and what can only be judged with the others.

    `hashes` holds for each key the hash of each record's values; `targets` for each reference of
    the table to itself the distinct values referred to.
    """

    rows: int
    lines: int
    cells: int
    failures: pl.DataFrame
    hashes: tuple[Any, ...]
    targets: tuple[pl.DataFrame, ...]
    lists_held: bool


class Program:
    """The rules of one table, bound to the columns of one file or frame.

    Args:
        rulebook: the rules.
        header: the names of the columns of the data, in order.
    """

    def __init__(self, rulebook: Rulebook, header: Sequence[str]) -> None:
        self.rulebook = rulebook
        self.header = tuple(header)
        present = set(header)
        across = (*rulebook.keys, *rulebook.own, *rulebook.references)
        keyed = {name for rule in across for name in rule.columns}
        keyed |= {name for rule in rulebook.own for name in rule.argument}
        self.columns = {
            field.name: self._column(field, self.header.index(field.name), field.name in keyed)
            for field in rulebook.schema.fields
            if field.name in present
        }
        self._compiled: dict[object, Mapping[str, pl.Expr]] = {}
        self.keys = [rule for rule in rulebook.keys if set(rule.columns) <= present]
        self.own = [r for r in rulebook.own if {*r.columns, *r.argument} <= present]
        self.references = [r for r in rulebook.references if set(r.columns) <= present]

    def dialect(self, separator: bytes) -> Dialect:
        """Give the layout of a CSV file whose closed lists may be parsed as such."""
        lists = {
            column.at: column.allowed
            for column in self.columns.values()
            if column.allowed and not column.keyed and len(column.allowed) <= _LONGEST_LIST
        }
        return Dialect(len(self.header), separator, lists)

    def run(self, batch: Batch, lists_held: bool) -> Outcome:
        """Check all that one batch alone can tell."""
        found = [*self._cells(batch), *self._references(batch)]
        hashes = tuple(
            hashed(self.key(batch, rule.columns).drop_nulls()).to_numpy() for rule in self.keys
        )
        targets = tuple(self.key(batch, rule.argument).drop_nulls().unique() for rule in self.own)
        faults = self._faults(batch)
        return Outcome(
            rows=batch.frame.height,
            lines=batch.line_count,
            cells=self._distinct(found).height
            if self.references
            else sum(len(f.rows) for f in found),
            failures=pl.concat([faults, *(each.failures for each in found)]),
            hashes=hashes,
            targets=targets,
            lists_held=lists_held,
        )

    def failing(self, batch: Batch) -> pl.DataFrame:
        """Give the row, and the column's index, of each cell that one batch shows to fail."""
        return self._distinct([*self._cells(batch), *self._references(batch)])

    def key(self, batch: Batch, names: Sequence[str]) -> pl.DataFrame:
        """Give the typed values of some columns, under the names k0, k1, …."""

        def typed(column: Column) -> pl.Series:
            cells = batch.frame[column.label]
            if batch.empty and "" not in column.missing:
                cells = cells.fill_null("")
            return values(cells, column, batch.quoted)

        every = enumerate(self.columns[name] for name in names)
        return pl.DataFrame([typed(column).alias(f"k{at}") for at, column in every])

    def failures(self, batch: Batch, rows: pl.Series, rule: Rule) -> pl.DataFrame:
        """Write the failures of a rule on several columns, or on several records."""
        texts = [_text(batch, self.columns[name], rows) for name in rule.columns]
        value = pl.select(pl.concat_str(texts, separator=", ", ignore_nulls=True)).to_series()
        verdict = Verdict(rule.keyword, rule.message, None)
        return _frame(batch, rows, ", ".join(rule.columns), value, [verdict] * len(rows))

    def _column(self, field: Field, at: int, keyed: bool) -> Column:
        rulebook = self.rulebook
        rules, missing = rulebook.cells[field.name], rulebook.missing(field)
        required = rulebook.required(field)
        judge = Judge(field, rules, missing, required, rulebook.labels)
        lists = [rule.argument for rule in rules if rule.keyword == "enum"]
        lists += [[v for (v,) in rule.argument] for rule in rules if rule.keyword == "foreignKeys"]
        allowed = None
        if lists and field.type == "string":
            texts = dict.fromkeys([*lists[0], *sorted(missing - {""})])
            allowed = tuple(text for text in texts if not judge.cell(text))
        return Column(at, field, rules, missing, bool(required), allowed, keyed, judge)

    def _cells(self, batch: Batch) -> Iterator[Found]:
        doubts = self._doubtful(batch)
        if not doubts or not batch.frame.height:
            return
        masks = batch.frame.lazy().select(
            doubt.alias(str(at)) for at, doubt in enumerate(doubts.values())
        )
        for name, mask in zip(doubts, masks.collect(engine="in-memory"), strict=True):
            if mask.any():
                yield from self._judge(batch, self.columns[name], mask.arg_true())

    def _doubtful(self, batch: Batch) -> Mapping[str, pl.Expr]:
        """Give the expressions for a batch of this form, compiled once."""
        schema = batch.frame.schema
        form = (tuple(schema.dtypes()), batch.empty, batch.quoted)
        if form not in self._compiled:
            self._compiled[form] = {
                name: doubt
                for name, column in self.columns.items()
                if (doubt := doubtful(column, schema[column.label], batch.empty, batch.quoted))
                is not None
            }
        return self._compiled[form]

    def _judge(self, batch: Batch, column: Column, rows: pl.Series) -> Iterator[Found]:
        cells = batch.frame[column.label].gather(rows)
        textual = isinstance(cells.dtype, pl.String | pl.Enum)

        def judged(cell: Any) -> tuple[Verdict, ...]:
            if cell is None and not batch.empty:
                return column.judge.value(None)
            if textual or cell is None:
                return column.judge.cell(cell or "")
            return column.judge.value(cell)

        if len(cells) > _FEW:  # most of many doubtful cells are right, and few are distinct
            distinct = [cell for cell in cells.unique().to_list() if judged(_same(cell))]
            bad = pl.Series([cell for cell in distinct if cell is not None], dtype=cells.dtype)
            mask = cells.is_in(bad.implode()).fill_null(None in distinct)
            rows, cells = rows.filter(mask), cells.filter(mask)
        found = [(row, judged(_same(cell))) for row, cell in zip(rows, cells, strict=True)]
        broken = [(row, *verdict) for row, verdicts in found for verdict in verdicts]
        if not broken:
            return
        words = pl.DataFrame(broken, schema={"row": rows.dtype, **_WORDS}, orient="row")
        value = _text(batch, column, words["row"])
        failures = _lay(batch, words["row"], column.field.name, value, words)
        rows = pl.Series([row for row, verdicts in found if verdicts], dtype=rows.dtype)
        yield Found(rows, (column.field.name,), failures)

    def _distinct(self, found: Sequence[Found]) -> pl.DataFrame:
        """Give each failing cell once, however many rules it breaks."""
        names = self.rulebook.schema.names
        parts = [
            pl.DataFrame({"row": each.rows.cast(pl.Int64)}).with_columns(
                column=pl.lit(names.index(name), pl.Int32)
            )
            for each in found
            for name in each.columns
        ]
        empty = pl.DataFrame(schema={"row": pl.Int64, "column": pl.Int32})
        return pl.concat([empty, *parts]).unique()

    def _references(self, batch: Batch) -> Iterator[Found]:
        for rule in self.references:
            names = [f"k{at}" for at in range(len(rule.columns))]
            key = self.key(batch, rule.columns).with_row_index("index").drop_nulls()
            distinct = key.select(names).unique()
            bad = [row for row in distinct.rows() if row not in rule.argument]
            if bad:
                missing = pl.DataFrame(bad, schema=distinct.schema, orient="row")
                rows = key.join(missing, on=names, how="semi")["index"].sort()
                yield Found(rows, rule.columns, self.failures(batch, rows, rule))

    def _faults(self, batch: Batch) -> pl.DataFrame:
        rows = [
            (
                fault.row,
                fault.line,
                "" if fault.column is None else self.header[fault.column],
                fault.value,
                fault.rule,
                fault.message,
                None,
            )
            for fault in batch.faults
        ]
        return pl.DataFrame(rows, schema=FAILURES, orient="row")


def hashed(key: pl.DataFrame) -> pl.Series:
    """Hash the values of a key; equal values have equal hashes."""
    return key.to_series().hash() if key.width == 1 else key.hash_rows()


def repeated(hashes: Sequence[Any]) -> pl.Series:
    """Give the hashes that stand more than once, each once."""
    every = np.concatenate(hashes) if hashes else np.empty(0, np.uint64)
    every.sort()
    return pl.Series(np.unique(every[1:][every[1:] == every[:-1]]), dtype=pl.UInt64)


def _text(batch: Batch, column: Column, rows: pl.Series) -> pl.Series:
    """Give the raw cells of some records."""
    text = batch.frame[column.label].gather(rows).cast(pl.String)
    return text.fill_null("") if batch.empty else text


def _same(cell: Any) -> Any:
    """Give NaN as one object, for it is not equal to itself."""
    return math.nan if cell != cell else cell  # noqa: PLR0124


def _frame(
    batch: Batch, rows: pl.Series, column: str, value: pl.Series, verdicts: Sequence[Verdict]
) -> pl.DataFrame:
    words = pl.DataFrame(verdicts, schema=dict.fromkeys(Verdict._fields, pl.String), orient="row")
    return _lay(batch, rows, column, value, words)


def _lay(
    batch: Batch, rows: pl.Series, column: str, value: pl.Series, words: pl.DataFrame
) -> pl.DataFrame:
    if not batch.line_count:
        lines = pl.Series([None] * len(rows), dtype=pl.Int64)
    else:
        lines = rows if batch.lines is None else batch.lines.gather(rows)
    return pl.DataFrame(
        {
            "row": rows.cast(pl.Int64),
            "line": lines.cast(pl.Int64),
            "column": pl.repeat(column, len(rows), dtype=pl.String, eager=True),
            "value": value,
            "rule": words["rule"],
            "message": words["message"],
            "suggestion": words["suggestion"],
        }
    )
