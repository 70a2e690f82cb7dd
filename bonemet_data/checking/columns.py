"""Columns of the data with their fields, and the typed values of columns."""

from dataclasses import dataclass

from ..extras import CHECK
from ..tableschema.constraints import Constraint, allowed_values
from ..tableschema.model import Field
from ..tableschema.types import TYPES
from .cell_validator import CellValidator
from .plan import Plan

with CHECK:
    import polars as pl

_SHORT_LIST, _SHORT_TEXT = 8, 12
"""Up to this number and length of texts, Polars compares a cell faster than it hashes it."""

_LONGEST_INTEGER = 25
"""Maximum number of characters of an integer, as in `tableschema.types`."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the data with its field.

    Attributes:
        index: Index of the column in the header.
        field: Field of the column.
        constraints: Constraints on single cells.
        missing: Texts that represent a missing value.
        required: Whether a missing value is an error.
        valid_texts: All valid texts, if a constraint lists the allowed values; otherwise None.
        validator: Exact check of the cells.
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
        """Build the column of a field; `index` is its index in the header."""
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
        """Name of the column in a batch, which is unique even if names in the data are not."""
        return f"c{self.index}"

    @property
    def has_function(self) -> bool:
        """Whether a function tests the values, so that Polars cannot."""
        return any(constraint.is_function for constraint in self.constraints)

    @property
    def is_repetitive(self) -> bool:
        """Whether the column probably has few distinct texts, which are validated once each."""
        if self.has_function:
            return True
        if self.valid_texts is not None:
            return len(self.valid_texts) > _SHORT_LIST or any(
                len(text) > _SHORT_TEXT for text in self.valid_texts
            )
        return self.field.type in {"boolean", "date", "year"}

    def missing_texts(self, has_empty: bool) -> list[str]:
        """Return the texts that represent a missing value and may occur in a batch."""
        return sorted(self.missing if has_empty else self.missing - {""})


def is_native(dtype: pl.DataType, field: Field) -> bool:
    """Return whether values of a Polars data type are values of a field without conversion."""
    return dtype.base_type().__name__ in TYPES[field.type].polars_inputs


def parse_expression(field: Field, text: pl.Expr) -> tuple[pl.Expr, pl.Expr] | None:
    """Return expressions for the parsed value, and for whether Polars parses the text exactly.

    The result is None for types and formats that must be parsed in Python.
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
    """Return the typed values of a column; missing and invalid values are null.

    Values of types that Polars lacks are returned as the text of the Python value.
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
