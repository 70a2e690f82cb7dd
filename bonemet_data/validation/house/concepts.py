"""The concepts: ids that are unique over the package, and a hierarchy without cycles."""

from collections.abc import Iterator, Sequence

from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..typed_tables import RequiredTables
from .article import ArticleTable


def check(tables: RequiredTables, article: Sequence[ArticleTable]) -> Iterator[Finding]:
    """Check the ids of the package and the broader concepts."""
    rows = [(table.name, table.key) for table in article]
    yield from _reused_ids(tables, rows)
    yield from _reused_ids(tables, [key for key in _keys(tables) if key not in rows])
    yield from _broader_cycles(tables)


def _keys(tables: RequiredTables) -> Iterator[tuple[str, str]]:
    """Iterate over the resources with ids as primary key; ids of another resource are left out."""
    for name, table in tables.tables.items():
        key = table.schema.primary_key
        field = table.schema.field(key[0]) if len(key) == 1 else None
        foreign = {reference.fields for reference in table.schema.foreign_keys}
        if field and field.type == "string" and key not in foreign:
            yield name, field.name


def _reused_ids(tables: RequiredTables, keys: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for name, key in keys:
        for row, value in tables.rows(name, key):
            other = first.setdefault(value, name) if value else name
            if other != name:
                message = f"is also the id of a row in {other}: rename one, as ids must be unique"
                yield tables[name].error(Rule.REUSED_ID, row, key, value, message)


def _broader_cycles(tables: RequiredTables) -> Iterator[Finding]:
    rows = tables.rows("concepts", "concept_id", "broader_id")
    broader = {concept: parent for _, concept, parent in reversed(rows)}
    seen: set[str] = set()
    for row, start, parent in rows:
        path: dict[str, None] = {}
        concept = start
        while concept is not None and concept not in seen:
            seen.add(concept)
            path[concept] = None
            concept = broader.get(concept)
        if concept in path:
            names = list(path)
            cycle = names[names.index(concept) :]
            at = next((at for at in rows if at[1] in cycle), (row, start, parent))
            message = f"leads back to the concept: {' > '.join([*cycle, cycle[0]])}; correct one"
            yield tables["concepts"].error(Rule.BROADER_CYCLE, at[0], "broader_id", at[2], message)
