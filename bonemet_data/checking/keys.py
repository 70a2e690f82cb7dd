"""Across batches: keys that may not repeat, and references of a table to itself.

The first pass keeps a hash for each key, or the values referred to. Only if a hash repeats are the
values looked at, in a second pass over the batches that hold one.
"""

from collections.abc import Iterator
from pathlib import Path

from ..extras import CHECK
from .batches import Batch
from .failures import Found, words_of
from .hashes import Hashes
from .plan import Rulebook
from .program import Outcome, Program, hashed, key_names
from .streams import changed

with CHECK:
    import polars as pl

_COMPACT = 64
"""Batches after which the values referred to are brought together."""


class Across:
    """What can be judged only with all records in view.

    Args:
        rulebook: the rules.
        folder: an empty folder that takes what is too much for memory.
    """

    def __init__(self, rulebook: Rulebook, folder: Path) -> None:
        self._rulebook = rulebook
        self._hashes = [Hashes(folder / f"key-{at}") for at, _ in enumerate(rulebook.keys)]
        self._targets: list[list[pl.DataFrame]] = [[] for _ in rulebook.own]
        self._suspects: dict[int, pl.Series] = {}
        self._suspect_batches: set[int] = set()
        self._places: list[tuple[int, int, int]] = []
        self._alike: dict[int, list[pl.DataFrame]] = {}
        self._orphans: list[tuple[str | None, pl.DataFrame]] = []
        self._failed: list[pl.DataFrame] = []
        self._already: list[pl.DataFrame] = []

    def add(self, program: Program, outcome: Outcome, row: int, line: int) -> None:
        """Take what a batch gave, whose first record has that number and line, in order."""
        number = self.batches
        self._places.append((row, line, outcome.rows))
        for rule, hashes in zip(program.keys, outcome.hashes, strict=True):
            self._hashes[self._rulebook.keys.index(rule)].add(number, hashes)
        for rule, values in zip(program.own, outcome.targets, strict=True):
            kept = self._targets[self._rulebook.own.index(rule)]
            kept.append(values)
            if len(kept) > _COMPACT:
                kept[:] = [pl.concat(kept).unique()]

    def finish(self) -> bool:
        """Find what is suspect; tell whether a second pass is needed."""
        for at, hashes in enumerate(self._hashes):
            suspects, batches = hashes.repeated()
            if len(suspects):
                self._suspects[at] = suspects
                self._suspect_batches |= batches
        for kept in self._targets:
            kept[:] = [pl.concat(kept).unique()] if kept else []
        return bool(self._suspects) or any(self._targets)

    @property
    def batches(self) -> int:
        """How many batches have been added."""
        return len(self._places)

    def suspects(self, batches: range) -> set[int]:
        """Give those of some batches that must be looked at again."""
        return {*batches} if any(self._targets) else self._suspect_batches.intersection(batches)

    def again(self, number: int, batch: Batch, file: str | None, program: Program) -> None:
        """Look at a batch again.

        Raises:
            DataError: it is not what it was.
        """
        row, line, rows = self._places[number]
        if batch.frame.height != rows:
            raise changed(file or "The frame")
        self._keys(batch, file, program, row, line)
        self._own(batch, file, program, row, line)

    def failures(self) -> Iterator[tuple[str | None, pl.DataFrame]]:
        """Give the failures by file, with absolute rows and lines."""
        self._confirm()
        yield from self._orphans
        for at, frames in sorted(self._alike.items()):
            rule = self._rulebook.keys[at]
            every = pl.concat(frames)
            names = key_names(rule)
            twice = every.filter(pl.struct(names).is_duplicated())
            self._fail(twice["row"], rule.columns)
            for (file,), part in twice.group_by("file", maintain_order=True):
                yield file, part.select("row", "line", "value").with_columns(**words_of(rule))

    def _confirm(self) -> None:
        """Raise DataError unless each suspect hash was met again as often as it must be."""
        for at, suspects in self._suspects.items():
            names = key_names(self._rulebook.keys[at])
            frames = [frame.select(names) for frame in self._alike.get(at, [])]
            met = hashed(pl.concat(frames)).value_counts() if frames else None
            if met is None or met.filter(pl.col("count") > 1).height < len(suspects):
                raise changed("The data")

    def cells(self) -> int:
        """Count the cells that fail here and nowhere else; after `failures`."""
        if not self._failed:
            return 0
        failed = pl.concat(self._failed).unique()
        if not self._already:
            return failed.height
        return failed.join(pl.concat(self._already), on=["row", "column"], how="anti").height

    def _keys(self, batch: Batch, file: str | None, program: Program, row: int, line: int) -> None:
        for at, suspects in self._suspects.items():
            rule = self._rulebook.keys[at]
            if rule not in program.keys:
                continue
            key = program.key(batch, rule.columns).with_row_index("index").drop_nulls()
            alike = key.filter(hashed(key.drop("index")).is_in(suspects.implode()))
            if not alike.height:
                continue
            failures = _placed(program.found(batch, alike["index"], rule), row, line)
            failures = failures.select("row", "line", "value")  # the words are the same for all
            self._alike.setdefault(at, []).append(
                failures.with_columns(pl.lit(file, pl.String).alias("file")).hstack(
                    alike.drop("index")
                )
            )
            self._remember(batch, program, row, alike["index"])

    def _own(self, batch: Batch, file: str | None, program: Program, row: int, line: int) -> None:
        for at, kept in enumerate(self._targets):
            rule = self._rulebook.own[at]
            if not kept or rule not in program.own:
                continue
            names = key_names(rule)
            key = program.key(batch, rule.columns).with_row_index("index").drop_nulls()
            rows = key.join(kept[0], on=names, how="anti", maintain_order="left")["index"]
            if len(rows):
                failures = _placed(program.found(batch, rows, rule), row, line)
                self._fail(failures["row"], rule.columns)
                self._orphans.append((file, failures))
                self._remember(batch, program, row, rows)

    def _fail(self, rows: pl.Series, columns: tuple[str, ...]) -> None:
        names = self._rulebook.schema.names
        self._failed += [
            pl.DataFrame({"row": rows}).with_columns(column=pl.lit(names.index(name), pl.Int32))
            for name in columns
        ]

    def _remember(self, batch: Batch, program: Program, row: int, rows: pl.Series) -> None:
        """Keep which cells of some records fail by themselves, so that none is counted twice."""
        self._already.append(program.failing(batch, rows).with_columns(pl.col("row") + row))


def _placed(found: Found, row: int, line: int) -> pl.DataFrame:
    return found.failures.with_columns(pl.col("row") + row, pl.col("line") + line).collect()
