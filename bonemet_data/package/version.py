"""Version numbers: MAJOR.MINOR.PATCH, and the level of a change."""

import re
from dataclasses import astuple, dataclass
from enum import IntEnum

from ..errors import ArgumentError

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")


class Level(IntEnum):
    """Levels of a change, by its effect on the users of the data."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, order=True, slots=True)
class Version:
    """A version number; versions are ordered by their numbers.

    Example:
        >>> Version.parse("1.10.0") > Version.parse("1.9.3")
        True
    """

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> "Version":
        """Parse a version; raise ArgumentError if it is not three numbers with dots."""
        match = _VERSION.fullmatch(text)
        if not match:
            raise ArgumentError(f"{text!r} is not a version: write three numbers, as in 1.0.0.")
        return cls(*map(int, match.groups()))

    def after(self, level: Level) -> "Version":
        """Return the smallest version that may follow after a change of a level.

        Example:
            >>> str(Version(1, 2, 3).after(Level.MINOR))
            '1.3.0'
        """
        return {
            Level.NONE: self,
            Level.PATCH: Version(self.major, self.minor, self.patch + 1),
            Level.MINOR: Version(self.major, self.minor + 1, 0),
            Level.MAJOR: Version(self.major + 1, 0, 0),
        }[level]

    def __str__(self) -> str:
        return ".".join(map(str, astuple(self)))
