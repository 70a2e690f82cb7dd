"""The command line `bonemet-data`.

Commands import pandas and other large libraries when they run, so that help is fast.
"""

from . import data, exporting, inference, packages, publishing, tables
from .group import main

__all__ = ["data", "exporting", "inference", "main", "packages", "publishing", "tables"]
