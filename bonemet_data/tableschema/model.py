"""The model of a Table Schema: fields, keys and missing values.

The classes are named tuples, because importing dataclasses takes longer than loading a table.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from .types import Parser


class Field(NamedTuple):
    """A field of a Table Schema.

    Attributes:
        name: Name of the field.
        type: Name of the type.
        title: Title, or "".
        description: Description, or "".
        example: Example of a value, or "".
        constraints: Arguments of the constraints, by keyword; limits are logical values.
            `categories` is one of them, since it limits the values as `enum` does.
        annotations: Descriptive properties, such as `rdfType` or `qudt:unit`.
        options: Properties that affect parsing and differ from their defaults.
        missing_values: Texts that represent a missing value; None to use those of the schema.
        parse: Parser of a cell.
        ordered: Whether the order of the categories is their natural order; None if not stated.
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
    ordered: bool | None = None

    @property
    def plain(self) -> bool:
        """Whether the field has the default format of its type."""
        return not self.options

    @property
    def categories(self) -> tuple[str, ...] | None:
        """Allowed values of a string field, in the order of the schema; None if not limited."""
        if self.type != "string":
            return None
        allowed: tuple[str, ...] | None = self.constraints.get(
            "enum", self.constraints.get("categories")
        )
        return allowed


class ForeignKey(NamedTuple):
    """A foreign key: fields whose values must occur in the fields of a resource.

    Attributes:
        fields: Names of the fields.
        resource: Name of the resource that the key refers to; "" for the same table.
        reference_fields: Names of the fields that the key refers to.
        package: Name of the package of the resource; "" for the same package.
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
    fields_match: str = "exact"
    repeated_names: frozenset[str] = frozenset()


class TableSchema(_TableSchema):
    """The fields, keys and missing values of a resource.

    Only the first of several fields of one name is a field; `repeated_names` has their names.
    """

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in reversed(self.fields)}

    @cached_property
    def required_names(self) -> frozenset[str]:
        """The names of the fields that must not have missing values."""
        required = (field.name for field in self.fields if field.constraints.get("required"))
        return frozenset((*required, *self.primary_key))

    def field(self, name: str) -> Field | None:
        """Return the field with a name, or None."""
        return self._by_name.get(name)

    def missing(self, field: Field) -> frozenset[str]:
        """Return the texts that represent a missing value of a field."""
        return self.missing_values if field.missing_values is None else field.missing_values
