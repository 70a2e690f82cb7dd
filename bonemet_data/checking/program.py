"""The program: a rulebook compiled for the columns of one table, and run on its batches."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..extras import CHECK
from ..tableschema.constraints import Rule
from ..tableschema.model import Field
from .batches import Batch
from .failures import FAILURES, Broken, Found, cell_failures, failing_cells, faults, rule_failures
from .plan import Rulebook
from .prefilter import Column, doubtful, values
from .validator import Judge

with CHECK:
    import polars as pl

_FEW = 8
"""Values that are looked for one after the other, rather than as a set."""

_TOGETHER = 2**18
"""Records that are judged together: if all fail, their failures take some hundred bytes each."""


class Outcome(NamedTuple):
    """What a batch gave: its size, its failures, and what can only be judged with the others.

    `counts` tells for each rule and column how many failures there are; `failures` holds the first.
    `hashes` holds for each key the hash of each record's values; `targets` for each reference of
    the table to itself the distinct values referred to.
    """

    rows: int
    lines: int
    cells: int
    counts: tuple[tuple[str, str, int], ...]
    failures: pl.DataFrame
    hashes: tuple[Any, ...]
    targets: tuple[pl.DataFrame, ...]


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
        self.columns = {
            field.name: self._column(field, self.header.index(field.name))
            for field in rulebook.schema.fields
            if field.name in present
        }
        self._compiled: dict[object, list[pl.Expr]] = {}
        self.keys = [rule for rule in rulebook.keys if set(rule.columns) <= present]
        self.own = [r for r in rulebook.own if {*r.columns, *r.argument} <= present]
        self.references = [r for r in rulebook.references if set(r.columns) <= present]

    def run(self, batch: Batch, limit: int | None = None) -> Outcome:
        """Check all that one batch alone can tell.

        Args:
            batch: the records.
            limit: how many failures are wanted in full; all if None.
        """
        cells, failures = 0, [pl.DataFrame(schema=FAILURES)]
        counts: Counter[tuple[str, str]] = Counter()
        for start, part in batch.parts(_TOGETHER):
            found = self._found(part)
            cells += self._count(found, part)
            if not found and not part.faults:
                continue
            every = pl.concat([faults(part, self.header), *(f.failures for f in found)]).collect()
            counts.update(every.select("rule", "column").rows())
            every = every.sort("row", "line", maintain_order=True)
            first = every if limit is None else every.head(limit)
            failures.append(first.with_columns(pl.col("row") + start) if start else first)
        return Outcome(
            rows=batch.frame.height,
            lines=batch.line_count,
            cells=cells,
            counts=tuple((*key, number) for key, number in counts.items()),
            failures=pl.concat(failures),
            hashes=tuple(
                hashed(self.key(batch, rule.columns).drop_nulls()).to_numpy() for rule in self.keys
            ),
            targets=tuple(
                self.key(batch, rule.argument).drop_nulls().unique() for rule in self.own
            ),
        )

    def failing(self, batch: Batch, rows: pl.Series) -> pl.DataFrame:
        """Give the row, and the column's index, of each cell of some records that fails alone."""
        found = self._found(batch.part(rows))
        failing = failing_cells(found, self.rulebook.schema.names)
        return failing.with_columns(rows.cast(pl.Int64).gather(failing["row"]).alias("row"))

    def key(self, batch: Batch, names: Sequence[str]) -> pl.DataFrame:
        """Give the typed values of some columns, under the names k0, k1, …."""

        def typed(column: Column) -> pl.Series:
            cells = batch.frame[column.label]
            if batch.empty and "" not in column.missing:
                cells = cells.fill_null("")
            return values(cells, column, batch.quoted)

        series = [typed(self.columns[name]) for name in names]
        return pl.DataFrame({f"k{at}": each for at, each in enumerate(series)})

    def found(self, batch: Batch, rows: pl.Series, rule: Rule) -> Found:
        """Write that some records break a rule on several columns, or on several records."""
        return rule_failures(batch, [self.columns[name] for name in rule.columns], rows, rule)

    def _column(self, field: Field, at: int) -> Column:
        rulebook = self.rulebook
        rules, missing = rulebook.cells[field.name], rulebook.schema.missing(field)
        required = rulebook.required(field)
        judge = Judge(field, rules, missing, required, rulebook.labels)
        lists = [rule.argument for rule in rules if rule.keyword == "enum"]
        lists += [[v for (v,) in rule.argument] for rule in rules if rule.keyword == "foreignKeys"]
        allowed = None
        if lists and field.type == "string":
            texts = dict.fromkeys([*lists[0], *sorted(missing - {""})])
            allowed = tuple(text for text in texts if not judge.cell(text))
        return Column(at, field, rules, missing, bool(required), allowed, judge)

    def _found(self, batch: Batch) -> list[Found]:
        return [*self._cells(batch), *self._references(batch)]

    def _count(self, found: Sequence[Found], batch: Batch) -> int:
        """Count the cells that fail, each once; one that is not UTF-8 is one of them."""
        cells = sum(len(each.rows) for each in found)
        if self.references:
            cells = failing_cells(found, self.rulebook.schema.names).height
        unreadable = {
            (fault.row, self.header[fault.column])
            for fault in batch.faults
            if fault.column is not None
        }
        for each in found if unreadable else ():
            unreadable -= {(row, name) for row in each.rows for name in each.columns}
        return cells + len(unreadable)

    def _cells(self, batch: Batch) -> Iterator[Found]:
        """Judge each distinct cell that does not surely hold its rules, and find it everywhere."""
        questions = self._questions(batch)
        if not questions or not batch.frame.height:
            return
        frame = batch.frame.lazy()
        answers = frame.select(questions).collect(engine="in-memory")
        judged = [
            (column, _broken(column, answers[column.label][0], batch.empty))
            for column in self.columns.values()
            if column.label in answers.columns
        ]
        broken = [(column, each) for column, each in judged if each.verdicts]
        if not broken:
            return
        among = [_among(column.label, each.cells) for column, each in broken]
        places = frame.select(each.arg_true().implode() for each in among)
        rows = places.collect(engine="in-memory")
        for column, each in broken:
            yield cell_failures(batch, column, rows[column.label][0], each)

    def _questions(self, batch: Batch) -> Sequence[pl.Expr]:
        """Give the expressions of the cells to be judged, each once, for a batch of this form."""
        schema = batch.frame.schema
        form = (tuple(schema.dtypes()), batch.empty, batch.quoted)
        if form not in self._compiled:
            questions = []
            for column in self.columns.values():
                cells, dtype = pl.col(column.label), schema[column.label]
                if not (column.repeats and dtype == pl.String):
                    doubt = doubtful(column, dtype, batch.empty, batch.quoted)
                    if doubt is None:
                        continue
                    cells = cells.filter(doubt)
                questions.append(cells.unique().implode())
            self._compiled[form] = questions
        return self._compiled[form]

    def _references(self, batch: Batch) -> Iterator[Found]:
        for rule in self.references:
            names = key_names(rule)
            key = self.key(batch, rule.columns).with_row_index("index").drop_nulls()
            distinct = key.select(names).unique()
            bad = [row for row in distinct.rows() if row not in rule.argument]
            if bad:
                missing = pl.DataFrame(bad, schema=distinct.schema, orient="row")
                rows = key.join(missing, on=names, how="semi")["index"].sort()
                yield self.found(batch, rows, rule)


def key_names(rule: Rule) -> list[str]:
    """Give the names that the values of a rule's columns have in a key."""
    return [f"k{at}" for at in range(len(rule.columns))]


def hashed(key: pl.DataFrame) -> pl.Series:
    """Hash the values of a key; equal values have equal hashes."""
    return key.to_series().hash() if key.width == 1 else key.hash_rows()


def _broken(column: Column, cells: pl.Series, empty: bool) -> Broken:
    """Judge distinct cells; give those that break a rule."""
    judge = column.judge
    missing = judge.cell("") if empty else judge.value(None)
    if cells.dtype == pl.String:
        broken = judge.broken(cells.to_list(), missing)
    else:
        judged = [missing if cell is None else judge.value(cell) for cell in cells]
        broken = {at: verdicts for at, verdicts in enumerate(judged) if verdicts}
    return Broken(cells[list(broken)], [*broken.values()])


def _among(label: str, values: pl.Series) -> pl.Expr:
    """Tell whether a cell is one of some values, null among them."""
    cell = pl.col(label)
    if len(values) > _FEW or values.dtype != pl.String:
        return cell.is_in(values.implode(), nulls_equal=True)
    return pl.any_horizontal(cell.eq_missing(pl.lit(value, pl.String)) for value in values)
