"""Names: how they are compared, and the error for one that does not exist."""

import unicodedata
from collections.abc import Iterable

from .errors import UnknownNameError


def fold(text: str) -> str:
    """Return the form in which names are compared: letters and digits only, in lower case.

    Example:
        >>> fold("Non-steroidal  Anti-Inflammatory"), fold("TGF-β")
        ('nonsteroidalantiinflammatory', 'tgfβ')
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())


def unknown(what: str, name: object, valid: Iterable[str]) -> UnknownNameError:
    """Return the error for a name that does not exist, with the nearest valid names.

    Args:
        what: Kind of object, such as "resource".
        name: Name that was asked for.
        valid: Every valid name.

    Example:
        >>> str(unknown("resource", "symptom", ["symptoms", "types"]))
        "There is no resource 'symptom'. Did you mean symptoms? Valid: symptoms, types."
    """
    from difflib import get_close_matches

    names = list(valid)
    near = get_close_matches(str(name).lower().replace(" ", "_").replace("-", "_"), names)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return UnknownNameError(f"There is no {what} {name!r}.{hint} Valid: {', '.join(names)}.")
