"""Optional dependencies: imports whose error message names the extra to install."""

from types import TracebackType

from .errors import MissingExtraError


class Extra:
    """Context manager for importing the modules of an extra.

    Args:
        name: Name of the extra, such as "polars"; "" for the base dependencies.

    Raises:
        MissingExtraError: A module imported in the block is not installed.

    Example:
        >>> with Extra("polars"):
        ...     import a_module_that_does_not_exist
        Traceback (most recent call last):
        ...
        bonemet_data.errors.MissingExtraError: a_module_that_does_not_exist is not installed. ...
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
            target = f".[{self.name}]" if self.name else "."
            message = (
                f"{error.name} is not installed. "
                f"In a checkout of bonemet-data, run: pip install '{target}'"
            )
            raise MissingExtraError(message) from error


BASE = Extra("")
ARROW = Extra("arrow")
CHECK = Extra("check")
EXCEL = Extra("excel")
EXPORT = Extra("export")
FRICTIONLESS = Extra("frictionless")
MCP = Extra("mcp")
PANDERA = Extra("pandera")
PLOT = Extra("plot")
POLARS = Extra("polars")
RELEASE = Extra("release")
SITE = Extra("site")
SPARK = Extra("spark")
SUGGEST = Extra("suggest")
VALIDATE = Extra("validate")
