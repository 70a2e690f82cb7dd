"""Statements in words, without what the pictures show beside them."""

from ..terminology.statements import Statement, in_words


def sentence(statement: Statement) -> str:
    """Return a statement in plain words, without its sources and its evidence.

    Example:
        >>> import bonemet_data as bm
        >>> statement = next(s for s in bm.concept("pain").statements if s.value_number)
        >>> sentence(statement)
        'bone metastasis: has symptom pain, up to 75 percent'
    """
    claim = statement.text.partition("; independent: ")[0]
    return claim.removesuffix(f" [{' '.join(map(str, statement.source_ids))}]")


def design_in_words(name: str) -> str:
    """Return the design of a study in words.

    Example:
        >>> design_in_words("cross_sectional"), design_in_words("rct")
        ('cross-sectional', 'randomized controlled trial')
    """
    words = {"cross_sectional": "cross-sectional", "rct": "randomized controlled trial"}
    return words.get(name, in_words(name))


def number_in_words(number: float) -> str:
    """Return a number as it is printed, with a minus sign instead of a hyphen."""
    return f"{number:g}".replace("-", "\N{MINUS SIGN}")


def capitalized(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]
