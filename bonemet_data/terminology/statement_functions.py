"""Public functions for statements and the evidence on them."""

from typing import TYPE_CHECKING, Any, Literal, overload

from ..datasets import Engine
from .functions import vocabulary

if TYPE_CHECKING:
    import pandas as pd


@overload
def statements(
    subject: str | None = None,
    predicate: str | None = None,
    object: str | None = None,
    *,
    context: str | None = None,
    version: str | None = None,
    engine: Literal["pandas"] = "pandas",
) -> "pd.DataFrame": ...
@overload
def statements(
    subject: str | None = None,
    predicate: str | None = None,
    object: str | None = None,
    *,
    context: str | None = None,
    version: str | None = None,
    engine: Literal["polars", "arrow", "records"],
) -> Any: ...
def statements(
    subject: str | None = None,
    predicate: str | None = None,
    object: str | None = None,  # noqa: A002 - the term of RDF
    *,
    context: str | None = None,
    version: str | None = None,
    engine: Engine = "pandas",
) -> Any:
    """Load the statements of the article, with their citations and the amount of evidence.

    Without arguments, all statements are returned; each argument narrows them.

    Args:
        subject: Id of the concept about which the statement is made. Default: any.
        predicate: Predicate, one of the resource `predicates`. Default: any.
        object: Id of the concept to which the predicate leads. Default: any.
        context: Id of the concept to which the statement is limited. Default: any.
        version: Released version, one of `releases()`. Default: the installed data.
        engine: "pandas" (the default), "polars", "arrow" or "records", as in `load`.

    Returns:
        A new frame with the columns of
        the resource `statements`, and source_ids (the numbers that the article cites, ascending,
        joined by semicolons; missing if there are none), mentions (number of places where the
        article makes the statement) and evidence (number of rows of evidence).

    Raises:
        UnknownNameError: There is no such concept, predicate, engine or release; the message lists
            the nearest names.
        ArgumentError: The release is older than 2.0.0 and has no statements.
        IntegrityError: A checksum differs.

    Example:
        >>> import bonemet_data as bm
        >>> symptoms = bm.statements("osteolytic", "has_symptom")
        >>> symptoms[["statement_id", "object_id", "qualifier", "source_ids"]]
          statement_id      object_id   qualifier source_ids
        0        st080      fractures  more_often       6;14
        1        st081           pain  more_often       6;14
        2        st086  hypercalcemia  more_often       6;14

    See Also:
        evidence: Load the evidence on a statement.
        concept: Return a concept, with its statements in plain words.
    """
    return vocabulary(version).statements_frame(
        subject, predicate, object, context=context, engine=engine
    )


@overload
def evidence(
    statement_id: str | None = None,
    concept_id: str | None = None,
    *,
    version: str | None = None,
    engine: Literal["pandas"] = "pandas",
) -> "pd.DataFrame": ...
@overload
def evidence(
    statement_id: str | None = None,
    concept_id: str | None = None,
    *,
    version: str | None = None,
    engine: Literal["polars", "arrow", "records"],
) -> Any: ...
def evidence(
    statement_id: str | None = None,
    concept_id: str | None = None,
    *,
    version: str | None = None,
    engine: Engine = "pandas",
) -> Any:
    """Load the independent evidence on statements, joined to its publications.

    The publications were found independently of the article; they are not the sources that it
    cites. Their numbers are in the resource `measurements`.

    Args:
        statement_id: Id of a statement, such as "st014". Default: any.
        concept_id: Id of a concept that is subject or object of the statement.
            Default: any.
        version: Released version, one of `releases()`. Default: the installed data.
        engine: "pandas" (the default), "polars", "arrow" or "records", as in `load`.

    Returns:
        A new frame with the columns of
        the resource `evidence`, and those of `publications` for each row.

    Raises:
        UnknownNameError: There is no such statement, concept, engine or release; the message lists
            the nearest names.
        ArgumentError: The release is older than 2.0.0 and has no statements.
        IntegrityError: A checksum differs.

    Example:
        >>> import bonemet_data as bm
        >>> pain = bm.evidence("st014")
        >>> pain["stance"].value_counts().loc["qualifies"]
        np.int64(5)
        >>> figures = bm.load("measurements").merge(pain, on="evidence_id")
        >>> figures["value_number"].tolist()
        [91.6, 84.1, 77.2, 40.5, 33.0]

    See Also:
        statements: Load statements.
        concept: Return a concept, with its evidence by stance.
    """
    return vocabulary(version).evidence_frame(statement_id, concept_id, engine=engine)
