"""Packages written for the tests, with the verdict of the standard."""

from . import constraints, dialects, encodings, keys, resources, types, v1
from .case import Case

CASES: list[Case] = [
    case
    for module in (resources, dialects, types, constraints, keys, encodings, v1)
    for case in module.CASES
]
