"""Compile a Table Schema to pandera schemas for pandas and Polars.

A constraint is compiled to the equivalent built-in check of pandera, which can be written to YAML,
or else to a `CustomCheck`. The name of a check is the keyword of the constraint.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any

from ..errors import UnsupportedSchemaError
from ..extras import PANDERA, POLARS
from .constraints import (
    COMPARISONS,
    UNIQUE,
    Constraint,
    Targets,
    allowed_values,
    constraints,
    nullable,
    test,
)
from .frames import pandas_dtype, polars_dtype
from .model import Field, TableSchema
from .patterns import is_portable, to_python, to_rust
from .problems import OptionError
from .values import native

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas
    import pandera.polars

PANDAS_END = r"\Z"
"""End of a text in Python regular expressions; `$` would also match before a line feed."""


def compile_pandas(
    name: str, schema: TableSchema, targets: Targets
) -> "pandera.pandas.DataFrameSchema":
    """Compile a Table Schema for pandas frames, strict in column order, names and types.

    Args:
        name: Name of the pandera schema.
        schema: The Table Schema.
        targets: Function that returns the values that a foreign key may have.

    Raises:
        UnsupportedSchemaError: Pandas or pandera does not support a type or format.
    """
    with _importing_pandera():
        import pandera.backends.pandas.builtin_checks  # noqa: F401 - or the first validation does
        import pandera.pandas as pa

        from .pandera_pandas_schema import PandasSchema
    compiler = _Compiler(
        pa.Column,
        pandas_dtype,
        _pandas_check,
        lambda _, __: False,
        _pandas_limit,
        PANDAS_END,
        to_python,
    )
    arguments = compiler.arguments(schema, targets)
    for field in schema.fields:
        if field.type == "date":  # pandas has no dtype for dates without a time
            message = "is not a date: remove the time of day"
            check = _pandas_check(Constraint("type", (field.name,), None, message))
            arguments["columns"][field.name].checks.append(check)
    return PandasSchema(name=name, unique_column_names=True, **arguments)


def compile_polars(
    name: str, schema: TableSchema, targets: Targets
) -> "pandera.polars.DataFrameSchema":
    """Compile a Table Schema for Polars frames, strict in column order, names and types.

    A LazyFrame is collected before it is checked.

    Args:
        name: Name of the pandera schema.
        schema: The Table Schema.
        targets: Function that returns the values that a foreign key may have.

    Raises:
        UnsupportedSchemaError: Polars or pandera does not support a type or format.
    """
    with POLARS, _importing_pandera():
        import pandera.polars as pa

        from .pandera_polars_schema import PolarsSchema
    compiler = _Compiler(
        pa.Column, _polars_dtype, _polars_check, _needs_expression, native, "$", to_rust
    )
    return PolarsSchema(name=name, **compiler.arguments(schema, targets))


@contextmanager
def _importing_pandera() -> Iterator[None]:
    """Import pandera without a warning from PySpark, which pandera imports if it is installed.

    https://github.com/apache/spark/pull/54760
    """
    message = "PySpark does not yet fully support pandas"
    with PANDERA, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message, FutureWarning)
        yield


@dataclass(frozen=True, slots=True)
class _Compiler:
    """The compiler, with the parts that differ between pandas and Polars.

    Attributes:
        column: The class of columns.
        dtype: Returns the data type of a field.
        custom: Builds the check of a constraint that no built-in check expresses.
        needs_custom: Returns whether a constraint on single cells needs such a check.
        limit: Converts a limit or an allowed value.
        end: The end of a text in a regular expression.
        regex: Converts a pattern.
    """

    column: Any
    dtype: Callable[[Field], Any]
    custom: Callable[[Constraint], Any]
    needs_custom: Callable[[Constraint, Field], bool]
    limit: Callable[[Any], Any]
    end: str
    regex: Callable[[str], str]

    def arguments(self, schema: TableSchema, targets: Targets) -> dict[str, Any]:
        """Return the arguments of the pandera schema."""
        if schema.fields_match not in {"exact", "equal", "subset"}:
            raise UnsupportedSchemaError(
                f"pandera cannot check fieldsMatch {schema.fields_match}: use bonemet_data.check()."
            )
        for field in schema.fields:
            if field.type == "string" and field.options:
                raise UnsupportedSchemaError(
                    f"{field.name}: pandera cannot check the string format "
                    f"{field.options['format']}: remove the format, or use bonemet_data.check()."
                )
        checks: dict[str, list[Any]] = {name: [] for name in schema.names}
        unique: set[str] = set()
        key: tuple[str, ...] = ()
        frame_checks = []
        fields = {field.name: field for field in schema.fields}
        dtypes = {field.name: self.dtype(field) for field in schema.fields}
        optional = {field.name for field in schema.fields if nullable(field, schema)}
        for constraint in constraints(schema, targets):
            name = constraint.columns[0]
            if constraint.on_cell:
                checks[name].append(self.check(constraint, fields[name]))
            elif constraint.keyword not in UNIQUE or optional & {*constraint.columns}:
                frame_checks.append(self.custom(constraint))  # for `unique`, nulls are duplicates
            elif len(constraint.columns) == 1:
                unique.add(name)
            elif key in {(), constraint.columns}:
                key = constraint.columns
            else:
                frame_checks.append(self.custom(constraint))
        for field in schema.fields:
            if field.name not in optional and field.type == "string":
                checks[field.name] += self.required(field, schema)
        columns = {
            field.name: self.column(
                dtypes[field.name],
                checks[field.name],
                nullable=field.name in optional,
                unique=field.name in unique,
                title=field.title or None,
                description=field.description or None,
            )
            for field in schema.fields
        }
        return {
            "columns": columns,
            "checks": frame_checks,
            "unique": list(key) or None,
            "strict": schema.fields_match != "subset",
            "ordered": schema.fields_match == "exact",
        }

    def check(self, constraint: Constraint, field: Field) -> Any:
        """Return the built-in check for a constraint on single cells.

        Raises:
            UnsupportedSchemaError: The library cannot check the constraint as the standard says.
        """
        try:
            return self._check(constraint, field)
        except (OptionError, OverflowError) as error:
            raise UnsupportedSchemaError(
                f"{field.name}: the {constraint.keyword} {constraint.argument} {error}: "
                "simplify it, or use bonemet_data.check()."
            ) from error

    def _check(self, constraint: Constraint, field: Field) -> Any:
        build = partial(self.built_in, name=constraint.keyword, error=constraint.message)
        if field.categories is not None:  # an Enum of Polars has no string methods
            satisfies = test(constraint)
            return build("isin", [text for text in field.categories if satisfies(text)])
        if self.needs_custom(constraint, field):
            return self.custom(constraint)
        if comparison := COMPARISONS.get(constraint.keyword):
            if comparison.length:
                bound = "min_value" if constraint.keyword == "minLength" else "max_value"
                return build(comparison.check, **{bound: constraint.argument})
            return build(comparison.check, self.limit(constraint.argument))
        if constraint.keyword == "pattern":
            return build("str_matches", f"^{self.regex(constraint.argument)}{self.end}")
        values = sorted(allowed_values(constraint))
        if field.type in {"integer", "year"}:  # other integers occur in no column
            values = [value for value in values if -(2**63) <= value < 2**63]
        return build("isin", [self.limit(value) for value in values])

    def required(self, field: Field, schema: TableSchema) -> list[Any]:
        """Return a check that rejects texts that represent a missing value."""
        texts = schema.missing(field)
        if field.categories is not None:
            texts &= {*field.categories}
        message = "required value is missing"
        return (
            [self.built_in("notin", sorted(texts), name="required", error=message)] if texts else []
        )

    def built_in(self, check: str, *arguments: Any, **options: Any) -> Any:
        """Return a built-in check, with the strategy that pandera needs to generate examples.

        pandera looks up the strategy by the name of the check, but the name is a keyword here.
        """
        from pandera.api.checks import Check

        built = getattr(Check, check)(*arguments, **options)
        if self.end == PANDAS_END:
            from pandera.strategies import pandas_constraints

            built.constraint = getattr(pandas_constraints, f"{check}_constraint")
        return built


def _pandas_limit(limit: Any) -> Any:
    """Convert a limit to a type that both pandas and the YAML writer of pandera accept."""
    limit = native(limit)
    if isinstance(limit, date) and not isinstance(limit, datetime):
        return datetime.combine(limit, time())
    return limit


def _custom_check(constraint: Constraint, function: Callable[..., Any], on_column: bool) -> Any:
    from .pandera_check import CustomCheck

    return CustomCheck(
        function,
        name=constraint.keyword,
        error=constraint.message,
        statistics={"columns": constraint.columns},
        ignore_na=on_column,
    )


def _pandas_check(constraint: Constraint) -> Any:
    columns = list(constraint.columns)
    if constraint.keyword == "type":
        return _custom_check(constraint, _whole_days, on_column=True)
    if constraint.keyword in UNIQUE:
        return _custom_check(constraint, partial(_distinct, columns=columns), on_column=False)
    if constraint.internal:
        function = partial(_in_columns, columns=columns, target=list(constraint.argument))
    else:
        rows = frozenset(tuple(map(_pandas_limit, row)) for row in constraint.argument)
        function = partial(_in_rows, columns=columns, rows=rows)
    return _custom_check(constraint, function, on_column=False)


def _polars_dtype(field: Field) -> Any:
    """Return the data type of a column; datetimes may have any time zone."""
    dtype = polars_dtype(field)
    if field.type != "datetime":
        return dtype
    from pandera.engines.polars_engine import DateTime

    return DateTime(time_zone_agnostic=True)


def _needs_expression(constraint: Constraint, field: Field) -> bool:
    """Return whether a built-in check would compile a pattern of Polars, or drop a time zone."""
    if constraint.keyword == "pattern":
        return not is_portable(constraint.argument)
    return field.type == "datetime"


def _polars_check(constraint: Constraint) -> Any:
    from .polars_expressions import expression

    function = partial(_select, passes=expression(constraint).fill_null(True))
    return _custom_check(constraint, function, on_column=False)


def _select(data: Any, passes: Any) -> Any:
    return data.lazyframe.select(passes)


def _whole_days(series: "pd.Series[Any]") -> "pd.Series[bool]":
    whole: pd.Series[bool] = series == series.dt.normalize()
    return whole


def _distinct(frame: "pd.DataFrame", columns: list[str]) -> "pd.Series[bool]":
    return ~frame[columns].duplicated(keep=False) | frame[columns].isna().any(axis=1)


def _in_columns(frame: "pd.DataFrame", columns: list[str], target: list[str]) -> "pd.Series[bool]":
    return _in_rows(frame, columns, frozenset(_rows(frame, target)))


def _in_rows(
    frame: "pd.DataFrame", columns: list[str], rows: frozenset[tuple[Any, ...]]
) -> "pd.Series[bool]":
    import pandas as pd

    in_rows = [row in rows for row in _rows(frame, columns)]
    return pd.Series(in_rows, frame.index, dtype=bool) | frame[columns].isna().any(axis=1)


def _rows(frame: "pd.DataFrame", columns: list[str]) -> Any:
    return frame[columns].itertuples(index=False, name=None)
