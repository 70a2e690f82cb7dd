"""Comparison of names, and the error for an unknown name."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from .errors import UnknownNameError

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_MOST_LISTED = 40
"""Valid names that the error for an unknown name lists in full."""


def fold(text: str) -> str:
    """Return the letters and digits of a name in lower case, for comparison with other names.

    Example:
        >>> fold("Non-steroidal  Anti-Inflammatory"), fold("TGF-β")
        ('nonsteroidalantiinflammatory', 'tgfβ')
    """
    return _NOT_ALPHANUMERIC.sub("", unicodedata.normalize("NFKC", text).casefold())


def near_names(name: str, valid: Iterable[str]) -> list[str]:
    """Return up to three names that are similar to another one, the most similar first.

    Example:
        >>> near_names("icd-code", ["patient", "ICD_Code", "icd_codes"])
        ['ICD_Code', 'icd_codes']
    """
    from difflib import get_close_matches

    names: dict[str, str] = {}
    for each in valid:
        names.setdefault(fold(each), each)
    return [names[near] for near in get_close_matches(fold(name), names)]


def unknown(
    kind: str, name: object, valid: Iterable[str], *, source: str = "", listed_in: str = ""
) -> UnknownNameError:
    """Return the error for an unknown name, with similar names, or else the valid ones.

    Args:
        kind: Kind of the named object, such as "resource".
        name: The unknown name.
        valid: All valid names.
        source: Name of the file that should have the object.
        listed_in: Where to read the names if they are many.

    Example:
        >>> str(unknown("resource", "symptom", ["symptoms", "types"]))
        "There is no resource 'symptom'. Did you mean symptoms?"
        >>> str(unknown("column", "age", ["id", "sex"], source="cohort.csv"))
        "There is no column 'age' in cohort.csv. Valid: id, sex."
    """
    names = list(valid)
    start = f"There is no {kind} {name!r}{source and f' in {source}'}."
    if near := near_names(str(name), names):
        return UnknownNameError(f"{start} Did you mean {one_of(near)}?")
    if len(names) <= _MOST_LISTED:
        return UnknownNameError(f"{start} Valid: {', '.join(names)}.")
    first, where = ", ".join(names[:3]), listed_in and f", listed in {listed_in}"
    return UnknownNameError(f"{start} Valid: {first}, ... ({len(names)} in all{where}).")


def one_of(names: Sequence[str]) -> str:
    """Return names as alternatives.

    Example:
        >>> one_of(["id", "sex", "age"]), one_of(["id"])
        ('id, sex or age', 'id')
    """
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))
