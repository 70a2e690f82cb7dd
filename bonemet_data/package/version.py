"""Version numbers of the form MAJOR.MINOR.PATCH, and levels of changes."""

import re
from dataclasses import astuple, dataclass
from enum import IntEnum

from ..errors import ArgumentError

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")


class Level(IntEnum):
    """Level of a change: the version step that the change requires.

    Attributes:
        NONE: No step.
        PATCH: A correction, such as 1.0.0 to 1.0.1.
        MINOR: An addition, such as 1.0.0 to 1.1.0.
        MAJOR: A change that can break the code of users, such as 1.0.0 to 2.0.0.

    See Also:
        Kind: Kind of a change, which determines its level.

    Example:
        >>> from bonemet_data import Level
        >>> Level.MINOR < Level.MAJOR
        True
    """

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, order=True, slots=True)
class Version:
    """A version number of the form MAJOR.MINOR.PATCH; versions can be compared.

    Attributes:
        major: First number.
        minor: Second number.
        patch: Third number.

    See Also:
        Level: Version step that a change requires.

    Example:
        >>> Version.parse("1.10.0") > Version.parse("1.9.3")
        True
    """

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> "Version":
        """Parse a version number.

        Args:
            text: Version number, such as "1.0.0".

        Raises:
            ArgumentError: The text is not three numbers separated by dots.
        """
        match = _VERSION.fullmatch(text)
        if not match:
            raise ArgumentError(
                f"{text!r} is not a version number: write three numbers, such as 1.0.0."
            )
        return cls(*map(int, match.groups()))

    def after(self, level: Level) -> "Version":
        """Return the smallest version number that may follow a change.

        Args:
            level: Level of the change.

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
