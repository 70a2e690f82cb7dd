"""The command line: `bonemet-data`. Exit status 0 valid, 1 data invalid, 2 usage or unreadable.

Commands that need pandas and its like import them when they run, so that help is quick.
"""

from . import data as reading
from . import packages, tables
from .group import main

__all__ = ["main", "packages", "reading", "tables"]
