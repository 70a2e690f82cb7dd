"""The exceptions of this package.

BonemetError
├── ArgumentError            (also a ValueError)
├── UnknownNameError         (also a LookupError)
├── UnsupportedFrameError    (also a TypeError)
├── MissingExtraError        (also an ImportError)
├── UnsupportedSchemaError
├── IntegrityError
├── PackageError
│   ├── UnsafePathError
│   └── MissingFileError
├── DataError
│   ├── UnsupportedDataError
│   └── CsvError
│       └── EncodingError
├── InvalidDataError
├── OutputError
└── ReleaseError

UserWarning
└── CodesWarning
"""

from typing import Any


class BonemetError(Exception):
    """Base class of all exceptions that this package raises.

    The message states the problem, its location, and the next step.
    """


class ArgumentError(BonemetError, ValueError):
    """An argument, or a combination of arguments, is not allowed."""


class UnknownNameError(BonemetError, LookupError):
    """No resource, concept, statement, predicate, vocabulary, engine or release has this name."""


class UnsupportedFrameError(BonemetError, TypeError):
    """The type of a frame is not supported."""


class MissingExtraError(BonemetError, ImportError):
    """An optional dependency is not installed; the message names the extra to install."""


class UnsupportedSchemaError(BonemetError):
    """A Table Schema is not valid, or uses a feature that is not implemented."""


class IntegrityError(BonemetError):
    """The checksum of a file differs from the recorded one."""


class PackageError(BonemetError):
    """A data package cannot be read: the folder or descriptor is missing or not valid."""


class UnsafePathError(PackageError):
    """A path in a descriptor or archive leads outside the package, or is not a regular file."""


class MissingFileError(PackageError):
    """A file that the descriptor lists does not exist."""


class DataError(BonemetError):
    """Data cannot be read, or changed while they were read, so there is no result."""


class UnsupportedDataError(DataError):
    """Data are remote, or their format or dialect is not implemented, so they were not checked."""


class CsvError(DataError):
    """A file is not valid CSV.

    Args:
        message: The error message.
        line: Line of the file, starting at 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class EncodingError(CsvError):
    """A file is not encoded as its descriptor states."""


class InvalidDataError(BonemetError):
    """Data have errors, or were not checked completely; `Report.raise_for_errors` raises it.

    The message is the text of the report.

    Args:
        report: The report.
    """

    def __init__(self, report: Any) -> None:
        super().__init__(report)
        self.report = report


class OutputError(BonemetError):
    """A file cannot be written; any earlier file with that name is unchanged."""


class ReleaseError(BonemetError):
    """A release cannot be made; nothing was written."""


class CodesWarning(UserWarning):
    """Codes fit another vocabulary better than the one that they were looked up in.

    Or values contain several codes, and no separator was passed.
    """
