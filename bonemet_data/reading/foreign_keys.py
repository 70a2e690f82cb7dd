"""Foreign keys: the tables and columns that they refer to."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import UnsupportedSchemaError
from ..package.descriptor import DESCRIPTOR, Package
from ..tableschema.constraints import Targets
from ..tableschema.model import ForeignKey, TableSchema
from ..tableschema.references import OnInvalid, check_reference


def foreign_key_targets(
    name: str,
    schema: TableSchema,
    package: Package | None,
    packages: Mapping[str, Package],
    on_invalid: OnInvalid | None = None,
) -> Targets:
    """Return a function that reads the values that a foreign key may have.

    Args:
        name: Name of the schema in error messages.
        schema: The schema with the foreign keys.
        package: Package that contains the schema, or None.
        packages: Other packages that foreign keys may refer to, by name.
        on_invalid: Function to call for each cell that is left out because it is not valid; None
            to raise DataError instead.

    Raises:
        UnknownNameError: A foreign key to the same table refers to an unknown column.
        UnsupportedSchemaError: A foreign key to the same table refers to a column of another type.
    """
    for key in schema.foreign_keys:
        if not key.resource:
            check_reference(name, key, schema, schema)

    def targets(key: ForeignKey) -> frozenset[tuple[Any, ...]]:
        target = packages.get(key.package) if key.package else package
        if target is None and key.package:
            raise UnsupportedSchemaError(
                f"{name}: a foreign key refers to the unknown package {key.package!r}: "
                f"use {' or '.join(map(repr, packages)) or 'the same package'}."
            )
        if target is None:
            raise UnsupportedSchemaError(
                f"{name}: a foreign key refers to the resource {key.resource!r} of an unknown "
                f"package: pass the path of the {DESCRIPTOR} as the schema, or add 'package' to "
                "the reference."
            )
        from .target_values import read_targets  # imports Polars, which few callers need

        return read_targets(name, key, schema, target, on_invalid)

    return targets


def partly_compared(key: ForeignKey, invalid: Sequence[str]) -> str:
    """Return the message about a foreign key whose target has cells that were left out."""
    rest = f" and {len(invalid) - 1:,} more" if len(invalid) > 1 else ""
    return f"was compared only with the valid cells of {key.resource}: {invalid[0]}{rest}"
