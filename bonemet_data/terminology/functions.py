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
        Immutable object with the methods `concept`, `lookup`, `annotate`, `detect` and
        `normalize`, which the functions of the same names use.

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
        term: Code, such as "C79.51" or "HP:0002653", address of a term, id of a concept, or name.
            Names match as wholes, in all forms that `normalize` knows.
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
        >>> [(m.concept_id, m.relation) for m in bm.lookup("bone mets")]
        [('bone_metastasis', 'EXACT')]

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
    separator: str | None = None,
    version: str | None = None,
) -> "pd.DataFrame":
    """Find the concepts of a column of codes.

    Args:
        codes: Series, array or list of codes of one vocabulary, as text: in any case, with or
            without dots, with or without prefix, or as full addresses. They may be more specific
            than the mapped ones.
        vocabulary: Prefix of the vocabulary in any usual spelling, such as "ICD-10-CM" or
            "mesh". Default: "icd10cm".
        icd_version: For data that mix ICD-9-CM and ICD-10-CM, 9 or 10: one value for all codes, or
            a Series or list with one for each. A code with another version has no concept.
            Default None: all codes are of `vocabulary`.
        separator: Separator of the codes in a value, such as ";". Default None: a value is one
            code.
        version: Released version of this package, one of `releases()`. Default: the installed data.

    Returns:
        Columns position (0-based position of the value), code, concept_id, predicate (SSSOM
        predicate from the concept to the code), matched_code (the mapped code) and status. A code
        with several concepts has several rows; a code without any has one row with missing
        values. A code below the mapped one in its vocabulary has the predicate skos:narrowMatch.
        The status is one of:

        - "matched": The code leads to a concept.
        - "no_concept": The text has the form of a code of the vocabulary, and no concept is mapped
          to it.
        - "unknown_code": The text has the form of a code below a mapped one, whose concepts it
          has, but the edition of the vocabulary in `descendants` has no such code.
        - "not_a_code": The text cannot be a code of the vocabulary.
        - "missing": There is no text.

    Raises:
        UnknownNameError: There is no such release or vocabulary, or the vocabulary has no mappings.
        ArgumentError: Codes are not text or not one column, `codes` and `icd_version` differ in
            length or index, `icd_version` does not apply to `vocabulary`, or the release has no
            mappings.

    Warns:
        CodesWarning: The codes fit another vocabulary better, or values contain several codes.

    Example:
        >>> import bonemet_data as bm
        >>> annotated = bm.annotate(["C7951", "C50911", "Z85.3", "C79.519"])
        >>> annotated[["position", "concept_id", "matched_code", "status"]]
           position       concept_id    matched_code        status
        0         0  bone_metastasis  icd10cm:C79.51       matched
        1         0  advanced_cancer     icd10cm:C79       matched
        2         1    breast_cancer     icd10cm:C50       matched
        3         2             <NA>            <NA>    no_concept
        4         3  bone_metastasis  icd10cm:C79.51  unknown_code
        5         3  advanced_cancer     icd10cm:C79  unknown_code

    See Also:
        detect: Find the vocabulary of a column of codes.
        lookup: Find the concepts of one code, with the reasons.
        normalize: Find the concepts of a column of free text.
    """
    return _read(version).annotate(codes, vocabulary, icd_version, separator=separator)


def detect(
    codes: Iterable[Any], *, separator: str | None = None, version: str | None = None
) -> "pd.DataFrame":
    """Find the vocabulary of a column of codes from the way they are written.

    A vocabulary recognizes its codes by their form, their check digits (SNOMED CT, LOINC), and the
    editions that the package lists. Codes of bare digits without a check digit, such as those of
    OMOP, count only if they have a prefix or are mapped. Some codes are codes of several
    vocabularies: C50.9 has the same form in ICD-10-CM, the ICD-10 of the WHO and ICD-O-3.

    Args:
        codes: Series, array or list of codes, as text.
        separator: Separator of the codes in a value, such as ";". Default None: a value is one
            code.
        version: Released version of this package, one of `releases()`. Default: the installed data.

    Returns:
        One row for each vocabulary, the best first, with the columns vocabulary (its prefix),
        codes (number of values that are its codes), share (of the values that are not missing)
        and matched (number of values that lead to a concept). The vocabularies icd10 (of the WHO),
        icdo3 (topography), icdo3m (morphology) and loinc have no mappings; they are there to be
        told from the others.

    Raises:
        UnknownNameError: There is no such release.
        ArgumentError: Codes are not text or not one column.

    Example:
        >>> import bonemet_data as bm
        >>> bm.detect(["94222008", "254837009", None]).head(1)
          vocabulary  codes  share  matched
        0   snomedct      2    1.0        2

    See Also:
        annotate: Find the concepts of a column of codes.
    """
    return _read(version).detect(codes, separator=separator)


def normalize(
    labels: Iterable[Any],
    kind: str | None = None,
    scopes: Iterable[str] = ("exact",),
    separator: str | None = None,
    suggest: bool = False,
    *,
    version: str | None = None,
) -> "pd.DataFrame":
    """Find the concepts that a column of free text names.

    A text matches a name as a whole. It may differ from the name by case, punctuation, white space
    and hyphens, and by the conventions of vocabularies and hospitals: ", NOS" or "unspecified",
    inverted order ("Carcinoma, breast"), "X of Y" for "Y X", "Ca X", trademarks, SNOMED CT tags
    such as "(disorder)", types of interventions ("Drug: denosumab"), a code beside the name, an
    abbreviation or a second name in brackets, the plural, and British spelling. A drug is also
    found in a string such as "zoledronic acid 4 mg IV", unless the string says that it was not
    given. A side, stage, course, histology, cause or site, as in "stage IV breast cancer", makes a
    name narrower. Concepts that exist only for statements, such as qualities and times, are left
    out. The guide on annotating lists all conventions with examples.

    Args:
        labels: Series, array or list of texts.
        kind: Kind of the concepts, such as "cancer". Default: any. Symptoms include findings,
            and treatments include procedures and drugs, and the reverse. Abbreviations, such as
            "RT", match only together with a kind.
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


def suggest(text: str, version: str | None = None) -> tuple[str, str] | None:
    """Return the id of the concept that a text in a column of ids probably means, or None.

    The second item is how it was found; see `Vocabulary.suggest`.
    """
    return _read(version).suggest(text)
