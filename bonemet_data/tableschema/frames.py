"""Frames: typed columns in the caller's favourite library.

| Table Schema | pandas | Polars | Arrow | records |
|---|---|---|---|---|
| string | string | String | string | str |
| string with enum | category | Enum | dictionary | str |
| integer, year | Int64 | Int64 | int64 | int |
| number | Float64 | Float64 | float64 | float |
| boolean | boolean | Boolean | bool | bool |
| date | datetime64[s] | Date | date32 | date |
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from ..extras import ARROW, BASE, POLARS
from .model import CONSTRAINTS_OF, Field, TableSchema

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Columns: TypeAlias = Mapping[str, list[Any]]


def to_records(schema: TableSchema, columns: Columns) -> tuple[Any, ...]:
    """Give the rows as named tuples, which need nothing but Python."""
    record = namedtuple("Record", schema.names)  # type: ignore[misc]  # noqa: PYI024 - the fields are known only now
    return tuple(record._make(row) for row in zip(*columns.values(), strict=True))


def to_pandas(schema: TableSchema, columns: Columns) -> "pd.DataFrame":
    """Give a pandas frame whose missing values are NA."""
    with BASE:
        import pandas as pd
    return pd.DataFrame(
        {
            field.name: pd.array(columns[field.name], dtype=pandas_dtype(field))
            for field in schema.fields
        }
    )


def to_polars(schema: TableSchema, columns: Columns) -> "pl.DataFrame":
    """Give a Polars frame."""
    with POLARS:
        import polars as pl
    return pl.DataFrame(
        dict(columns), schema={field.name: polars_dtype(field) for field in schema.fields}
    )


def to_arrow(schema: TableSchema, columns: Columns) -> Any:
    """Give an Arrow table, whose schema carries each field's description."""
    with ARROW:
        import pyarrow as pa
    fields = [
        pa.field(
            field.name,
            _arrow_type(pa, field),
            nullable=not field.constraints.get("required", False),
            metadata={"description": field.description},
        )
        for field in schema.fields
    ]
    arrays = []
    for field in fields:
        values = columns[field.name]
        plain = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        arrays.append(pa.array(values, type=plain).cast(field.type))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


ENGINES: Mapping[str, Callable[[TableSchema, Columns], Any]] = {
    "pandas": to_pandas,
    "polars": to_polars,
    "arrow": to_arrow,
    "records": to_records,
}


def is_implemented(field: Field) -> bool:
    """Tell whether a frame can hold a column as it is: its type is typed, or it is plain text."""
    return field.type in CONSTRAINTS_OF and (field.plain or field.type != "string")


def pandas_dtype(field: Field) -> Any:
    """Give the pandas dtype of a column."""
    with BASE:
        import pandas as pd
    if field.categories:
        return pd.CategoricalDtype(pd.Index(field.categories, dtype="string"))
    return {
        "string": pd.StringDtype(),
        "integer": pd.Int64Dtype(),
        "year": pd.Int64Dtype(),
        "number": pd.Float64Dtype(),
        "boolean": pd.BooleanDtype(),
        "date": "datetime64[s]",
    }[field.type]


def polars_dtype(field: Field) -> Any:
    """Give the Polars data type of a column."""
    with POLARS:
        import polars as pl
    if field.categories:
        return pl.Enum(field.categories)
    return {
        "string": pl.String,
        "integer": pl.Int64,
        "year": pl.Int64,
        "number": pl.Float64,
        "boolean": pl.Boolean,
        "date": pl.Date,
    }[field.type]


def _arrow_type(pa: Any, field: Field) -> Any:
    if field.categories:
        return pa.dictionary(pa.int8(), pa.string())
    return {
        "string": pa.string(),
        "integer": pa.int64(),
        "year": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }[field.type]
