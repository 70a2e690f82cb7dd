"""The command line `bonemet-data`.

Commands import pandas and other large libraries when they run, so that help is fast.
"""

from . import columns, data, mending, packages, publishing, shells, tables
from .group import main

__all__ = ["columns", "data", "main", "mending", "packages", "publishing", "shells", "tables"]
