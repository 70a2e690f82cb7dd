"""The mentions: where the article makes each statement, and what its cells say."""

from collections.abc import Iterator, Sequence

from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..typed_tables import RequiredTables
from .article import MAKES_NO_STATEMENT, SOURCE_IDS, ArticleTable

_PLACE = ("resource", "row_id", "field")
_PROSE, _TITLE = "prose", "table_title"


def check(tables: RequiredTables, article: Sequence[ArticleTable]) -> Iterator[Finding]:
    """Check the places of mentions, and that every cell and every statement has a mention."""
    yield from _bases(tables, article)
    yield from _places(tables, article)
    yield from _cells(tables, article)
    mentioned = {statement for _, statement in tables.rows("mentions", "statement_id")}
    for row, statement in tables.rows("statements", "statement_id") if mentioned else ():
        if statement not in mentioned:
            message = "has no mention: add it, or remove the statement"
            yield tables["statements"].error(
                Rule.UNMENTIONED_STATEMENT, row, "statement_id", statement, message
            )


def _bases(tables: RequiredTables, article: Sequence[ArticleTable]) -> Iterator[Finding]:
    labels = {(table.name, table.fields[0]) for table in article if table.fields}
    known = {table.name for table in article}
    for row, basis, resource, row_id, field in tables.rows("mentions", "basis", *_PLACE):
        filled = [
            name
            for name, value in zip(_PLACE, (resource, row_id, field), strict=True)
            if value is not None
        ]
        if basis == _PROSE and filled:
            message = f"must have no {', '.join(_PLACE)}, but has {', '.join(filled)}"
        elif basis not in {None, _PROSE} and len(filled) < len(_PLACE):
            missing = [name for name in _PLACE if name not in filled]
            message = f"needs {', '.join(_PLACE)}, but lacks {', '.join(missing)}"
        elif (
            basis not in {None, _PROSE}
            and resource in known
            and (basis == _TITLE) != ((resource, field) in labels)
        ):
            message = f"does not fit {resource}.{field}: {_TITLE} is the basis of labels alone"
        else:
            continue
        yield tables["mentions"].error(Rule.MENTION_PLACE, row, "basis", basis, message)


def _places(tables: RequiredTables, article: Sequence[ArticleTable]) -> Iterator[Finding]:
    """The resource, the row and the field of a mention exist."""
    fields = {table.name: table.fields for table in article}
    ids = {t.name: {value for _, value in tables.rows(t.name, t.key)} for t in article}
    for row, resource, row_id, field in tables.rows("mentions", *_PLACE):
        if resource is None:
            continue
        if resource not in fields:
            column, value, message = "resource", resource, "is not a table of the article"
            if not tables.complete:
                continue  # the table cannot be read, which has been reported
        elif row_id is not None and row_id not in ids[resource]:
            column, value, message = "row_id", row_id, f"is not the id of a row in {resource}"
        elif field is not None and field not in fields[resource]:
            column, value, message = "field", field, f"is not a verbatim field of {resource}"
        else:
            continue
        message += ": correct it"
        yield tables["mentions"].error(Rule.MENTION_PLACE, row, column, value, message)


def _cells(tables: RequiredTables, article: Sequence[ArticleTable]) -> Iterator[Finding]:
    """A cell of the article is in a mention, or its field is marked as making no statement."""
    places = [tuple(place) for _, *place in tables.rows("mentions", *_PLACE)]
    covered = set(places)
    for table in article if covered else ():
        for field in (*table.fields, SOURCE_IDS):
            for row, row_id, text in tables.rows(table.name, table.key, field):
                if ((table.name, row_id, field) in covered) != (field in table.silent):
                    continue
                message = (
                    f"is in a mention, although the schema marks the field {MAKES_NO_STATEMENT}"
                    if field in table.silent
                    else f"makes no statement: add the mention, or mark it {MAKES_NO_STATEMENT}"
                )
                yield tables[table.name].error(
                    Rule.CELL_WITHOUT_STATEMENT, row, field, text, message
                )
