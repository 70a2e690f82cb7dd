"""A difference: all changes between two packages, with output formats."""

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
        changes: The changes, ordered by kind; the largest version steps come first.
        level: Version step that the changes require.
        smallest: Smallest version that the second package may have; None if the version of the
            first package is not of the form MAJOR.MINOR.PATCH.

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

    def to_text(self, *, width: int = 80) -> str:
        """Return the changes as plain text, then the required version.

        Args:
            width: Width of the terminal, in which lines are wrapped.
        """
        return rendering.to_text(self, width)

    def to_json(self) -> str:
        """Return the difference as a JSON object."""
        return rendering.to_json(self)

    def to_markdown(self) -> str:
        """Return the changes as a Markdown table."""
        return rendering.to_markdown(self)
