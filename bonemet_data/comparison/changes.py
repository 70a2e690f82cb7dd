"""Changes: the closed list of their kinds, each with the version step that it demands."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from ..errors import BonemetError
from ..package.version import Level, Version


class Kind(StrEnum):
    """A kind of change.

    The levels follow the Data Package standard's recipe for versions
    (https://datapackage.org/recipes/data-package-version/).
    """

    level: Level
    meaning: str

    def __new__(cls, value: str, level: Level, meaning: str) -> Self:
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.level = level
        kind.meaning = meaning
        return kind

    IDENTITY = ("identity", Level.MAJOR, "The package's name or id is another.")
    RESOURCE_REMOVED = ("resource-removed", Level.MAJOR, "A resource is gone, or renamed.")
    ACCESS = ("access", Level.MAJOR, "A file's dialect, encoding, format or header is another.")
    FIELD_ADDED = ("field-added", Level.MAJOR, "A field is new.")
    FIELD_REMOVED = ("field-removed", Level.MAJOR, "A field is gone, or renamed.")
    FIELD_MOVED = ("field-moved", Level.MAJOR, "The fields stand in another order.")
    TYPE = ("type", Level.MAJOR, "A field's cells are read in another way.")
    TIGHTENED = ("tightened", Level.MAJOR, "A constraint or key allows less.")
    ROW_REMOVED = ("row-removed", Level.MAJOR, "A row is gone, or its key is another.")
    RESOURCE_ADDED = ("resource-added", Level.MINOR, "A resource is new.")
    LOOSENED = ("loosened", Level.MINOR, "A constraint or key allows more.")
    ROW_ADDED = ("row-added", Level.MINOR, "A row is new.")
    REFERENCE = ("reference", Level.MINOR, "A foreign key refers to another resource or field.")
    CELL = ("cell", Level.PATCH, "A cell has another value.")
    ROWS_MOVED = ("rows-moved", Level.PATCH, "The rows stand in another order.")
    FORM = ("form", Level.PATCH, "A file has other bytes, and the same cells.")
    RESOURCE_MOVED = ("resource-moved", Level.PATCH, "The resources stand in another order.")
    RESTATED = ("restated", Level.PATCH, "A constraint is written otherwise and allows the same.")
    METADATA = ("metadata", Level.PATCH, "A description of something is another.")
    RELOCATED = ("relocated", Level.NONE, "A file lies elsewhere in the package.")


_ORDER = {kind: at for at, kind in enumerate(Kind)}


@dataclass(frozen=True)
class Change:
    """One change, and where it is.

    Args:
        kind: the kind of change, which fixes its level.
        resource: the resource's name, or None if the change is the package's.
        row: the row's primary key, its parts joined by ", "; None if it is no row's.
        column: the field's name, or the keyword that changed.
        old: what stood there, as text; None if nothing did.
        new: what stands there now, as text; None if nothing does.
    """

    kind: Kind
    resource: str | None = None
    row: str | None = None
    column: str | None = None
    old: str | None = None
    new: str | None = None

    def __lt__(self, other: "Change") -> bool:
        return _ORDER[self.kind] < _ORDER[other.kind]


@dataclass(frozen=True)
class Difference:
    """All changes between two packages, the weightiest first.

    Args:
        old: the version of the first package, as its descriptor states it.
        new: the version of the second.
        changes: the changes; those of one kind in the order of the second package.
    """

    old: str
    new: str
    changes: tuple[Change, ...]

    @property
    def level(self) -> Level:
        """The step that the changes demand together."""
        return max((change.kind.level for change in self.changes), default=Level.NONE)

    @property
    def smallest(self) -> Version | None:
        """The smallest version that the second package may have; None if the first has none."""
        try:
            return Version.parse(self.old).after(self.level)
        except BonemetError:
            return None
