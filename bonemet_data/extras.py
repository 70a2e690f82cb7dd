"""Optional dependencies: an import that fails says which extra to install."""

from types import TracebackType

from .errors import MissingExtraError


class Extra:
    """A block of imports that an extra brings.

    Args:
        name: the extra's name, such as "polars"; "" for what every installation has.

    Raises:
        MissingExtraError: on leaving the block, if a module in it is not installed.

    Example:
        >>> with Extra("polars"):
        ...     import a_module_that_is_not_there
        Traceback (most recent call last):
        ...
        bonemet_data.errors.MissingExtraError: This needs a_module_that_is_not_there, ...
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        _: type[BaseException] | None,
        error: BaseException | None,
        __: TracebackType | None,
    ) -> None:
        if isinstance(error, ModuleNotFoundError):
            package = f"bonemet-data[{self.name}]" if self.name else "bonemet-data"
            message = f"This needs {error.name}, which is not installed: pip install '{package}'"
            raise MissingExtraError(message) from error


VALIDATE = Extra("validate")
POLARS = Extra("polars")
CHECK = Extra("check")
ARROW = Extra("arrow")
SPARK = Extra("spark")
BASE = Extra("")
