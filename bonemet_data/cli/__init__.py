"""The command line `bonemet-data`.

Commands import pandas and other large libraries when they run, so that help is fast.
"""

from . import (  # noqa: F401 - each module adds its commands
    assistants,
    catalog,
    columns,
    data,
    exporting,
    inference,
    mending,
    packages,
    plotting,
    publishing,
    shells,
    tables,
)
from .group import main

__all__ = ["main"]
