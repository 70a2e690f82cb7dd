"""Texts by which files mark a missing value. Numbers such as 999 are never among them."""

from collections.abc import Collection

_MARKS = frozenset(
    {
        *("na", "n/a", "n.a.", "<na>", "nan", "null", "(null)", "nil", "\\n"),
        *("#n/a", "#null!", "#div/0!", "#ref!", "#value!", "#num!", "#name?"),
    }
)
"""Marks that programs write, in lower case."""

_WORDS = frozenset(
    {
        *("-", "--", "---", "\u2013", "\u2014", ".", "..", "...", "?", "??", "*"),
        *("none", "missing", "unknown", "unk", "not known", "not available", "not applicable"),
        *("not recorded", "not done", "nd", "n.d.", "no data"),
    }
)
"""Texts that people write, in lower case. Beside other words, they can be a value."""


def is_mark(text: str) -> bool:
    """Return whether a text is a mark that programs write for a missing value.

    Example:
        >>> is_mark("NA"), is_mark("#N/A"), is_mark("unknown"), is_mark("999")
        (True, True, False, False)
    """
    return text.casefold() in _MARKS


def is_word(text: str) -> bool:
    """Return whether a text is one that people write for a missing value.

    Example:
        >>> is_word("-"), is_word("Unknown"), is_word("NA"), is_word("999")
        (True, True, False, False)
    """
    return text.casefold() in _WORDS


def are_country_codes(texts: Collection[str]) -> bool:
    """Return whether texts may be codes of two letters, among which NA is Namibia.

    Example:
        >>> are_country_codes(["DE", "NA", "FR"]), are_country_codes(["GB", "France", "NA"])
        (True, False)
    """
    return all(len(text) == 2 and text.isalpha() and text.isupper() for text in texts)
