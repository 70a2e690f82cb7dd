"""A difference: all changes between two packages, and how they are shown."""

from dataclasses import dataclass

from . import rendering
from .changes import ChangeSet


@dataclass(frozen=True, slots=True, repr=False)
class Difference(ChangeSet):
    """All changes between two packages.

    `print(difference)` shows the same text as the command line.

    Attributes:
        old: Version of the first package, as its descriptor states it.
        new: Version of the second package.
        changes: The changes, ordered by kind, those that require the largest step first.
        level: Version step that the changes require together.
        smallest: Smallest version that the second package may have; None if the version of the
            first package is not three numbers.

    See Also:
        diff: Compare two packages.

    Example:
        >>> import bonemet_data as bm
        >>> print(bm.diff("1.0.0", "1.0.0"))
        1.0.0 and 1.0.0 do not differ
    """

    def __str__(self) -> str:
        return self.to_text()

    __repr__ = __str__

    def to_text(self) -> str:
        """Return one line for each change, and the required version, as plain text."""
        return rendering.to_text(self)

    def to_json(self) -> str:
        """Return every change as a JSON object."""
        return rendering.to_json(self)

    def to_markdown(self) -> str:
        """Return a Markdown table with one row for each change."""
        return rendering.to_markdown(self)
