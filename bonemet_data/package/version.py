"""Version numbers: MAJOR.MINOR.PATCH, and the step that a change demands."""

import re
from enum import IntEnum
from typing import NamedTuple

from ..errors import BonemetError

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")


class Level(IntEnum):
    """How much a change matters to those who use the data, from nothing to everything."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


class Version(NamedTuple):
    """A version number; versions compare as numbers do.

    Example:
        >>> Version.parse("1.10.0") > Version.parse("1.9.3")
        True
    """

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> "Version":
        """Read a version; raises BonemetError if it is not three numbers with dots."""
        match = _VERSION.fullmatch(text)
        if not match:
            raise BonemetError(f"{text!r} is not a version: write three numbers, as in 1.0.0.")
        return cls(*map(int, match.groups()))

    def after(self, level: Level) -> "Version":
        """Give the smallest version that a change of some level demands after this one.

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
        return ".".join(map(str, self))
