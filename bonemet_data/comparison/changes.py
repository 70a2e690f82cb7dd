"""Changes between two packages, and the kinds of change."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from ..errors import BonemetError
from ..package.version import Level, Version
from ..reporting.escaping import printable, quoted


class Kind(StrEnum):
    """A kind of change.

    The levels follow the Data Package recipe for versions
    (https://datapackage.org/recipes/data-package-version/).

    Attributes:
        level: Version step that the change requires.
        meaning: Sentence that describes the change.
        order: Index in this enumeration. A difference lists its changes in this order.

    See Also:
        Change: One change, with its kind and location.

    Example:
        >>> from bonemet_data import Kind
        >>> Kind("row-added").level.name
        'MINOR'
    """

    level: Level
    meaning: str
    order: int

    def __new__(cls, name: str, level: Level, meaning: str) -> Self:
        """Create a member whose value is its name in reports."""
        kind = str.__new__(cls, name)
        kind._value_ = name
        kind.level = level
        kind.meaning = meaning
        kind.order = len(cls.__members__)
        return kind

    IDENTITY = ("identity", Level.MAJOR, "The name or id of the package changed.")
    RESOURCE_REMOVED = ("resource-removed", Level.MAJOR, "A resource was removed or renamed.")
    ACCESS = ("access", Level.MAJOR, "The dialect, encoding, format or header of a file changed.")
    FIELD_ADDED = ("field-added", Level.MAJOR, "A field was added.")
    FIELD_REMOVED = ("field-removed", Level.MAJOR, "A field was removed or renamed.")
    FIELD_MOVED = ("field-moved", Level.MAJOR, "The order of the fields changed.")
    TYPE = ("type", Level.MAJOR, "The type of a field, or the way its cells are parsed, changed.")
    TIGHTENED = (
        "tightened",
        Level.MAJOR,
        "A constraint or key allows fewer values, or a pattern changed.",
    )
    ROW_REMOVED = ("row-removed", Level.MAJOR, "A row was removed, or its key changed.")
    RESOURCE_ADDED = ("resource-added", Level.MINOR, "A resource was added.")
    LOOSENED = ("loosened", Level.MINOR, "A constraint or key allows more values.")
    ROW_ADDED = ("row-added", Level.MINOR, "A row was added.")
    REFERENCE = ("reference", Level.MINOR, "A foreign key refers to another resource or field.")
    CELL = ("cell", Level.PATCH, "The value of a cell changed.")
    ROWS_MOVED = ("rows-moved", Level.PATCH, "The order of the rows changed.")
    FORM = ("form", Level.PATCH, "The bytes of a file changed, but no cell did.")
    RESOURCE_MOVED = ("resource-moved", Level.PATCH, "The order of the resources changed.")
    RESTATED = (
        "restated",
        Level.PATCH,
        "A constraint is written in another way and allows the same values.",
    )
    METADATA = ("metadata", Level.PATCH, "A title, a description or other metadata changed.")
    RELOCATED = ("relocated", Level.NONE, "The path of a file changed.")


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two packages, and its location.

    Attributes:
        kind: Kind of the change, which determines its level.
        resource: Name of the resource; None if the package itself changed.
        key: Primary key of the row, with its parts joined by ", ", or all cells of the row if the
            table has no primary key; None if the change does not concern a single row.
        column: Name of the field or property that changed, or None.
        old: Text before the change, or None.
        new: Text after the change, or None.

    See Also:
        Difference: All changes between two packages.

    Example:
        >>> from bonemet_data import Change, Kind
        >>> print(Change(Kind.CELL, "types", "mixed", "type", old="Mix", new="Mixed"))
        PATCH  cell              types[mixed].type  'Mix' → 'Mixed'
    """

    kind: Kind
    resource: str | None = None
    key: str | None = None
    column: str | None = None
    old: str | None = None
    new: str | None = None

    @property
    def location(self) -> str:
        """Resource, key and column as text, such as `types[mixed].main_feature`."""
        key = "" if self.key is None else f"[{self.key}]"
        return ".".join(part for part in (f"{self.resource or ''}{key}", self.column) if part)

    def __str__(self) -> str:
        """Return level, kind, location and both values as one line."""
        text = f"{self.kind.level.name:<5}  {self.kind:<16}  {printable(self.location)}"
        named = {None, self.resource, self.key, self.column}
        if {self.old, self.new} <= named and self.kind is not Kind.CELL:
            return text.rstrip()
        return f"{text}  {_value(self.old)} → {_value(self.new)}"


@dataclass(frozen=True, slots=True, repr=False)
class ChangeSet:
    """All changes between two packages; `Difference` adds the output formats."""

    old: str
    new: str
    changes: tuple[Change, ...]

    @property
    def level(self) -> Level:
        """Version step that the changes require."""
        return max((change.kind.level for change in self.changes), default=Level.NONE)

    @property
    def smallest(self) -> Version | None:
        """Smallest version that the second package may have, or None; see `Difference`."""
        try:
            return Version.parse(self.old).after(self.level)
        except BonemetError:
            return None


def _value(value: str | None) -> str:
    return "nothing" if value is None else printable(quoted(value))
