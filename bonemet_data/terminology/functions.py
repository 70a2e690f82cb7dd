"""Public functions for concepts, and for the codes and names that lead to them."""

from collections.abc import Iterable
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..package.installed import open_version
from .concepts import Concept
from .lookup import Match
from .records import PackageRecords
from .vocabulary import Vocabulary

if TYPE_CHECKING:
    import pandas as pd


def vocabulary(version: str | None = None) -> Vocabulary:
    """Return the concepts of a release, with the codes and names that lead to them.

    Later calls return the same object. It reads each resource once, when the resource is first
    needed, and raises IntegrityError then if the checksum of the file differs.

    Args:
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        Immutable object with the methods `concept`, `lookup`, `annotate` and `normalize`, which
        the functions of the same names use.

    Raises:
        UnknownNameError: There is no such release.
        IntegrityError: The checksum of the archive of the release differs from the recorded one.

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
    schemas = {each.name: package.schema(each) for each in package.resources}
    return Vocabulary(package.version, PackageRecords(package), MappingProxyType(schemas))


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
    scopes: Iterable[str] = ("exact",),
    separator: str | None = None,
    *,
    suggest: bool = False,
    version: str | None = None,
) -> "pd.DataFrame":
    """Find the concepts that a column of free text names.

    A text matches a name as a whole. It may differ from the name by case, punctuation, white space
    and hyphens, and by these conventions of vocabularies: ", NOS" or ", unspecified", inverted
    order ("Carcinoma, breast"), "X of Y" for "Y X", trademarks, SNOMED CT tags such as
    "(disorder)", types of interventions ("Drug: denosumab"), an abbreviation in brackets, the
    plural, and British spelling. A drug is also found in a string such as "zoledronic acid 4 mg
    IV", unless the string says that it was not given. Concepts that exist only for statements,
    such as qualities and times, are left out.

    Args:
        labels: Series, array or list of texts.
        kind: Kind of the concepts, such as "cancer". Default: any. Abbreviations, such
            as "RT", match only together with a kind.
        scopes: Statuses that count as a match: "exact", "narrower", "broader" and "related".
            Default: only "exact".
        separator: Text between several names in one cell, such as ";". Default: none.
        suggest: Whether to add what texts without a concept probably mean. Default: False.
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        One row for each name in the cells: columns position (0-based position of the cell), label,
        concept_id, status, matched (the name in the package, or the ids of an ambiguous text) and
        how (the conventions in which the text differs from that name).

        status is one of: "exact"; "narrower", "broader" or "related" (the text means less or more
        than the concept, or something associated with it); "site" (with kind="cancer", a part of
        the body, which is no cancer); "ambiguous"; "unknown"; "missing". concept_id is missing
        unless the status is one of `scopes`; a text that is narrower than several concepts then
        has a row for each. With `suggest`, the column suggestions contains up to three
        `Suggestion` tuples, the best first.

    Raises:
        UnknownNameError: There is no such kind or release.
        ArgumentError: `labels` is not a column of single values, or `scopes` has another value.
        MissingExtraError: `suggest` needs the extra "suggest".

    Example:
        >>> import bonemet_data as bm
        >>> frame = bm.normalize(["Breast cancer, NOS", "zoledronic acid 4 mg IV", "lumbago"])
        >>> frame[["label", "concept_id", "status"]]
                             label     concept_id    status
        0       Breast cancer, NOS  breast_cancer     exact
        1  zoledronic acid 4 mg IV           <NA>  narrower
        2                  lumbago           <NA>   unknown
        >>> bm.normalize(["zoledronic acid"], scopes=["exact", "narrower"]).loc[0, "concept_id"]
        'bisphosphonates'
        >>> bm.normalize(["Bronchus and lung"], kind="cancer").loc[0, "status"]
        'site'

    See Also:
        annotate: Find the concepts of a column of codes.
        lookup: Find the concepts of one name, also by broader, narrower and related names.
    """
    return _read(version).normalize(labels, kind, scopes, separator, suggest=suggest)


def suggest(text: str, version: str | None = None) -> str | None:
    """Return the id of the concept that a text in a column of ids probably means, or None."""
    return _read(version).suggest(text)
