"""The machine-usable entries of the package, read together: concepts and what hangs on them."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..package.csv_reading import read_columns
from ..package.descriptor import Package, installed
from ..tableschema.frames import to_records

TABLES: Mapping[str, str] = {
    "symptoms": "symptom",
    "types": "type",
    "causes": "cause",
    "treatments": "treatment",
}
"""The resources that hold the article's tables, each with the kind of its concepts."""


class Entries(NamedTuple):
    """The records of the resources that look-ups need."""

    concepts: tuple[Any, ...]
    mappings: tuple[Any, ...]
    synonyms: tuple[Any, ...]
    prefixes: tuple[Any, ...]


def read_entries() -> Entries:
    """Read the concepts, mappings, synonyms and prefixes of the installed package."""
    package = installed()
    return Entries(*(read_records(package, name) for name in Entries._fields))


def read_records(package: Package, name: str) -> tuple[Any, ...]:
    """Read one resource of a package as records."""
    return to_records(*read_columns(package, package.resource(name)))


def by_concept(records: Iterable[Any], concept_id: str) -> tuple[Any, ...]:
    """Give the records of one concept, in their order."""
    return tuple(record for record in records if record.concept_id == concept_id)
