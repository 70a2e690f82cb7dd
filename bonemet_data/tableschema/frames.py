"""Convert typed columns to pandas, Polars or Arrow tables, or to named tuples.

The data types are defined in `types`. A string field with a list of allowed values is categorical
in pandas, an Enum in Polars and a dictionary in Arrow.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from ..errors import DataError, UnsupportedSchemaError
from ..extras import ARROW, BASE, POLARS
from ..names import unknown
from .model import Field, TableSchema
from .types import TYPES

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Columns: TypeAlias = Mapping[str, list[Any]]
"""The logical values of each column, by name and in order; None is a missing value."""

_EXACT = {"number", "datetime"}
"""Types whose logical values are no values of Python's own types; see `values.native`."""


def to_records(schema: TableSchema, columns: Columns) -> tuple[Any, ...]:
    """Return the rows as named tuples. This function imports only the standard library."""
    record = namedtuple("Record", schema.names)  # type: ignore[misc]  # noqa: PYI024 - dynamic fields
    values = (native_column(field, columns[field.name]) for field in schema.fields)
    return tuple(record._make(row) for row in zip(*values, strict=True))


def native_column(field: Field, values: list[Any]) -> list[Any]:
    """Return the values of a column as values that frames can store: numbers are floats.

    Raises:
        DataError: A value is outside the range of the data types of frames.
    """
    if field.type == "integer" and any(
        value is not None and not -(2**63) <= value < 2**63 for value in values
    ):
        raise DataError(
            f"{field.name}: a value is outside the range of 64-bit integers: "
            "change the type to string, or use bonemet_data.check()."
        )
    if field.type not in _EXACT:
        return values
    from .values import native

    try:
        return [native(value) for value in values]
    except OverflowError as error:
        raise DataError(
            f"{field.name}: a {field.type} is outside the range of frames: "
            "change the type to string, or use bonemet_data.check()."
        ) from error


def to_pandas(schema: TableSchema, columns: Columns) -> "pd.DataFrame":
    """Return a pandas DataFrame, with NA for missing values."""
    with BASE:
        import pandas as pd
    return pd.DataFrame(
        {
            field.name: pd.array(
                native_column(field, columns[field.name]), dtype=pandas_dtype(field)
            )
            for field in schema.fields
        }
    )


def to_polars(schema: TableSchema, columns: Columns) -> "pl.DataFrame":
    """Return a Polars DataFrame."""
    with POLARS:
        import polars as pl
    return pl.DataFrame(
        {field.name: native_column(field, columns[field.name]) for field in schema.fields},
        schema={field.name: polars_dtype(field) for field in schema.fields},
    )


def to_arrow(schema: TableSchema, columns: Columns) -> "pa.Table":
    """Return an Arrow table, with the description of each field as its metadata."""
    with ARROW:
        import pyarrow as pa
    fields = [
        pa.field(
            field.name,
            arrow_type(field),
            nullable=not field.constraints.get("required", False),
            metadata={"description": field.description},
        )
        for field in schema.fields
    ]
    arrays = []
    for field, column in zip(schema.fields, fields, strict=True):
        plain = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
        values = native_column(field, columns[field.name])
        arrays.append(pa.array(values, type=plain).cast(column.type))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


ENGINES: Mapping[str, Callable[[TableSchema, Columns], Any]] = {
    "pandas": to_pandas,
    "polars": to_polars,
    "arrow": to_arrow,
    "records": to_records,
}
"""Functions that convert typed columns to a table, by the name of the engine."""


def frame_builder(engine: str) -> Callable[[TableSchema, Columns], Any]:
    """Return the function that builds a table; raise UnknownNameError for an unknown engine."""
    if not isinstance(engine, str) or engine not in ENGINES:
        raise unknown("engine", engine, ENGINES)
    return ENGINES[engine]


def pandas_dtype(field: Field) -> Any:
    """Return the pandas dtype of a column; raise UnsupportedSchemaError if there is none."""
    with BASE:
        import pandas as pd
    name = TYPES[field.type].pandas
    if name is None:
        raise _no_dtype("pandas", field)
    if field.categories:
        return pd.CategoricalDtype(pd.Index(field.categories, dtype="string"))
    return pd.api.types.pandas_dtype(name)


def polars_dtype(field: Field) -> Any:
    """Return the Polars data type of a column; raise UnsupportedSchemaError if there is none."""
    with POLARS:
        import polars as pl
    name = TYPES[field.type].polars
    if name not in TYPES[field.type].polars_inputs:
        raise _no_dtype("Polars", field)
    return pl.Enum(field.categories) if field.categories else getattr(pl, name)


def arrow_type(field: Field) -> Any:
    """Return the Arrow type of a column; raise UnsupportedSchemaError if there is none."""
    with ARROW:
        import pyarrow as pa
    name = TYPES[field.type].arrow
    if name is None:
        raise _no_dtype("Arrow", field)
    return pa.dictionary(pa.int8(), pa.string()) if field.categories else pa.type_for_alias(name)


def _no_dtype(library: str, field: Field) -> UnsupportedSchemaError:
    return UnsupportedSchemaError(
        f"{field.name}: {library} has no data type for the type {field.type}: "
        "change the type to string, or use bonemet_data.check()."
    )
