"""The public functions that use the vocabulary of a release."""

from collections.abc import Iterable
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, overload

from ..datasets import Engine
from ..package.installed import open_version
from .concepts import Concept
from .lookup import Match
from .records import read_records
from .vocabulary import Vocabulary

if TYPE_CHECKING:
    import pandas as pd


def vocabulary(version: str | None = None) -> Vocabulary:
    """Return the concepts of a release, with the codes and names that lead to them.

    The release is read once; later calls return the same object.

    Args:
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        Immutable object with the methods `concept`, `lookup`, `annotate` and
        `normalize`, which the functions of the same names use.

    Raises:
        UnknownNameError: There is no such release.
        IntegrityError: The checksum of a file differs from the recorded one.

    Example:
        >>> import bonemet_data as bm
        >>> cancers = [c for c in bm.vocabulary().concepts if c.kind == "cancer"]
        >>> cancers[0].label
        'Breast cancer'

    See Also:
        concept: Return one concept.
        lookup: Find the concepts of one code or name.
        load: Load one table.
    """
    return _read(version)


@lru_cache
def _read(version: str | None) -> Vocabulary:
    package = open_version(version)
    records = {each.name: read_records(package, each.name) for each in package.resources}
    schemas = {each.name: package.schema(each) for each in package.resources}
    return Vocabulary(package.version, MappingProxyType(records), MappingProxyType(schemas))


def concept(concept_id: str, *, version: str | None = None) -> Concept:
    """Return a concept, with all records of the package that refer to it.

    Args:
        concept_id: Id of the concept, such as "osteolytic".
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        Immutable object with label, kind, definition, broader and narrower concepts,
        record, citations, statements, evidence by stance, mappings, and synonyms by scope. It is
        readable when printed and in a notebook.

    Raises:
        UnknownNameError: There is no such concept or release; the message lists similar ones.

    Example:
        >>> import bonemet_data as bm
        >>> osteolytic = bm.concept("osteolytic")
        >>> osteolytic.label, osteolytic.record["common_cancers"]
        ('Osteolytic', 'Breast, lung, kidney')
        >>> print(osteolytic.statements[1])
        breast cancer: associated with osteolytic, often [5 6 12 14]; independent: 1 supports

    See Also:
        lookup: Find concepts by code or name.
        statements: Load the statements about a concept as a frame.
        evidence: Load the evidence on them as a frame.
    """
    return _read(version).concept(concept_id)


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
        pandas.DataFrame | polars.DataFrame | pyarrow.Table | tuple: A new frame with the columns of
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
    return _read(version).statements_frame(
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
        pandas.DataFrame | polars.DataFrame | pyarrow.Table | tuple: A new frame with the columns of
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
    return _read(version).evidence_frame(statement_id, concept_id, engine=engine)


def lookup(term: str, *, version: str | None = None) -> tuple[Match, ...]:
    """Find the concepts that a code, id, label or synonym leads to.

    Unlike `normalize`, it returns names of every scope, so that a person can choose. The labels of
    codes below a mapped one are NARROW names.

    Args:
        term: Code with its prefix, such as "HP:0002653" or "ICD-10-CM:C79.51", or a name.
            Case, white space and punctuation are ignored; names match as wholes.
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        Matches, the closest first; empty if there are none.

    Raises:
        ArgumentError: `term` is not text.
        UnknownNameError: There is no such release.

    Example:
        >>> import bonemet_data as bm
        >>> bm.lookup("HP:0002653")[0].concept_id
        'pain'
        >>> [(m.concept_id, m.relation) for m in bm.lookup("lytic metastatic bone lesion")]
        [('osteolytic', 'EXACT')]

    See Also:
        annotate: Find the concepts of a column of codes.
        normalize: Find the concepts of a column of free text.
    """
    return _read(version).lookup(term)


def annotate(
    codes: Iterable[Any],
    vocabulary: str = "icd10cm",
    icd_version: Any = None,
    *,
    version: str | None = None,
) -> "pd.DataFrame":
    """Find the concepts of a column of codes.

    Args:
        codes: Series or list of codes of one vocabulary, as text, in any case, with or
            without dots. They may be more specific than the mapped ones.
        vocabulary: Prefix of the vocabulary in any usual spelling, such as "ICD-10-CM" or
            "mesh". Default: "icd10cm".
        icd_version: For data that mix ICD-9-CM and ICD-10-CM, 9 or 10: one value for all codes, or
            a Series or list with one for each. A code with another version has no concept.
            Default None: all codes are of `vocabulary`.
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        Columns position (0-based position of the code), code, concept_id,
        predicate (SSSOM predicate from the concept to the code) and matched_code (the mapped
        code). A code with several concepts has several rows; a code without any has one row with
        missing values. A code below the mapped one in its vocabulary has the predicate
        skos:narrowMatch.

    Raises:
        UnknownNameError: There is no such release or vocabulary, or the vocabulary has no mappings.
        ArgumentError: Codes are not text, `codes` and `icd_version` differ in length or index,
            `icd_version` does not apply to `vocabulary`, or the release has no mappings.

    Example:
        >>> import bonemet_data as bm
        >>> annotated = bm.annotate(["C7951", "C50911", "Z85.3"])
        >>> annotated[["position", "concept_id", "matched_code"]]
           position       concept_id    matched_code
        0         0  bone_metastasis  icd10cm:C79.51
        1         0  advanced_cancer     icd10cm:C79
        2         1    breast_cancer     icd10cm:C50
        3         2             <NA>            <NA>

    See Also:
        lookup: Find the concepts of one code, with the reasons.
        normalize: Find the concepts of a column of free text.
    """
    return _read(version).annotate(codes, vocabulary, icd_version)


def normalize(
    labels: Iterable[Any],
    kind: str | None = None,
    *,
    suggest: bool = False,
    version: str | None = None,
) -> "pd.DataFrame":
    """Find the concepts that a column of free text names.

    Only EXACT labels and synonyms match, as wholes; case, white space and punctuation are ignored.
    A label that covers more than its concept, such as "Pain", does not match. Concepts that exist
    only for statements, such as qualities and times, are left out. A text that names several
    concepts is reported as ambiguous.

    Args:
        labels: Series or list of texts.
        kind: Kind of the concepts, such as "cancer"; default: any. Abbreviations, such
            as "RT", match only together with a kind.
        suggest: Whether to add similar names to unknown texts. Default: False.
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        One row for each text, with the index of `labels` if it is a Series.
        Columns: label, concept_id, matched (the matching name, or the ids of an ambiguous text)
        and status ("matched", "ambiguous", "unknown" or "missing"). concept_id is missing unless
        the status is "matched". With `suggest`, the column suggestions contains up to three tuples
        of concept_id, name and similarity from 0 to 100, the best first.

    Raises:
        UnknownNameError: There is no such kind or release.
        ArgumentError: `labels` is not a list of single values.
        MissingExtraError: `suggest` needs the extra "suggest".

    Example:
        >>> import bonemet_data as bm
        >>> bm.normalize(["NSAID", "Prostate  CANCER", "lumbago"])["concept_id"].tolist()
        ['nsaids', 'prostate_cancer', <NA>]

    See Also:
        annotate: Find the concepts of a column of codes.
        lookup: Find the concepts of one name, also by broader, narrower and related names.
    """
    return _read(version).normalize(labels, kind, suggest=suggest)


def suggest(text: str, version: str | None = None) -> str | None:
    """Return the id of the concept that a text in a column of ids probably means, or None."""
    return _read(version).suggest(text, broad=True)
