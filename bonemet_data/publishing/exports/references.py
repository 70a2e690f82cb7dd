"""References: the works to cite for a package, and the publications of its evidence.

Only what the table states is in a reference, so that some lack authors or a year.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...citing import cited_works
from ...package.descriptor import Package
from ...terminology.records import PackageRecords

_INITIALS = re.compile(r"(?P<family>.+) (?P<initials>[A-Z]+)")
_ET_AL = " et al."


class Reference(NamedTuple):
    """A work as reference managers describe it; "" if a property is not known.

    Attributes:
        key: Key of the reference: an id of the package.
        kind: "dataset", "web", "article" or "chapter".
        title: Title.
        authors: Authors in the form "Family, Initials", or names of organizations.
        more_authors: Whether there are further authors.
        container: Journal, or book of a chapter.
        publisher: Publisher.
        version: Version.
        date: Year, or date in the form YYYY-MM-DD.
        doi: DOI.
        pmid: PubMed identifier.
        pmcid: PubMed Central identifier.
        nbk: Accession number of a chapter in the NCBI Bookshelf.
        note: Page on which a publication was read; licenses of a dataset.
    """

    key: str
    kind: str
    title: str
    authors: tuple[str, ...] = ()
    more_authors: bool = False
    container: str = ""
    publisher: str = ""
    version: str = ""
    date: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    nbk: str = ""
    note: str = ""


def read_references(package: Package) -> Iterator[Reference]:
    """Iterate over the package, the article, and the publications of the evidence.

    Releases before 2.0.0 have no table of publications.
    """
    licenses = "; ".join(
        license_.get("title", license_["name"]) for license_ in package.descriptor["licenses"]
    )
    for work in cited_works(package):
        yield Reference(
            key=work.key,
            kind="dataset" if work.version else "web",
            title=work.title,
            authors=work.authors,
            publisher=work.publisher,
            version=work.version or "",
            date=work.date or "",
            note=licenses if work.version else "",
        )
    for record in PackageRecords(package).get("publications", ()):
        names = record.authors_short or ""
        yield Reference(
            key=record.publication_id,
            kind="chapter" if record.nbk else "article",
            title=record.title,
            authors=tuple(_inverted(name) for name in _split(names)),
            more_authors=names.endswith(_ET_AL),
            container=record.journal or "",
            date=str(record.publication_year or ""),
            doi=record.doi or "",
            pmid=record.pmid or "",
            pmcid=record.pmcid or "",
            nbk=record.nbk or "",
            note=record.seen_in,
        )


def _split(names: str) -> list[str]:
    return [name for name in names.removesuffix(_ET_AL).split(", ") if name]


def _inverted(name: str) -> str:
    """Return a name with a comma between family name and initials.

    Example:
        >>> _inverted("van der Pluijm G")
        'van der Pluijm, G'
    """
    parts = _INITIALS.fullmatch(name)
    return f"{parts['family']}, {parts['initials']}" if parts else name
