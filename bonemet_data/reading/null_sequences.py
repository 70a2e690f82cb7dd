"""The null sequence of a dialect as a missing value of a schema."""

from ..package.dialect import Dialect
from ..tableschema.model import TableSchema


def with_null_sequence(schema: TableSchema, dialect: Dialect) -> TableSchema:
    """Return a schema in which the `nullSequence` of a dialect is a missing value.

    https://datapackage.org/standard/table-dialect/#nullSequence
    """
    null = dialect.null_sequence
    if null is None:
        return schema
    fields = tuple(
        field
        if field.missing_values is None
        else field._replace(missing_values=field.missing_values | {null})
        for field in schema.fields
    )
    return schema._replace(fields=fields, missing_values=schema.missing_values | {null})
