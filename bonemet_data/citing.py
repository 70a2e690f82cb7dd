"""Citations: the sources that the article cites, and how to cite the data and the article."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from .datasets import load, sources, tables
from .errors import ArgumentError
from .names import unknown
from .package.installed import installed_releases, open_version
from .reporting.escaping import json_text

if TYPE_CHECKING:
    import pandas as pd

    from .package.descriptor import Package

Style: TypeAlias = Literal["bibtex", "ris", "csl-json", "text"]


def citations(
    concept_id: str,
    *,
    by: Literal["row", "statements"] | None = None,
    version: str | None = None,
) -> "pd.DataFrame":
    """Load the sources that the article cites for a row, or for the statements about a concept.

    Args:
        concept_id: Id of the concept, such as "pain".
        by: "row": the sources of the row in one of the four tables. "statements": the
            sources of every statement with the concept as subject or object. Default: "row" for a
            concept with a row, "statements" for any other; in releases before 2.0.0 always "row".
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        The cited rows of `sources`: those of a row in the order of the article,
        those of statements in ascending order, with the column statement_ids (the statements for
        which the source is cited, joined by semicolons).

    Raises:
        UnknownNameError: There is no such concept or release; the message lists the nearest names.
        ArgumentError: `by` has another value, or is "statements" for a release before 2.0.0, which
            has none.
        IntegrityError: A checksum differs.

    See Also:
        sources: Load all sources.
        statements: Load statements, with the numbers of their sources.
        concept: Return what is known about a concept.

    Example:
        >>> import bonemet_data as bm
        >>> bm.citations("spinal_issues")["source_id"].tolist()
        [4, 10]
        >>> bm.citations("rankl")[["source_id", "statement_ids"]].head(2)
           source_id      statement_ids
        0          8              st105
        1         10  st105;st171;st172
    """
    if by not in {None, "row", "statements"}:
        raise ArgumentError(f"by must be 'row' or 'statements', not {by!r}.")
    concepts = [concept.concept_id for concept in load("concepts", "records", version=version)]
    if concept_id not in concepts:
        raise unknown("concept", concept_id, concepts, listed_in="the resource concepts")
    links = load("citations", "records", version=version)
    cited = [link.source_id for link in links if link.concept_id == concept_id]
    has_statements = "statements" in tables(version)
    if by == "statements" and not has_statements:
        raise ArgumentError(f"version {version} has no statements: use a later version.")
    by_id = sources(version).set_index("source_id")
    if by == "row" or (by is None and (cited or not has_statements)):
        return by_id.loc[cited].reset_index()
    statements = _statements_by_source(concept_id, version)
    frame = by_id.loc[list(statements)].reset_index()
    return frame.assign(statement_ids=list(statements.values())).astype({"statement_ids": "string"})


def _statements_by_source(concept_id: str, version: str | None) -> dict[int, str]:
    """Return the sources of a concept's statements in ascending order, with those statements."""
    statements = {
        statement.statement_id
        for statement in load("statements", "records", version=version)
        if concept_id in {statement.subject_id, statement.object_id}
    }
    statement_of = {
        mention.mention_id: mention.statement_id
        for mention in load("mentions", "records", version=version)
        if mention.statement_id in statements
    }
    links = load("mention_sources", "records", version=version)
    cited = {
        (link.source_id, statement_of[link.mention_id])
        for link in links
        if link.mention_id in statement_of
    }
    groups: dict[int, list[str]] = {}
    for source_id, statement_id in sorted(cited):
        groups.setdefault(source_id, []).append(statement_id)
    return {source_id: ";".join(ids) for source_id, ids in groups.items()}


class Work(NamedTuple):
    """A work to cite; a date is missing if it is not known."""

    key: str
    type: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    version: str | None
    date: str | None


