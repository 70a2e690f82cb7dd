"""The command line `bonemet-data`.

Commands import pandas and other large libraries when they run, so that help is fast.
"""

from . import (
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
    site,
    tables,
)
from .group import main

__all__ = [
    "assistants",
    "catalog",
    "columns",
    "data",
    "exporting",
    "inference",
    "main",
    "mending",
    "packages",
    "plotting",
    "publishing",
    "shells",
    "site",
    "tables",
]
