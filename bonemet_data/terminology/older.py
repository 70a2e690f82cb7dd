"""Releases before 2.0.0, whose records are read in the shape of later ones.

They have relations, prefixes and evidence of concepts instead of statements, vocabularies and
evidence of statements. This is the only module that knows about them.
"""

from collections import namedtuple
from collections.abc import Mapping
from typing import Any

_RESOURCES = {"prefixes": "vocabularies", "relations": "statements"}
_COLUMNS = {"scope": "synonym_scope", "relation": "stance", "year": "publication_year"}
_MISSING = {
    "concepts": ("label_scope", "broader_id", "scope_note"),
    "statements": ("statement_id", "value_number", "unit", "qualifier", "context_id"),
    "evidence": ("statement_id", "authors_short"),
}


def upgrade_records(records: Mapping[str, tuple[Any, ...]]) -> Mapping[str, tuple[Any, ...]]:
    """Return the records of a release with the names of version 2.0.0.

    A column that the release does not have is None in every record. A record of `evidence` keeps
    its column concept_id, since it belongs to no statement.

    Args:
        records: Records of each resource, by name of the resource.
    """
    if "statements" in records:
        return records
    upgraded = {}
    for old_name, rows in records.items():
        name = _RESOURCES.get(old_name, old_name)
        missing = _MISSING.get(name, ())
        if rows:
            columns = [_COLUMNS.get(column, column) for column in rows[0]._fields]
            record = namedtuple("Record", [*columns, *missing])  # type: ignore[misc]  # noqa: PYI024 - dynamic fields
            rows = tuple(record(*row, *[None] * len(missing)) for row in rows)  # noqa: PLW2901
        upgraded[name] = rows
    return upgraded
