"""Statements and evidence as frames, with the columns of the resources that they refer to."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from ..names import unknown
from ..tableschema.frames import frame_builder
from ..tableschema.model import TableSchema
from ..tableschema.parser import parse_table_schema
from .statements import Statement

_ADDED = {
    "fields": [
        {
            "name": "source_ids",
            "type": "string",
            "description": "Numbers of the sources that the article cites, joined by semicolons.",
        },
        {
            "name": "mentions",
            "type": "integer",
            "description": "Number of places where the article makes the statement.",
        },
        {
            "name": "evidence",
            "type": "integer",
            "description": "Number of rows of evidence on the statement.",
        },
    ]
}


def statements_frame(
    statements: Iterable[Statement],
    records: Iterable[Any],
    schema: TableSchema,
    wanted: Mapping[str, str | None],
    engine: str,
) -> Any:
    """Return the statements that have the wanted ids.

    Args:
        statements: All statements.
        records: Their records, in the same order.
        schema: Table Schema of the resource `statements`.
        wanted: Required value of some columns; None requires nothing.
        engine: Name of the engine of the frame.
    """
    build = frame_builder(engine)
    rows = [
        (
            *record,
            ";".join(map(str, statement.source_ids)) or None,
            len(statement.mentions),
            len(statement.evidence),
        )
        for statement, record in zip(statements, records, strict=True)
        if all(value in {None, getattr(record, column)} for column, value in wanted.items())
    ]
    added = parse_table_schema(_ADDED, "statements")
    return _frame(build, TableSchema((*schema.fields, *added.fields)), rows)


def evidence_frame(
    records: Iterable[Any],
    statement_ids: Collection[str],
    evidence: TableSchema,
    publications: TableSchema,
    engine: str,
) -> Any:
    """Return the evidence on some statements.

    Args:
        records: All records of `evidence`, joined to their publications.
        statement_ids: Ids of the statements.
        evidence: Table Schema of the resource `evidence`.
        publications: Table Schema of the resource `publications`.
        engine: Name of the engine of the frame.
    """
    build = frame_builder(engine)
    joined = [field for field in publications.fields if field.name not in publications.primary_key]
    rows = [record for record in records if record.statement_id in statement_ids]
    return _frame(build, TableSchema((*evidence.fields, *joined)), rows)


def require(what: str, name: str | None, valid: Iterable[str]) -> None:
    """Raise UnknownNameError if a name is given and not valid."""
    names = list(valid)
    if name is not None and name not in names:
        raise unknown(what, name, names, listed_in=f"the resource {what}s")


def _frame(
    build: Callable[[TableSchema, Any], Any], schema: TableSchema, rows: Sequence[Sequence[Any]]
) -> Any:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema.fields)
    return build(schema, dict(zip(schema.names, map(list, columns), strict=True)))
