"""A plan: the constraints of a table, grouped by the data that they involve."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self, TypeAlias

from ..reporting.rules import Rule
from ..tableschema.constraints import UNIQUE, Constraint, Targets, constraints, nullable
from ..tableschema.model import Field, TableSchema
from .cell_validator import Suggest

HEADER_RULES = (Rule.DUPLICATE_HEADER, Rule.COLUMNS)
"""Rules about the names of the columns."""

RECORD_RULES = (Rule.ENCODING, Rule.NOT_CSV, Rule.LONG_RECORD, Rule.RAGGED_ROW, Rule.BLANK_LINE)
"""Rules about the form of records of text."""

CheckedRule: TypeAlias = tuple[str, str | None, str]
"""A rule, its columns, and its argument as text."""


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
        suggest: Function that returns the id that a text probably means, and how it was found.
    """

    schema: TableSchema
    cells: Mapping[str, tuple[Constraint, ...]]
    references: tuple[Constraint, ...]
    self_references: tuple[Constraint, ...]
    unique_keys: tuple[Constraint, ...]
    fields_match: str
    exact: bool
    suggest: Suggest | None

    @classmethod
    def of(
        cls,
        schema: TableSchema,
        targets: Targets,
        *,
        exact: bool = True,
        suggest: Suggest | None = None,
        more: Iterable[Constraint] = (),
    ) -> Self:
        """Build the plan of a Table Schema.

        Args:
            schema: The Table Schema.
            targets: Function that returns the values that a foreign key may have. `of` calls it
                once for each foreign key.
            exact: Whether the columns must match the fields as the schema says; otherwise, the
                data must have the columns, and may have others.
            suggest: Function that returns the id that a text probably means, and how it was found.
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

    def rules(self, header: Collection[str], *, has_lines: bool) -> Iterator[CheckedRule]:
        """Iterate over the rules that are checked for a table.

        Args:
            header: Names of the columns of the table.
            has_lines: Whether the table is text, so that the form of its records is checked.
        """
        names = frozenset(header)
        if self.exact:
            yield from ((rule.value, None, "") for rule in HEADER_RULES)
        if has_lines:
            yield from ((rule.value, None, "") for rule in RECORD_RULES)
        for field in self.schema.fields:
            if field.name not in names:
                continue
            yield Rule.TYPE.value, field.name, field.type
            if required := self.required(field):
                yield required, field.name, ""
            for constraint in self.cells[field.name]:
                yield constraint.keyword, field.name, constraint.detail
        for constraint in (*self.references, *self.relations):
            columns = {*constraint.columns, *(constraint.argument if constraint.internal else ())}
            if columns <= names:
                yield constraint.keyword, ", ".join(constraint.columns), constraint.detail

    def required(self, field: Field) -> str:
        """Return the keyword that forbids missing values in a field; "" if they are allowed."""
        if nullable(field, self.schema):
            return ""
        return "required" if field.constraints.get("required") else "primaryKey"
