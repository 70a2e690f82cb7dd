"""Profiles of columns: what one pass over a table finds, in memory that does not grow with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..extras import CHECK
from ..reading.batches import Batch
from ..reading.native_tables import NativeTable
from ..reading.native_values import types_of
from ..reporting.counting import counted
from ..tableschema.types import TYPES

with CHECK:
    import polars as pl

MOST_TEXTS = 1000
"""Distinct texts of a column that are kept with their numbers."""

_SAMPLE = 8
"""Texts that are kept of each batch, so that a change of format is seen early."""

LONGEST = 4096
"""Bytes of the longest text that is kept; a column with a longer one is text."""

_LABEL = r"^(?:[+-]?0[0-9]+(?:[.,][0-9]+)?|\+[0-9]{5,}|[+-]?[0-9]{19,})$"
"""Digits that are no quantity: with leading zeros, a plus sign, or more than 64 bits."""

_TEXTS = ("String", "Categorical", "Enum")
_ANY_TYPE = frozenset(TYPES)


@dataclass
class Profile:
    """What is known of the values of a column.

    Attributes:
        name: Name of the column.
        texts: Number of values with each text, for the first distinct texts.
        more: Further texts: samples, the least and the greatest, and counterexamples.
        rows: Number of rows.
        missing: Number of rows without a value, or with an empty text.
        is_complete: Whether `texts` are all texts of the column.
        is_repeated: Whether one of the first texts occurs twice.
        has_long: Whether there is a text that is longer than `LONGEST`.
        label: A text of digits that is no quantity; None if there is none.
        least: The least value, if all are numbers; otherwise None.
        greatest: The greatest value, if all are numbers; otherwise None.
        types: The types that native values may have.
        stored: The types of the values that are no text, the narrowest first.
    """

    name: str
    texts: dict[str, int] = field(default_factory=dict)
    more: dict[str, None] = field(default_factory=dict)
    rows: int = 0
    missing: int = 0
    is_complete: bool = True
    is_repeated: bool = False
    has_long: bool = False
    label: str | None = None
    least: float | None = None
    greatest: float | None = None
    types: frozenset[str] = _ANY_TYPE
    stored: tuple[str, ...] | None = None
    _extremes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """Number of rows with a text that is not empty."""
        return self.rows - self.missing

    def add(self, cells: pl.Series) -> None:
        """Add the cells of a batch."""
        self.rows += len(cells)
        if cells.dtype.base_type().__name__ in _TEXTS or cells.dtype == pl.Null:
            values = cells.cast(pl.String).drop_nulls()
            values = values.filter(values != "")
            self.missing += len(cells) - len(values)
            self._add_texts(values)
        else:
            values = cells.drop_nulls()
            self.missing += len(cells) - len(values)
            if len(values):
                stored = _stored_types(values)
                wider = stored if self.stored is None else self.stored
                self.stored = stored if len(stored) < len(wider) else wider
                if values.dtype.is_numeric() and self.is_complete:
                    self._count(values.cast(pl.String))
                if values.dtype.is_numeric():
                    self._add_range(values.cast(pl.Float64, strict=False))

    def _add_texts(self, values: pl.Series) -> None:
        if not len(values):
            return
        if (values.str.len_bytes().max() or 0) > LONGEST:  # type: ignore[operator]
            self.has_long = True
            values = values.filter(values.str.len_bytes() <= LONGEST)
        if self.is_complete:
            self._count(values)
        if not len(values):
            return
        if len(self.more) < MOST_TEXTS:
            self.more.update(dict.fromkeys(values.head(_SAMPLE)))
        known = [*self._extremes, str(values.min()), str(values.max())]
        for text in self._extremes:
            self.more.pop(text, None)
        self._extremes = min(known), max(known)
        self.more.update(dict.fromkeys(self._extremes))
        if self.label is None:
            labels = values.filter(values.str.contains(_LABEL))
            self.label = labels[0] if len(labels) else None
        self._add_range(values.cast(pl.Float64, strict=False))

    def _count(self, values: pl.Series) -> None:
        counts = values.alias("text").to_frame().group_by("text", maintain_order=True).len()
        for text, number in counts.iter_rows():
            self.is_repeated |= number > 1 or text in self.texts
            if text not in self.texts and len(self.texts) == MOST_TEXTS:
                self.is_complete = False
                break
            self.texts[text] = self.texts.get(text, 0) + number

    def _add_range(self, numbers: pl.Series) -> None:
        numbers = numbers.drop_nulls().drop_nans()
        if len(numbers):
            least, greatest = float(numbers.min()), float(numbers.max())  # type: ignore[arg-type]
            self.least = least if self.least is None else min(self.least, least)
            self.greatest = greatest if self.greatest is None else max(self.greatest, greatest)


@dataclass
class TableProfile:
    """Profiles of the columns of a table, and its malformed records.

    Attributes:
        columns: The profiles.
        rows: Number of rows.
        faults: Number of malformed records, by rule.
    """

    columns: list[Profile]
    rows: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def description(self) -> str:
        """What the profile is made from."""
        text = f"Inferred from {counted(self.rows, 'row')}: review it before use."
        if self.faults:
            faults = ", ".join(f"{self.faults[rule]:,} {rule}" for rule in sorted(self.faults))
            text += f" Malformed records, which no schema accepts: {faults}."
        return text

    def add(self, batch: Batch, labels: Sequence[str]) -> None:
        """Add the records of a batch, in which `labels` are the names of the columns."""
        self.rows += batch.frame.height
        self.faults.update(fault.rule.value for fault in batch.faults)
        for label, profile in zip(labels, self.columns, strict=True):
            profile.add(batch.frame[label])

    def add_kinds(self, table: NativeTable) -> None:
        """Add the types of fields that the native values of a table may have."""
        kinds = dict(zip(table.header or (), table.kinds(), strict=True))
        for profile in self.columns:
            for kind in kinds[profile.name]:
                profile.types &= types_of(kind)


def _stored_types(values: pl.Series) -> tuple[str, ...]:
    """Return the types of fields that take values which are no text, the narrowest first."""
    dtype = values.dtype
    if dtype.is_integer():
        return ("integer", "number")
    if dtype.is_float():
        numbers = values.cast(pl.Float64)
        whole = (numbers.is_finite() & (numbers == numbers.floor()) & (numbers.abs() < 2**53)).all()
        return ("integer", "number") if whole else ("number",)
    if dtype.is_decimal():
        return ("integer", "number") if dtype.scale == 0 else ("number",)  # type: ignore[attr-defined]
    if isinstance(dtype, pl.Datetime):
        midnight = values.dt.time().cast(pl.Int64) == 0
        return ("date", "datetime") if midnight.all() else ("datetime",)
    for kind, types in _STORED.items():
        if isinstance(dtype, kind):
            return types
    return ()


_STORED = {
    pl.Boolean: ("boolean",),
    pl.Date: ("date",),
    pl.Time: ("time",),
    pl.Duration: ("duration",),
    pl.List: ("array",),
    pl.Array: ("array",),
    pl.Struct: ("object",),
    pl.Binary: (),
}
