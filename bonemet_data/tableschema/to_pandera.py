"""The pandera compiler: from a Table Schema to pandera's schemas for pandas and for Polars.

Each check bears the name of the Table Schema keyword that it implements.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..extras import PANDERA, POLARS
from .constraints import Rule, Targets, nullable, rules
from .frames import pandas_dtype, polars_dtype
from .model import Field, TableSchema

if TYPE_CHECKING:
    import pandera.pandas
    import pandera.polars


def compile_pandas(
    name: str, schema: TableSchema, targets: Targets
) -> "pandera.pandas.DataFrameSchema":
    """Compile a Table Schema for pandas frames, strict in column order, names and types.

    Args:
        name: the resource's name.
        schema: its Table Schema.
        targets: looks up the values that a foreign key may take.
    """
    with PANDERA:
        import pandera.pandas as pa
    from .constraints_pandas import column_predicate, frame_predicate

    def check(rule: Rule) -> pa.Check:
        alone = _is_column_rule(rule)
        predicate = column_predicate(rule) if alone else frame_predicate(rule)
        return pa.Check(predicate, ignore_na=alone, **_labels(rule))

    demands = [*_demands(schema, targets), *_whole_days(schema)]
    return pa.DataFrameSchema(name=name, **_parts(pa.Column, pandas_dtype, check, schema, demands))


def compile_polars(
    name: str, schema: TableSchema, targets: Targets
) -> "pandera.polars.DataFrameSchema":
    """Compile a Table Schema for Polars frames, strict in column order, names and types.

    A LazyFrame is collected before it is checked, and given back as a LazyFrame: at its default
    depth pandera would look at none of its values, and say nothing.

    Args:
        name: the resource's name.
        schema: its Table Schema.
        targets: looks up the values that a foreign key may take.
    """
    with POLARS:
        import polars as pl
    with PANDERA:
        import pandera.polars as pa
    from .to_polars import expression

    class EagerSchema(pa.DataFrameSchema):
        """A schema that checks the values of lazy frames too."""

        @classmethod
        def get_backend(cls, *args: Any, **kwargs: Any) -> Any:
            return pa.DataFrameSchema.get_backend(*args, **kwargs)  # registered for that class only

        def validate(self, check_obj: Any, *args: Any, **kwargs: Any) -> Any:
            if isinstance(check_obj, pl.LazyFrame):
                return super().validate(check_obj.collect(), *args, **kwargs).lazy()
            return super().validate(check_obj, *args, **kwargs)

    def check(rule: Rule) -> pa.Check:
        passes = expression(rule).fill_null(True)
        return pa.Check(lambda data: data.lazyframe.select(passes), **_labels(rule))

    demands = _demands(schema, targets)
    return EagerSchema(name=name, **_parts(pa.Column, polars_dtype, check, schema, demands))


def _demands(schema: TableSchema, targets: Targets) -> list[Rule]:
    """List the rules of a schema, and that no required text is one that stands for a missing."""
    texts = [
        Rule("required", (field.name,), missing, "is missing: fill the cell")
        for field in schema.fields
        if field.type == "string" and not nullable(field, schema)
        if (missing := schema.missing(field))
    ]
    return [*rules(schema, targets), *texts]


def _whole_days(schema: TableSchema) -> list[Rule]:
    """List what the type of a pandas column leaves open: that dates have no time of day."""
    days = [field.name for field in schema.fields if field.type == "date"]
    return [Rule("type", (name,), None, "is a day with a time") for name in days]


def _parts(
    column: Any,
    dtype: Callable[[Field], Any],
    check: Callable[[Rule], Any],
    schema: TableSchema,
    demands: Sequence[Rule],
) -> dict[str, Any]:
    """Give the arguments of a strict pandera schema, in the terms of one frame library."""
    columns = {
        field.name: column(
            dtype(field),
            [check(r) for r in demands if _is_column_rule(r) and r.columns == (field.name,)],
            nullable=nullable(field, schema),
            title=field.title,
            description=field.description,
        )
        for field in schema.fields
    }
    across = [check(rule) for rule in demands if not _is_column_rule(rule)]
    return {"columns": columns, "checks": across, "strict": True, "ordered": True}


def _labels(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.keyword,
        "error": rule.message,
        "statistics": {"columns": rule.columns},
    }


def _is_column_rule(rule: Rule) -> bool:
    own_table = rule.keyword == "foreignKeys" and isinstance(rule.argument, tuple)
    return len(rule.columns) == 1 and not own_table
