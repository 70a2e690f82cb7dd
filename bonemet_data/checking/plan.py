"""A plan: the constraints of a table, grouped by the data that they involve."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from ..tableschema.constraints import UNIQUE, Constraint, Targets, constraints, nullable
from ..tableschema.model import Field, TableSchema


@dataclass(frozen=True)
class Plan:
    """Constraints of a table, grouped by the data that they involve.

    Attributes:
        schema: Table Schema of the table.
        cells: Constraints on single cells, by the name of the field.
        references: Foreign keys of several columns to other tables.
        self_references: Foreign keys to the table itself.
        unique_keys: Constraints that forbid duplicate values.
        fields_match: How the columns must match the fields of the schema: "exact", "equal",
            "subset", "superset" or "partial"; see
            https://datapackage.org/standard/table-schema/#fieldsMatch.
        exact: Whether the columns must match the fields of a schema; otherwise they were chosen.
        suggest: Function that returns the id that a text probably means, or None.
    """

    schema: TableSchema
    cells: Mapping[str, tuple[Constraint, ...]]
    references: tuple[Constraint, ...]
    self_references: tuple[Constraint, ...]
    unique_keys: tuple[Constraint, ...]
    fields_match: str
    exact: bool
    suggest: Callable[[str], str | None] | None

    @classmethod
    def of(
        cls,
        schema: TableSchema,
        targets: Targets,
        *,
        exact: bool = True,
        suggest: Callable[[str], str | None] | None = None,
        more: Iterable[Constraint] = (),
    ) -> Self:
        """Build the plan of a Table Schema.

        Args:
            schema: The Table Schema.
            targets: Function that returns the values that a foreign key may have. `of` calls it
                once for each foreign key.
            exact: Whether the columns must match the fields as the schema says; otherwise, the
                data must have the columns, and may have others.
            suggest: Function that returns the id that a text probably means, or None.
            more: Further constraints on single cells of the fields.
        """
        cells: dict[str, list[Constraint]] = {name: [] for name in schema.names}
        references, self_references, unique_keys = [], [], []
        for constraint in dict.fromkeys((*constraints(schema, targets), *more)):
            if constraint.on_cell:
                cells[constraint.columns[0]].append(constraint)
            elif constraint.keyword in UNIQUE:
                unique_keys.append(constraint)
            elif constraint.internal:
                self_references.append(constraint)
            else:
                references.append(constraint)
        return cls(
            schema=schema,
            cells={name: tuple(of_field) for name, of_field in cells.items()},
            references=tuple(references),
            self_references=tuple(self_references),
            unique_keys=tuple(unique_keys),
            fields_match=schema.fields_match if exact else "subset",
            exact=exact,
            suggest=suggest,
        )

    @cached_property
    def relations(self) -> tuple[Constraint, ...]:
        """Constraints between records: self-references, then unique keys."""
        return (*self.self_references, *self.unique_keys)

    @cached_property
    def field_indices(self) -> dict[str, int]:
        """Indices of the fields in the schema, by name."""
        return {name: index for index, name in enumerate(self.schema.names)}

    def required(self, field: Field) -> str:
        """Return the keyword that forbids missing values in a field; "" if they are allowed."""
        if nullable(field, self.schema):
            return ""
        return "required" if field.constraints.get("required") else "primaryKey"
