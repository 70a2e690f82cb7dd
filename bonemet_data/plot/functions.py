"""Public functions that draw pictures of the data."""

from typing import TYPE_CHECKING

from ..extras import PLOT
from .themes import ThemeName

if TYPE_CHECKING:
    from .picture import Picture


def statements(concept_id: str | None = None, *, theme: ThemeName = "light") -> "Picture":
    """Draw the statements of the article as a map, from cancers to treatments.

    Each line is a statement, and ends with a dot at its object. Its color and dashes are those of
    its predicate. A short line that ends with a ring is a statement about bone metastasis itself.

    Args:
        concept_id: Id of a concept: draw only the statements about it, bone metastasis included.
            Default: all statements.
        theme: "light" (the default) or "dark", the colors for the page behind the picture.

    Returns:
        A new matplotlib figure that pyplot does not manage. Its `rows` say in words what it shows.

    Raises:
        UnknownNameError: There is no such concept or theme.
        ArgumentError: There are no statements about the concept.
        MissingExtraError: matplotlib is not installed.

    Example:
        >>> import bonemet_data as bm
        >>> picture = bm.plot.statements("osteoblastic")
        >>> picture.columns
        ('statement', 'subject', 'predicate', 'object', 'in words')
        >>> picture.savefig("osteoblastic.svg")  # doctest: +SKIP

    See Also:
        bonemet_data.statements: Load the statements as a frame.
        evidence: Draw how much evidence there is on them.
    """
    with PLOT:
        from .statement_map import draw
    return draw(concept_id, theme)


def measurements(statement_id: str, *, width: int = 880, theme: ThemeName = "light") -> "Picture":
    """Draw the independent figures on a statement, beside the value of the article.

    Args:
        statement_id: Id of a statement.
        width: Width in pixels; below 760, the labels are above the figures. Default: 880.
        theme: "light" (the default) or "dark", the colors for the page behind the picture.

    Returns:
        A new matplotlib figure that pyplot does not manage. Each measure and unit has an axis of
        its own, and each figure its design, year, number of patients and DOI.

    Raises:
        UnknownNameError: There is no such statement or theme.
        ArgumentError: The evidence on the statement has no figures, or the width is less than 320.
        MissingExtraError: matplotlib is not installed.

    Example:
        >>> import bonemet_data as bm
        >>> picture = bm.plot.measurements("st014")
        >>> for row in picture.rows:
        ...     print(row[1], row[2], row[3], row[4])
        91.6 percent 84 cross-sectional
        84.1 percent 518 cohort
        77.2 percent 101 cross-sectional
        40.5 percent 666 cohort
        33 percent not stated narrative review

    See Also:
        bonemet_data.evidence: Load the evidence on a statement as a frame.
    """
    with PLOT:
        from .measurement_chart import draw
    return draw(statement_id, width, theme)


def evidence(*, width: int = 1200, theme: ThemeName = "light") -> "Picture":
    """Draw the independent evidence by statement and stance.

    Args:
        width: Width in pixels; below 900, there is one column. Default: 1200.
        theme: "light" (the default) or "dark", the colors for the page behind the picture.

    Returns:
        A new matplotlib figure that pyplot does not manage. Each mark is a row of evidence;
        statements are grouped by the kind of their subject, and those with most evidence come
        first.

    Raises:
        UnknownNameError: There is no such theme.
        ArgumentError: The width is less than 320.
        MissingExtraError: matplotlib is not installed.

    Example:
        >>> import bonemet_data as bm
        >>> bm.plot.evidence().columns
        ('statement', 'in words', 'supports', 'partly supports', 'qualifies', 'contradicts')

    See Also:
        bonemet_data.evidence: Load the evidence as a frame.
    """
    with PLOT:
        from .evidence_chart import draw
    return draw(width, theme)


def structure(*, width: int = 1200, theme: ThemeName = "light") -> "Picture":
    """Draw how tables, concepts and vocabularies are connected.

    Args:
        width: Width in pixels; below 1100, they are listed below each other. Default: 1200.
        theme: "light" (the default) or "dark", the colors for the page behind the picture.

    Returns:
        A new matplotlib figure that pyplot does not manage. Each line is a foreign key of the
        schemas, from its fields to the resource that they refer to.

    Raises:
        UnknownNameError: There is no such theme.
        ArgumentError: The width is less than 320.
        MissingExtraError: matplotlib is not installed.

    Example:
        >>> import bonemet_data as bm
        >>> bm.plot.structure().columns
        ('resource', 'rows', 'field', 'refers to')

    See Also:
        bonemet_data.descriptor: Return the description of the package.
    """
    with PLOT:
        from .structure_map import draw
    return draw(width, theme)
