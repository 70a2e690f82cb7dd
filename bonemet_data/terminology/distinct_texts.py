"""A column of texts, reduced to the distinct ones.

Work is done once for each distinct text and spread over the positions of the column.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import ArgumentError


@dataclass(frozen=True)
class Texts:
    """Distinct texts of a column, and where they are.

    Attributes:
        distinct: Distinct texts, in order of appearance.
        index: For each position, the index of its text in `distinct`; len(distinct) if missing.
    """

    distinct: tuple[str, ...]
    index: NDArray[np.intp]

    def spread(self, values: Sequence[Any]) -> Any:
        """Return a text array with the value of each position.

        Args:
            values: Value of each distinct text, then that of a missing text.
        """
        return pd.array(list(values), dtype="string").take(self.index)

    def column(self) -> Any:
        """Return the column as a text array."""
        return self.spread([*self.distinct, None])


def read_texts(values: Iterable[Any], what: str, *, numbers: bool) -> Texts:
    """Return the distinct texts of a column.

    Args:
        values: Series, Index, array, list or other ordered iterable of single values, of pandas,
            NumPy, Polars or Arrow.
        what: Noun for error messages, such as "codes".
        numbers: Whether values of other types than text are converted to text.

    Raises:
        ArgumentError: `values` is a single text, a table or without order, or contains a list or a
            value of another type.
    """
    try:
        index, distinct = pd.factorize(_one_column(values, what))  # -1 is a missing value
    except TypeError as error:
        raise ArgumentError(f"{what} must be single values: {error}.") from error
    found = [value for value in distinct if not isinstance(value, str)]
    if found and not numbers:
        raise ArgumentError(
            f"{what} must be text, not {type(found[0]).__name__} ({found[0]!r}): "
            "read the column as text, so that leading zeros survive."
        )
    return Texts(tuple(map(str, distinct)), np.where(index < 0, len(distinct), index))


def split_codes(text: str, separator: str | None) -> list[str]:
    """Return the parts of a cell without surrounding white space, or the cell as it is.

    Args:
        text: Text of the cell.
        separator: Separator of the parts, or None. Empty parts are left out, unless all are empty.

    Raises:
        ArgumentError: `separator` is not a text or empty.
    """
    if separator is None:
        return [text]
    if not (isinstance(separator, str) and separator):
        raise ArgumentError(f"separator must be text, such as ';', not {separator!r}.")
    return [part for each in text.split(separator) if (part := each.strip())] or [""]


def _one_column(values: Any, what: str) -> Any:
    """Return values as an array of pandas or NumPy in one dimension."""
    is_table = hasattr(type(values), "columns")  # of pandas, Polars, Arrow or Spark
    if is_table or isinstance(values, pd.MultiIndex) or getattr(values, "ndim", 1) != 1:
        raise ArgumentError(
            f"{what} must be one column, not a {type(values).__name__}: "
            "pass a column of it, such as frame['code']."
        )
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise ArgumentError(
            f"{what} must be a Series or list of values, not {values!r}: pass a list of it."
        )
    if isinstance(values, Mapping | AbstractSet):
        raise ArgumentError(
            f"{what} must be ordered, and not a {type(values).__name__}: pass a list."
        )
    if isinstance(values, pd.Series | pd.Index):
        return values.array
    if isinstance(values, pd.api.extensions.ExtensionArray):
        return values
    for convert in ("to_pylist", "to_list"):  # Arrow, Polars
        if hasattr(values, convert):
            values = getattr(values, convert)()
    # NumPy would make an array of several dimensions from lists of one length.
    array = np.empty(len(values := list(values)), dtype=object)
    array[:] = values
    return array
