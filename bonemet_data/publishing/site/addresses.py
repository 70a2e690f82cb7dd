"""Addresses: of pages of the site, relative to a page, and of pages on the web."""

from collections.abc import Iterator
from typing import Any, NamedTuple

_RESOLVERS = (
    ("doi", "doi:", "https://doi.org/"),
    ("pmid", "PMID\N{NO-BREAK SPACE}", "https://pubmed.ncbi.nlm.nih.gov/"),
    ("pmcid", "", "https://pmc.ncbi.nlm.nih.gov/articles/"),
    ("nbk", "", "https://www.ncbi.nlm.nih.gov/books/"),
)
"""Column of an identifier, and the prefixes of its text and of its URL."""


class Link(NamedTuple):
    """A link to the web.

    Attributes:
        text: Text of the link.
        url: Address.
    """

    text: str
    url: str


def concept_path(concept_id: str) -> str:
    """Return the permanent path of the page of a concept.

    Example:
        >>> concept_path("pain")
        'concepts/pain.html'
    """
    return f"concepts/{concept_id}.html"


def is_web(text: str | None) -> bool:
    """Return whether a text is an address that a link may lead to.

    Example:
        >>> is_web("https://doi.org/10.1000/1"), is_web("javascript:alert()"), is_web(None)
        (True, False, False)
    """
    return (text or "").startswith(("https://", "http://"))


def identifier_links(record: Any) -> Iterator[Link]:
    """Iterate over the links to a publication, one for each of its identifiers.

    Args:
        record: Record of `publications`, `sources` or of evidence joined to its publication.
    """
    for column, written, start in _RESOLVERS:
        if value := getattr(record, column, None):
            yield Link(written + value, start + value)
    if is_web(url := getattr(record, "url", None)):
        yield Link(str(url), str(url))


def code_link(curie: str, namespace: str | None) -> Link:
    """Return the code of a CURIE, with the address of its term, or "" without a namespace.

    Example:
        >>> code_link("HP:0002653", "http://purl.obolibrary.org/obo/HP_")
        Link(text='HP:0002653', url='http://purl.obolibrary.org/obo/HP_0002653')
        >>> code_link("icd10cm:C79.51", None)
        Link(text='C79.51', url='')
    """
    prefix, _, code = curie.partition(":")
    text = curie if prefix.isupper() else code  # a prefix in capitals is part of the identifier
    return Link(text, f"{namespace}{code}" if namespace and is_web(namespace) else "")
