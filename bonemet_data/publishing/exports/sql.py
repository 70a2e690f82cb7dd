"""Definitions of tables in SQL, for SQLite and DuckDB."""

from collections.abc import Iterator, Mapping, Sequence

from ...tableschema.model import Field
from ...tableschema.types import TYPES
from .content import Content

_LIMITS = {
    "minimum": ">=",
    "maximum": "<=",
    "exclusiveMinimum": ">",
    "exclusiveMaximum": "<",
}


def quoted(*names: str) -> str:
    """Return names as SQL identifiers, separated by commas.

    Example:
        >>> quoted("type_id", 'a"b')
        '"type_id", "a""b"'
    """
    return ", ".join('"{}"'.format(name.replace('"', '""')) for name in names)


def literal(text: str) -> str:
    """Return a text as an SQL literal.

    Example:
        >>> literal("Paget's disease")
        "'Paget''s disease'"
    """
    return "'{}'".format(text.replace("'", "''"))


def create_table(table: Content, types: Mapping[str, str], options: str = "") -> str:
    """Return the statement that creates a table with the keys and constraints of its schema.

    Args:
        table: Content of the table.
        types: Data types in SQL by the name of the field type; "string" is that of any other.
        options: Options of the table. Default: none.
    """
    schema = table.schema
    lines = [
        " ".join(_column(field, types, required=field.name in schema.required_names))
        for field in schema.fields
    ]
    if schema.primary_key:
        lines.append(f"PRIMARY KEY ({quoted(*schema.primary_key)})")
    lines += [f"UNIQUE ({quoted(*key)})" for key in _unique_keys(table)]
    lines += [
        f"FOREIGN KEY ({quoted(*key.fields)}) "
        f"REFERENCES {quoted(key.resource or table.name)} ({quoted(*key.reference_fields)})"
        for key in schema.foreign_keys
    ]
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + f"\n){options}"


def create_facts(name: str, columns: Sequence[str], types: Sequence[str]) -> str:
    """Return the statement that creates a table of documentation."""
    pairs = zip(columns, types, strict=True)
    return f"CREATE TABLE {quoted(name)} ({', '.join(f'{quoted(c)} {t}' for c, t in pairs)})"


def insert(name: str, width: int) -> str:
    """Return the statement that inserts a row, given the number of columns."""
    return f"INSERT INTO {quoted(name)} VALUES ({', '.join('?' * width)})"  # noqa: S608 - quoted


def _column(field: Field, types: Mapping[str, str], *, required: bool) -> Iterator[str]:
    yield quoted(field.name)
    yield types.get(field.type, types["string"])
    if required:
        yield "NOT NULL"
    if field.categories:
        yield f"CHECK ({quoted(field.name)} IN ({', '.join(map(literal, field.categories))}))"
    if TYPES[field.type].numeric:
        for keyword, operator in _LIMITS.items():
            if keyword in field.constraints:
                yield f"CHECK ({quoted(field.name)} {operator} {field.constraints[keyword]})"


def _unique_keys(table: Content) -> list[tuple[str, ...]]:
    """Return the unique keys of a table other than its primary key."""
    schema = table.schema
    single = [(field.name,) for field in schema.fields if field.constraints.get("unique")]
    return [key for key in (*single, *schema.unique_keys) if key != schema.primary_key]
