"""Columns of the data, bound to the fields of the schema, and their typed values."""

from dataclasses import dataclass

from ..extras import CHECK
from ..tableschema.constraints import Constraint, allowed_values
from ..tableschema.model import Field
from ..tableschema.types import TYPES
from .plan import Plan
from .validator import CellValidator

with CHECK:
    import polars as pl

_SHORT_LIST, _SHORT_TEXT = 8, 12
"""Number and length of texts that Polars compares with a cell faster than it hashes it."""

_LONGEST_INTEGER = 25
"""Characters of an integer, as the parser of the type has it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the data with its field.

    Attributes:
        index: Position in the header.
        field: Its field.
        constraints: Constraints on its cells.
        missing: Texts that mean a missing value.
        required: Whether a missing value is forbidden.
        valid_texts: All texts that satisfy the constraints, if they are limited to a list.
        validator: The exact check of its cells.
    """

    index: int
    field: Field
    constraints: tuple[Constraint, ...]
    missing: frozenset[str]
    required: bool
    valid_texts: tuple[str, ...] | None
    validator: CellValidator

    @classmethod
    def of(cls, plan: Plan, field: Field, index: int) -> "Column":
        """Return the column of a field, at a position in the header."""
        constraints, missing = plan.cells[field.name], plan.schema.missing(field)
        required = plan.required(field)
        validator = CellValidator(field, constraints, missing, required, plan.suggest)
        lists = [c for c in constraints if c.keyword in {"enum", "foreignKeys"}]
        valid_texts = None
        if lists and field.type == "string":
            texts = sorted(allowed_values(lists[0]) | (missing - {""}))
            valid_texts = tuple(text for text in texts if not validator.check_text(text))
        return cls(index, field, constraints, missing, bool(required), valid_texts, validator)

    @property
    def label(self) -> str:
        """Name of the column in a batch; its name in the data may be anything."""
        return f"c{self.index}"

    @property
    def is_repetitive(self) -> bool:
        """Whether it has few distinct texts, so that the validator should check each once."""
        if self.valid_texts is not None:
            return len(self.valid_texts) > _SHORT_LIST or any(
                len(text) > _SHORT_TEXT for text in self.valid_texts
            )
        return self.field.type in {"boolean", "date", "year"}

    def missing_texts(self, has_empty: bool) -> list[str]:
        """Return the texts that mean a missing value and may be in a batch, besides null."""
        return sorted(self.missing if has_empty else self.missing - {""})


def is_native(dtype: pl.DataType, field: Field) -> bool:
    """Return whether a data type of Polars stores the values of a field as they are."""
    return dtype.base_type().__name__ in TYPES[field.type].polars_inputs


def parse_expression(field: Field, text: pl.Expr) -> tuple[pl.Expr, pl.Expr] | None:
    """Return the value of a text, and whether Polars surely parsed it as Table Schema does.

    The result is None for types and formats that only Python parses.
    """
    if not field.plain:
        return None
    match field.type:
        case "string":
            return text, pl.lit(True)
        case "integer":
            integer = text.cast(pl.Int64, strict=False)
            is_short = text.str.len_bytes() <= _LONGEST_INTEGER
            return integer, integer.is_not_null() & is_short
        case "number":
            number = text.cast(pl.Float64, strict=False)
            return number, number.is_finite().fill_null(False)
    return None


def typed_values(series: pl.Series, column: Column, has_empty: bool) -> pl.Series:
    """Return the typed values of a column; null is missing or not valid.

    Types that Polars does not have become the text of the Python value.
    """
    dtype = getattr(pl, TYPES[column.field.type].polars)
    if not isinstance(series.dtype, pl.String):
        return series.cast(dtype)
    missing = column.missing_texts(has_empty)
    if column.field.type == "string" and column.field.plain and not missing:
        return series
    raw = pl.col(series.name)
    parsed = parse_expression(column.field, raw)
    if parsed is None:
        value, doubtful = pl.lit(None, dtype), raw.is_not_null()
    else:
        value = pl.when(parsed[1]).then(parsed[0])
        doubtful = raw.is_not_null() & ~parsed[1]
    if missing:
        doubtful |= raw.is_in(missing)
    frame = series.to_frame().select(value.cast(dtype).alias("value"), doubtful.alias("doubtful"))
    if not frame["doubtful"].any():
        return frame["value"]
    texts = series.filter(frame["doubtful"]).unique()
    values = [column.validator.parse(text) for text in texts]
    if dtype == pl.String:
        values = [None if value is None else str(value) for value in values]
    exact = pl.DataFrame({"text": texts, "exact": pl.Series(values, dtype=dtype)})
    joined = (
        frame.with_columns(series.alias("text"))
        .join(exact, on="text", how="left", maintain_order="left")
        .select(pl.when("doubtful").then("exact").otherwise("value"))
    )
    return joined.to_series()
