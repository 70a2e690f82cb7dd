"""Export to a DuckDB database, with comments on tables and columns.

Two exports have the same content, but not the same bytes: DuckDB gives each database a random
identifier. A table that refers to itself has its parents first, since DuckDB checks each key
against the rows that were inserted before.
"""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...extras import EXPORT
from ...package.descriptor import Package
from ...tableschema.frames import to_arrow
from .content import Content, about, read_content
from .sql import create_facts, create_table, insert, literal, quoted

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "year": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "time": "TIME",
    "datetime": "TIMESTAMP",
}

_BLOCK = 16_384
"""Size of a block in bytes, the smallest one, since each column has a block."""


def write(package: Package, target: Path) -> None:
    """Write a database with a table for each resource."""
    with EXPORT:
        import duckdb

    try:
        with duckdb.connect() as database:
            database.execute(f"ATTACH {literal(str(target))} AS export (BLOCK_SIZE {_BLOCK})")
            database.execute("USE export")
            _fill(database, package)
            database.execute("USE memory")
            database.execute("DETACH export")
    except duckdb.IOException as error:
        raise OSError(error) from error


def _fill(database: "duckdb.DuckDBPyConnection", package: Package) -> None:
    for table in _targets_first({table.name: table for table in read_content(package)}):
        database.execute(create_table(table, _TYPES))
        for rows in _parents_first(table):
            _insert(database, table.name, rows)
        database.execute(";".join(_comments(table)))
    database.execute(create_facts("_about", ("name", "text"), ("VARCHAR", "VARCHAR")))
    database.executemany(insert("_about", 2), list(about(package).items()))


def _insert(database: "duckdb.DuckDBPyConnection", name: str, rows: "pa.Table") -> None:
    database.register("_rows", rows)
    database.execute(f"INSERT INTO {quoted(name)} FROM _rows")
    database.unregister("_rows")


def _targets_first(tables: Mapping[str, Content]) -> Iterator[Content]:
    """Iterate over the tables, each after those that its foreign keys refer to."""
    targets = {
        name: {key.resource for key in table.schema.foreign_keys} - {"", name}
        for name, table in tables.items()
    }
    return (tables[name] for name in TopologicalSorter(targets).static_order())


def _parents_first(table: Content) -> Iterator["pa.Table"]:
    """Iterate over parts of a table, each after the rows that its foreign keys refer to."""
    records = list(table.records())
    targets: dict[int, set[int]] = {number: set() for number in range(len(records))}
    for key in table.schema.foreign_keys:
        if key.resource in {"", table.name}:
            rows = {_values(each, key.reference_fields): n for n, each in enumerate(records)}
            for number, record in enumerate(records):
                if (target := rows.get(_values(record, key.fields))) is not None:
                    targets[number].add(target)
    content = to_arrow(table.schema, table.columns)
    sorter = TopologicalSorter(targets)
    sorter.prepare()
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        yield content.take(ready)
        sorter.done(*ready)


def _values(record: Mapping[str, Any], fields: Sequence[str]) -> tuple[Any, ...]:
    return tuple(record[name] for name in fields)


def _comments(table: Content) -> Iterator[str]:
    resource = table.resource
    text = f"{resource.title}. {resource.description}"
    yield f"COMMENT ON TABLE {quoted(table.name)} IS {literal(text)}"
    for field in table.schema.fields:
        column = f"{quoted(table.name)}.{quoted(field.name)}"
        yield f"COMMENT ON COLUMN {column} IS {literal(field.description)}"
