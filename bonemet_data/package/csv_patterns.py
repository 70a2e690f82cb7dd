"""The regular expressions of a CSV dialect.

Possessive quantifiers do not backtrack, so an unmatched quote needs no extra memory.
"""

import re
from typing import NamedTuple


class CsvPatterns(NamedTuple):
    r"""Regular expressions that match the parts of a record.

    Attributes:
        quoted: An opening quote and the text inside the quotes, group 1; None without quotes.
        close: A closing quote, and the delimiter or line end after it, group 1.
        plain: A cell without quotes, group 1, and the delimiter or line end after it, group 2.
        space: White space after a delimiter.
        unescape: An escape character and the character after it, group 1; None without escapes.
    """

    quoted: re.Pattern[str] | None
    close: re.Pattern[str]
    plain: re.Pattern[str]
    space: re.Pattern[str]
    unescape: re.Pattern[str] | None

    @classmethod
    def of(
        cls, delimiter: str, quote: str, escape: str, terminator: str, *, double_quote: bool
    ) -> "CsvPatterns":
        """Build the patterns of a dialect; see `CsvReader` for the arguments."""
        sep, mark, slash = re.escape(delimiter), re.escape(quote), re.escape(escape)
        stop = re.escape(terminator or "\n")
        end = rf"{sep}|{stop if terminator else chr(92) + 'r?' + stop}|\Z"
        inside = [f"{mark}{mark}"] if double_quote else []
        inside += [rf"{slash}[\s\S]"] if escape else []
        more = rf"(?:(?:{'|'.join(inside)})[^{mark}{slash}]*+)*+" if inside else ""
        if escape:
            plain = rf"(?:{slash}[\s\S]|(?!{sep}|{stop})[\s\S])*+"
        elif len(delimiter) > 1 or len(terminator) > 1:
            plain = rf"(?:(?!{sep}|{stop})[\s\S])*+"
        else:
            plain = rf"[^{sep}{stop}]*+"
        space = " \t".replace(delimiter[:1], "")  # a delimiter is not skipped
        return cls(
            quoted=re.compile(rf"{mark}([^{mark}{slash}]*+{more})") if quote else None,
            close=re.compile(rf"{mark}({end})"),
            plain=re.compile(rf"({plain})({sep}|{stop}|\Z)"),
            space=re.compile(f"[{space}]*+"),
            unescape=re.compile(rf"{slash}([\s\S])") if escape else None,
        )
