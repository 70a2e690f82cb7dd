"""The model of a Table Schema: its fields, keys and missing values.

These are named tuples and not dataclasses: importing `dataclasses` takes longer than loading a
table as records.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from .types import Parser


class Field(NamedTuple):
    """A field of a Table Schema.

    Attributes:
        constraints: the constraints by keyword, with their limits as values of the field's type.
        annotations: properties that describe the field, such as `rdfType` or `qudt:unit`.
        options: the properties that change how values are written, without defaults.
        missing_values: the texts that represent a missing value; None for those of the schema.
        parse: the parser of a cell.
    """

    name: str
    type: str
    title: str
    description: str
    example: str
    constraints: Mapping[str, Any]
    annotations: Mapping[str, Any]
    options: Mapping[str, Any]
    missing_values: frozenset[str] | None
    parse: Parser

    @property
    def plain(self) -> bool:
        """Whether values are written in the default format of the type."""
        return not self.options

    @property
    def categories(self) -> tuple[str, ...] | None:
        """The values that a string field is limited to, in the order of the schema, or None."""
        return self.constraints.get("enum") if self.type == "string" else None


class ForeignKey(NamedTuple):
    """Fields whose values must exist in fields of another resource, or of the same one.

    Attributes:
        fields: the names of the fields.
        resource: the name of the resource that they refer to; "" for the same table.
        reference_fields: the names of the fields that they refer to.
        package: the name of the package of that resource; "" for the same package.
    """

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]
    package: str = ""


class _TableSchema(NamedTuple):
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    missing_values: frozenset[str] = frozenset({""})
    annotations: Mapping[str, Any] = {}


class TableSchema(_TableSchema):
    """The fields, keys and missing values of a resource."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(self._by_name)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    def field(self, name: str) -> Field | None:
        """Return the field with that name, or None."""
        return self._by_name.get(name)

    def missing(self, field: Field) -> frozenset[str]:
        """Return the texts that represent a missing value in a column."""
        return self.missing_values if field.missing_values is None else field.missing_values
