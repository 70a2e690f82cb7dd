"""Numbers with the nouns that they count."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun in the singular or plural.

    Args:
        number: The number.
        noun: The noun in the singular.
        plural: The noun in the plural. Default: with an "s" at its end.

    Example:
        >>> counted(1, "row"), counted(2000, "row"), counted(0, "fix", "fixes")
        ('1 row', '2,000 rows', '0 fixes')
    """
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
