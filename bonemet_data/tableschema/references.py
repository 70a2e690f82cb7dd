"""What foreign keys refer to: columns that exist, and values that are valid."""

from collections.abc import Callable
from typing import TypeAlias

from ..errors import UnsupportedSchemaError
from ..names import unknown
from .model import ForeignKey, TableSchema

OnInvalid: TypeAlias = Callable[[ForeignKey, str], None]
"""Function to call with a foreign key, and the place and fault of an invalid cell of its target."""


def check_reference(name: str, key: ForeignKey, schema: TableSchema, target: TableSchema) -> None:
    """Check that a foreign key refers to existing columns, and that their types match.

    Raises:
        UnknownNameError: The target has no such column.
        UnsupportedSchemaError: The values of the columns cannot be compared.
    """
    for column in key.reference_fields:
        if column not in target.names:
            raise unknown(f"column of {key.resource or name}", column, target.names)
    for column, other in zip(key.fields, key.reference_fields, strict=True):
        field, reference = schema.field(column), target.field(other)
        if field and reference and not _are_comparable(field.type, reference.type, key):
            raise UnsupportedSchemaError(
                f"{name}: a foreign key refers from {column!r}, of type {field.type}, to "
                f"{other!r}, of type {reference.type}: use the same type for both fields."
            )


def _are_comparable(one: str, other: str, key: ForeignKey) -> bool:
    """Return whether equal values of two types have equal texts."""
    types = {one, other}
    return (
        one == other
        or types == {"any", "string"}
        or (bool(key.resource) and types == {"integer", "number"})
    )
