"""Certainty: words and signs of what is denied, doubted, past, planned or said of somebody else."""

import re
import unicodedata

from .spelling import stems

DOUBTS = frozenset(
    stems(
        """
        possible possibly probable probably suspected suspicious suspicion presumed questionable
        likely unlikely consistent inconsistent compatible rule ruled deny denies denied denying
        never absent absence excludes exclude excluded excluding exclusion history hx
        mother father sister brother aunt uncle grandmother grandfather sibling son daughter
        parent relative family risk screen screened screening prevent prevention preventive
        prophylaxis prophylactic fear afraid concern refuse refuses refused refusal decline declines
        declined declining omit omitted omission cancel canceled cancelled plan planned deferred
        held versus vs allergy allergic anaphylaxis nkda evidence
        """
    )
)
"""Stems of words with which a text names nothing, unless it is a published name as a whole."""

NEGATIONS = frozenset(stems("no not nor non without except excluding excluded unknown none"))
"""Stems that no site may have: "Numbness, not face"."""

_SIGNS = frozenset("?\N{INVERTED QUESTION MARK}\N{ARABIC QUESTION MARK}!±≠☐□✗✘❌")
_MINUS = re.compile(
    r"\+\s*/\s*-|[(\[]\s*[-\N{EN DASH}\N{MINUS SIGN}0 ]?\s*[)\]]|\s[-\N{EN DASH}\N{MINUS SIGN}]\s*$"
    r"|^negative\b|(?<!\b[EPH]R)(?<!HER2)(?<!receptor)(?<!triple)[ :,-]+negative$",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"(?<!\w)(?:[dc]/[ci]|[hrs]/[opr])(?!\w)", re.IGNORECASE)


def is_doubtful(text: str) -> bool:
    """Return whether a sign says that a text names nothing for certain.

    Example:
        >>> is_doubtful("bone metastasis?"), is_doubtful("nausea (-)"), is_doubtful("d/c Xgeva")
        (True, True, True)
        >>> is_doubtful("non-small cell lung cancer")
        False
    """
    return (
        not _SIGNS.isdisjoint(text if text.isascii() else unicodedata.normalize("NFKC", text))
        or _MINUS.search(text) is not None
        or _STOPPED.search(text) is not None
    )
