"""Columns of the data with their fields."""

from dataclasses import dataclass

from ..extras import CHECK
from ..tableschema.constraints import Constraint, allowed_values
from ..tableschema.fields import make_parser
from ..tableschema.model import Field
from ..tableschema.types import TYPES, Parser
from .cell_validator import CellValidator
from .plan import Plan

with CHECK:
    import polars as pl

_SHORT_LIST, _SHORT_TEXT = 8, 12
"""Up to this number and length of texts, Polars compares a cell faster than it hashes it."""

LISTS = frozenset({"enum", "categories", "foreignKeys"})
"""Constraints with a list of allowed values."""

PLAIN = pl.Binary
"""Data type of cells whose text is in the default format of the type, not in that of the field."""


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
        validator: Exact check of the cells that are text.
        plain_validator: Exact check of the cells that are typed values, or text made from them.
    """

    index: int
    field: Field
    constraints: tuple[Constraint, ...]
    missing: frozenset[str]
    required: bool
    valid_texts: tuple[str, ...] | None
    validator: CellValidator
    plain_validator: CellValidator

    @classmethod
    def of(cls, plan: Plan, field: Field, index: int) -> "Column":
        """Build the column of a field; `index` is its index in the header."""
        constraints, missing = plan.cells[field.name], plan.schema.missing(field)
        required = plan.required(field)
        validator = CellValidator(field, constraints, missing, required, plan.suggest)
        plain = CellValidator(
            field,
            constraints,
            frozenset(),
            required,
            plan.suggest,
            parse=_plain_parser(field),
        )
        lists = [c for c in constraints if c.keyword in LISTS]
        valid_texts = None
        if lists and field.type in {"string", "any"}:
            texts = sorted(allowed_values(lists[0]) | (missing - {""}))
            invalid = validator.check_texts(texts, ())
            valid_texts = tuple(text for i, text in enumerate(texts) if i not in invalid)
        return cls(
            index, field, constraints, missing, bool(required), valid_texts, validator, plain
        )

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

    def validator_of(self, dtype: pl.DataType) -> CellValidator:
        """Return the validator of the cells of a data type."""
        return self.validator if isinstance(dtype, pl.String) else self.plain_validator


def _plain_parser(field: Field) -> Parser:
    """Return the parser of the text of typed values, in the default format of the type."""
    if field.type == "string":
        return _no_string  # what has a text is converted to it, and checked as text
    if field.plain or field.type in {"list", "geopoint", "geojson"}:
        return field.parse
    return make_parser(field.type, {}, field.name)


def _no_string(_: str) -> str:
    raise ValueError("is not a string")


def is_native(dtype: pl.DataType, field: Field) -> bool:
    """Return whether values of a Polars data type are values of a field without conversion."""
    return dtype.base_type().__name__ in TYPES[field.type].polars_inputs


def plain_text(cells: pl.Series) -> pl.Series:
    """Return typed values as text in the default format of their type."""
    if isinstance(cells.dtype, pl.Datetime):
        return cells.dt.to_string("%Y-%m-%dT%H:%M:%S%.6f")
    return cells.dt.to_string("iso") if cells.dtype == pl.Time else cells.cast(pl.String)
