"""Inference of a Table Schema, with the published ids and vocabularies."""

from collections.abc import Callable, Iterable
from os import PathLike
from typing import Any

from .errors import ArgumentError
from .package.installed import PUBLISHED, open_version
from .reading.foreign_keys import foreign_key_targets


def infer(
    data: Any,
    *,
    missing: Iterable[str] = (),
    version: str | None = None,
    separator: str | None = None,
    encoding: str | None = None,
    output: str | PathLike[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Infer a Table Schema from a table of any size, as a draft to review.

    Every value is read, in chunks, and the data are checked against the schema before it is
    returned, so that `check` accepts them. The first 1,000 distinct values of each column are kept
    in memory; what is found there must hold for all rows.

    The type is the most specific one of the Table Schema types that all values of a column have.
    Digits that are no quantity, such as those with leading zeros, are text. So are values that have
    two readings, such as dates that are valid as day/month/year and as month/day/year. From 20 rows
    on, a column without missing values is `required`, one with different ids is `unique`, and one
    with few values, of which none occurs only once, has the closed list `enum`. Texts such as NA
    are `missingValues`; numbers such as 999 never are. Two or more values that are all ids of a
    published table get a foreign key. If all values are codes of a vocabulary and some lead to a
    concept, the field has the property `bonemet:column`, whose value `check` takes as a column. The
    description of each field says what was assumed.

    Args:
        data: The table; see `check`.
        missing: Texts that represent a missing value in all columns, such as ["999"]. Default:
            only texts such as NA, by column.
        version: Released version of the published tables, one of `releases()`. Default: the
            installed tables.
        separator: Separator of CSV files; see `check`.
        encoding: Encoding of text files; see `check`.
        output: Path of a file that you will write: it must not be one of the input files. Default:
            none.
        progress: Function to call with the numbers of records and bytes read so far; each pass
            over the data starts at 0. Default: none.

    Returns:
        A Table Schema, as an object that `json.dump` can write. The same data yield the same
        schema. Malformed records do not count; the description of the schema says how many there
        are.

    Raises:
        ArgumentError: A missing value is not text, or the separator is not that of the data.
        DataError: Some data cannot be read, or have no names of columns, or names that differ
            between files.
        UnsupportedFrameError: The data are of an unknown type.
        UnknownNameError: There is no such release.
        OutputError: The output is one of the input files.
        MissingExtraError: Polars is not installed.

    See Also:
        check: Check data against a schema.
        detect: Find the vocabulary of a column of codes.

    Example:
        >>> import bonemet_data as bm
        >>> import pandas as pd
        >>> cohort = pd.DataFrame({"born": ["31.12.1961", "1.4.1950"], "lesion": ["mixed", None]})
        >>> schema = bm.infer(cohort)
        >>> schema["fields"][0]["type"], schema["fields"][0]["format"]
        ('date', '%d.%m.%Y')
        >>> bm.check(cohort, schema).valid
        True
    """
    from .inference.infer import infer_schema
    from .reading.sources import ReadOptions
    from .terminology.recognition import recognizer

    texts = (missing,) if isinstance(missing, str) else tuple(missing)
    if not all(isinstance(text, str) for text in texts):
        raise ArgumentError("missing values must be text, as the cells are: pass ['999'].")
    published = open_version(version)
    return infer_schema(
        data,
        ReadOptions(separator, encoding),
        missing=texts,
        recognize=recognizer(published, version),
        find_targets=lambda schema: foreign_key_targets(
            "the inferred schema", schema, None, {PUBLISHED: published}
        ),
        output=output,
        progress=progress,
    )
