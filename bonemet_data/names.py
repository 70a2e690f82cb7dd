"""Help for a reader who asked for a name that does not exist."""

from collections.abc import Iterable

from .errors import UnknownNameError


def unknown(what: str, name: object, valid: Iterable[str]) -> UnknownNameError:
    """Make the error for an unknown name, with the nearest valid ones.

    Args:
        what: the kind of thing, such as "resource".
        name: what was asked for.
        valid: every name that exists.

    Returns:
        The error, to be raised by the caller.

    Example:
        >>> str(unknown("resource", "symptom", ["symptoms", "types"]))
        "There is no resource 'symptom'. Did you mean symptoms? Valid: symptoms, types."
    """
    from difflib import get_close_matches

    names = list(valid)
    near = get_close_matches(str(name).lower().replace(" ", "_").replace("-", "_"), names)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return UnknownNameError(f"There is no {what} {name!r}.{hint} Valid: {', '.join(names)}.")