def cite(style: Style = "bibtex", version: str | None = None) -> str:
    """Return the citation of the data, and of the article that they are taken from.

    Args:
        style: "bibtex" (the default), "ris", "csl-json" (for Zotero or pandoc) or "text".
        version: Released version, one of `releases()`. Default: the installed data.

    Returns:
        Two entries: the data with version and, for a release, its date; and the article. They
        contain no DOI and no address, since none is known.

    Raises:
        ArgumentError: There is no such style.
        UnknownNameError: There is no such release.

    Example:
        >>> import bonemet_data as bm
        >>> print(bm.cite("text", version="1.1.0"))
        The bonemet-data maintainers (2026). Bone metastasis reference data, version 1.1.0.
        Consensus (2025). Bone Metastasis: Symptoms, Types, Causes and Treatment.

    See Also:
        releases: Return the releases, with their dates.
        citations: Load the sources that the article cites.
    """
    if style not in _STYLES:
        raise ArgumentError(f"style must be one of {', '.join(_STYLES)}, not {style!r}.")
    return citation_of(open_version(version), style)


def citation_of(package: "Package", style: Style) -> str:
    """Return the citation of a version of the data, and of the article."""
    return _STYLES[style](cited_works(package))


def cited_works(package: "Package") -> tuple[Work, Work]:
    """Return the works to cite: the package, and the article that it is taken from."""
    return _data(package), _article(package)


def _data(package: "Package") -> Work:
    descriptor = package.descriptor
    dates = {release.version: release.date for release in installed_releases()}
    return Work(
        key=f"{descriptor['name']}-{package.version}",
        type="DATA",
        title=descriptor["title"],
        authors=tuple(person["title"] for person in descriptor["contributors"]),
        publisher=descriptor.get("dcterms:publisher", descriptor["name"]),
        version=package.version,
        date=dates.get(package.version),
    )


def _article(package: "Package") -> Work:
    source = package.descriptor["sources"][0]
    return Work(
        key=f"{package.descriptor['name']}-article",
        type="ELEC",
        title=source["title"],
        authors=(),
        publisher=source["dcterms:publisher"],
        version=None,
        date=source["dcterms:issued"],
    )


def _to_bibtex(work: Work) -> str:
    year, month, _ = (work.date or "--").split("-")
    fields = {
        "author": " and ".join(f"{{{author}}}" for author in work.authors),
        "title": f"{{{work.title}}}",
        "howpublished": work.publisher,
        "note": work.version and f"Version {work.version}",
        "year": year,
        "month": month.lstrip("0"),
    }
    lines = [f"  {name} = {{{_escape(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{work.key},", *lines, "}"])


def _escape(text: str) -> str:
    """Return a text in which no character has a meaning in LaTeX, except for braces."""
    return re.sub(r"([&%$#_])", r"\\\1", text)


def _to_ris(work: Work) -> str:
    fields = [
        ("TY", work.type),
        *(("AU", author) for author in work.authors),
        ("TI", work.title),
        ("PB", work.publisher),
        ("ET", work.version),
        ("PY", work.date and work.date[:4]),
        ("DA", work.date and work.date.replace("-", "/")),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - "])


def _to_text(work: Work) -> str:
    authors = ", ".join(work.authors) or work.publisher
    year = f" ({work.date[:4]})" if work.date else ""
    version = f", version {work.version}" if work.version else ""
    return f"{authors}{year}. {work.title}{version}."


def _to_csl(work: Work) -> dict[str, object]:
    """Return a work as an item of CSL JSON (https://citeproc-js.readthedocs.io)."""
    item: dict[str, object | None] = {
        "id": work.key,
        "type": "dataset" if work.type == "DATA" else "webpage",
        "title": work.title,
        "author": [{"literal": author} for author in work.authors] or None,
        "publisher": work.publisher,
        "version": work.version,
        "issued": work.date and {"date-parts": [[*map(int, work.date.split("-"))]]},
    }
    return {name: value for name, value in item.items() if value}


def _each(to_style: Callable[[Work], str]) -> Callable[[Iterable[Work]], str]:
    return lambda works: "\n".join(map(to_style, works))


_STYLES: Mapping[str, Callable[[Iterable[Work]], str]] = {
    "bibtex": _each(_to_bibtex),
    "ris": _each(_to_ris),
    "csl-json": lambda works: json_text([*map(_to_csl, works)]),
    "text": _each(_to_text),
}
