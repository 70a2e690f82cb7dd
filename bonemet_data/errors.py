"""The errors that this package raises: one small tree under `BonemetError`."""


class BonemetError(Exception):
    """Any error that this package raises on purpose; its text says what is wrong and the remedy."""


class PackageError(BonemetError):
    """A data package cannot be read: no folder, no descriptor, or a descriptor that is not JSON."""


class UnsafePathError(PackageError):
    """A path in a descriptor points outside the package's folder, or at something not a file."""


class MissingFileError(PackageError):
    """A file that the descriptor names is not there."""


class IntegrityError(BonemetError):
    """A file's content is not the content that the descriptor vouches for."""


class UnsupportedSchemaError(BonemetError):
    """A Table Schema asks for something that is not implemented, so nothing was checked."""


class UnknownNameError(BonemetError, LookupError):
    """A resource, concept or engine of that name does not exist; the text lists the nearest."""


class UnsupportedFrameError(BonemetError, TypeError):
    """A frame is of a library that is not implemented; the text lists those that are."""


class MissingExtraError(BonemetError, ImportError):
    """A feature needs an optional dependency that is not installed; the text names the extra."""


class DataError(BonemetError):
    """Data that were to be checked cannot be read, or changed meanwhile; there is no verdict."""
