"""The command line `bonemet-data`.

Commands import pandas and other large libraries when they run, so that help is fast.
"""

from . import data, inference, packages, plotting, publishing, tables
from .group import main

__all__ = ["data", "inference", "main", "packages", "plotting", "publishing", "tables"]
