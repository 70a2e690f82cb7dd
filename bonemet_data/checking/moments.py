"""Polars expressions that clear dates with times, which Python parses slowly."""

import re

from ..extras import CHECK
from ..tableschema.model import Field

with CHECK:
    import polars as pl

_DEFAULT = "%Y-%m-%dT%H:%M:%S"
_DIGITS = {
    "%Y": "[1-9][0-9]{3}",
    "%m": "[01][0-9]",
    "%d": "[0-3][0-9]",
    "%H": "(?:[01][0-9]|2[0-3])",
    "%M": "[0-5][0-9]",
    "%S": "[0-5][0-9]",
}
"""Directives with the texts that Python and Polars accept alike, if there is such a day."""

_PART = re.compile(r"%.|[^%]+|%")


def valid_moment(field: Field, text: pl.Expr) -> pl.Expr:
    """Return an expression that is true for texts that are certainly values of a datetime field.

    Args:
        field: The field.
        text: The texts.
    """
    form = str(field.options.get("format", _DEFAULT))
    parts = _PART.findall(form)
    directives = [part for part in parts if part.startswith("%")]
    if len({*directives}) < len(directives) or not {"%Y", "%m", "%d"} <= {*directives}:
        return pl.lit(False)
    if not _DIGITS.keys() >= {*directives}:
        return pl.lit(False)
    pattern = "".join(_DIGITS.get(part) or re.escape(part) for part in parts)
    parsed = text.str.to_datetime(form, time_unit="us", strict=False, exact=True, cache=False)
    return (text.str.contains(rf"\A{pattern}\z") & parsed.is_not_null()).fill_null(False)
