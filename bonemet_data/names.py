"""Comparison of names, and the error for an unknown name."""

import unicodedata
from collections.abc import Iterable

from .errors import UnknownNameError

_MOST_LISTED = 40
"""Valid names that the error for an unknown name lists in full."""


def fold(text: str) -> str:
    """Return the letters and digits of a name in lower case, for comparison with other names.

    Example:
        >>> fold("Non-steroidal  Anti-Inflammatory"), fold("TGF-β")
        ('nonsteroidalantiinflammatory', 'tgfβ')
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())


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


def unknown(kind: str, name: object, valid: Iterable[str]) -> UnknownNameError:
    """Return the error for an unknown name; the message suggests similar names.

    Args:
        kind: Kind of the named object, such as "resource".
        name: The unknown name.
        valid: All valid names.

    Example:
        >>> str(unknown("resource", "symptom", ["symptoms", "types"]))
        "There is no resource 'symptom'. Did you mean symptoms? Valid: symptoms, types."
    """
    names = list(valid)
    near = near_names(str(name), names)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    listed = names if len(names) <= _MOST_LISTED else [*names[:3], "...", names[-1]]
    total = "" if listed is names else f" ({len(names)} in all)"
    return UnknownNameError(
        f"There is no {kind} {name!r}.{hint} Valid: {', '.join(listed)}{total}."
    )
