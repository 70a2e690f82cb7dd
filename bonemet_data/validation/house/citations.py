"""The citations: rows, mentions and sources agree about the sources that the article cites."""

from collections.abc import Iterator, Sequence

from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..typed_tables import RequiredTables
from .article import SOURCE_IDS, ArticleTable

_LOCATORS = ("doi", "pmid", "url")


def check(tables: RequiredTables, article: Sequence[ArticleTable]) -> Iterator[Finding]:
    """Check that every table with citations states the same ones, and the status of sources."""
    yield from _rows(tables, article)
    yield from _mentions(tables)
    yield from _sources(tables, article)
    yield from _source_status(tables)


def _lists(tables: RequiredTables, resource: str, key: str) -> dict[str, list[str]]:
    """Return the sources of each key in a link table, in the order of the file."""
    lists: dict[str, list[str]] = {}
    for _, owner, source in tables.rows(resource, key, "source_id"):
        lists.setdefault(owner, []).append(source or "")
    return lists


def _rows(tables: RequiredTables, article: Sequence[ArticleTable]) -> Iterator[Finding]:
    cited = _lists(tables, "citations", "concept_id")
    if not cited:
        return
    for table in article:
        for row, concept, source_ids in tables.rows(table.name, table.key, SOURCE_IDS):
            expected = ";".join(cited.pop(concept, []))
            if expected != source_ids:
                message = (
                    f"differs from the citations of {concept}, {expected or 'none'}: correct one"
                )
                yield tables[table.name].error(
                    Rule.SOURCE_IDS, row, SOURCE_IDS, source_ids, message
                )
    for row, concept in tables.rows("citations", "concept_id") if tables.complete else ():
        if cited.pop(concept, None):
            names = ", ".join(table.name for table in article)
            message = f"is not the id of a row in {names}: only rows have citations"
            yield tables["citations"].error(Rule.SOURCE_IDS, row, "concept_id", concept, message)


def _mentions(tables: RequiredTables) -> Iterator[Finding]:
    """A mention in a row has exactly the sources of the row."""
    cited = _lists(tables, "citations", "concept_id")
    own = _lists(tables, "mention_sources", "mention_id")
    mentions = tables.rows("mentions", "mention_id", "row_id")
    for row, mention, concept in mentions if cited and own else ():
        if concept and own.get(mention) != cited.get(concept):
            actual, expected = (
                ", ".join(sources) or "none"
                for sources in (own.get(mention, []), cited.get(concept, []))
            )
            message = (
                f"has the sources {actual} in mention_sources, but {concept} cites {expected}: "
                "correct one"
            )
            yield tables["mentions"].error(Rule.SOURCE_IDS, row, "mention_id", mention, message)


def _sources(tables: RequiredTables, article: Sequence[ArticleTable]) -> Iterator[Finding]:
    listed = {value: row for row, value in tables.rows("sources", "source_id") if value is not None}
    cited = {source for _, source in tables.rows("mention_sources", "source_id")}
    for table in article if listed else ():
        for row, value in tables.rows(table.name, SOURCE_IDS):
            for source in (value or "").split(";"):
                cited.add(source)
                if source and source not in listed and tables.complete:
                    message = (
                        f"source {source} is not listed in sources: add it, or correct the cell"
                    )
                    yield tables[table.name].error(
                        Rule.UNKNOWN_SOURCE, row, SOURCE_IDS, value, message
                    )
    for source, row in listed.items() if tables.complete else ():
        if source not in cited:
            message = "is cited by no row and no mention: remove it, or add the citation"
            yield tables["sources"].error(Rule.UNCITED_SOURCE, row, "source_id", source, message)


def _source_status(tables: RequiredTables) -> Iterator[Finding]:
    required = ("title", *_LOCATORS)
    others = {*tables.names("sources")} - {"source_id", "status", *required}
    details = (*required, *sorted(others))
    for row, status, *values in tables.values("sources", "status", *details):
        filled = [name for name, value in zip(details, values, strict=True) if value is not None]
        if status == "resolved" and not ("title" in filled and {*_LOCATORS} & {*filled}):
            message = f"needs a title and one of {', '.join(_LOCATORS)}"
        elif status == "unresolved" and filled:
            message = f"must have no details, but has {', '.join(filled)}"
        else:
            continue
        yield tables["sources"].error(Rule.SOURCE_STATUS, row, "status", status, message)
