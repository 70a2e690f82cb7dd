"""A column of texts, reduced to the distinct ones.

Work is done once for each distinct text and spread over the positions of the column.
"""

from collections.abc import Iterable, Sequence
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
        values: Series, list or other iterable of single values.
        what: Noun for error messages, such as "codes".
        numbers: Whether values of other types than text are converted to text.

    Raises:
        ArgumentError: `values` is a single text, or contains a list or a value of another type.
    """
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise ArgumentError(f"{what} must be a Series or list of values, not {values!r}.")
    series = pd.Series(values if isinstance(values, pd.Series) else list(values), dtype=object)
    try:
        index, distinct = pd.factorize(series.to_numpy(dtype=object))  # -1 is a missing value
    except TypeError as error:
        raise ArgumentError(f"{what} must be single values: {error}.") from error
    if not numbers and not all(isinstance(value, str) for value in distinct):
        value = next(value for value in distinct if not isinstance(value, str))
        raise ArgumentError(
            f"{what} must be text, not {type(value).__name__} ({value!r}): "
            "read the column as text, so that leading zeros survive."
        )
    return Texts(tuple(map(str, distinct)), np.where(index < 0, len(distinct), index))
