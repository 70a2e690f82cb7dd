"""Export the references as BibTeX."""

from pathlib import Path

from ...extras import EXPORT
from ...package.descriptor import Package
from .references import Reference, read_references

with EXPORT:
    from pybtex.database import BibliographyData, Entry, Person

_TYPES = {"dataset": "misc", "web": "misc", "article": "article", "chapter": "incollection"}


def write(package: Package, target: Path) -> None:
    """Write the package, the article, and the publications of the evidence to a file."""
    entries = {reference.key: _entry(reference) for reference in read_references(package)}
    text = BibliographyData(entries).to_string("bibtex")
    target.write_text(text, encoding="utf-8", newline="")


def _entry(reference: Reference) -> Entry:
    """Return an entry. Braces preserve the case of the title and the names of organizations."""
    year, month, _ = (f"{reference.date}--").split("-")[:3]
    fields = {
        "title": f"{{{reference.title}}}",
        "booktitle" if reference.kind == "chapter" else "journal": reference.container,
        "howpublished": reference.publisher,
        "version": reference.version,
        "year": year,
        "month": month.lstrip("0"),
        "doi": reference.doi,
        "pmid": reference.pmid,
        "pmcid": reference.pmcid,
        "nbk": reference.nbk,
        "annote": reference.note,
    }
    names = [name if ", " in name else f"{{{name}}}" for name in reference.authors]
    names += ["others"] if reference.more_authors else []
    return Entry(
        _TYPES[reference.kind],
        fields={name: text for name, text in fields.items() if text},
        persons={"author": [Person(name) for name in names]} if names else {},
    )
