"""Read the values that the foreign keys of a package may have, in spite of its faults."""

from typing import Any, TypeAlias

from ..errors import BonemetError, UnknownNameError
from ..package.descriptor import Package
from ..package.resource import Resource
from ..reading.foreign_keys import foreign_key_targets, partly_compared
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from ..tableschema.model import ForeignKey, TableSchema
from ..tableschema.parser import read_table_schema
from .location import clause, location
from .profile import ResourceEntry

Values: TypeAlias = frozenset[tuple[Any, ...]]


class _FaultyPackage(Package):
    """A package whose tables are read as far as possible, since its faults are reported."""

    def schema(self, resource: Resource) -> TableSchema:
        """Read a Table Schema without what cannot be used."""
        return read_table_schema(self.schema_document(resource), resource.label)[0]

    def require_checksum(self, resource: Resource) -> None:
        """Accept any checksum."""


class TargetReader:
    """Reader of the values that foreign keys may have; each target is read once.

    Args:
        package: The package with the tables.
    """

    def __init__(self, package: Package) -> None:
        self.package = _FaultyPackage(package.storage, package.descriptor)
        self._read: dict[tuple[Any, ...], tuple[Values, list[str]] | BonemetError] = {}

    def read(
        self, entry: ResourceEntry, schema: TableSchema
    ) -> tuple[dict[ForeignKey, Values], list[Finding]]:
        """Return the values that each foreign key of a schema may have.

        Returns:
            The values, and a finding for each key that is wrong or cannot be checked.
        """
        values: dict[ForeignKey, Values] = {}
        findings = []
        place = location(self.package, entry.resource.name or None)
        for key in schema.foreign_keys:
            column = ", ".join(key.fields)
            if key.package:
                message = f"refers to the package {key.package!r}, which is not read"
                findings.append(place.not_checked(Rule.UNSUPPORTED, message, column=column))
                continue
            try:
                found, invalid = self._values(entry.name, schema, key)
            except UnknownNameError as error:
                message = f"the foreign key is wrong: {clause(error)}"
                findings.append(place.error(Rule.FOREIGN_KEYS, message, column=column))
            except BonemetError as error:
                message = f"was not compared with {key.resource}: {clause(error)}"
                findings.append(place.not_checked(Rule.FOREIGN_KEYS, message, column=column))
            else:
                if key.resource:
                    values[key] = found
                if invalid:
                    message = partly_compared(key, invalid)
                    findings.append(place.not_checked(Rule.FOREIGN_KEYS, message, column=column))
        return values, findings

    def _values(self, name: str, schema: TableSchema, key: ForeignKey) -> tuple[Values, list[str]]:
        """Read the values of a key, and the places of invalid cells.

        Keys to the same table are only compared with its fields.
        """
        one = TableSchema(fields=schema.fields, foreign_keys=(key,))
        invalid: list[str] = []
        targets = foreign_key_targets(
            name, one, self.package, {}, lambda _, place: invalid.append(place)
        )
        if not key.resource:
            return frozenset(), invalid
        fields = tuple(getattr(schema.field(field), "type", "") for field in key.fields)
        cached = key.resource, key.reference_fields, fields
        if cached not in self._read:
            try:
                self._read[cached] = targets(key) or frozenset(), invalid
            except BonemetError as error:
                self._read[cached] = error
        found = self._read[cached]
        if isinstance(found, BonemetError):
            raise found
        return found
