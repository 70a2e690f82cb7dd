"""Export the references in RIS, which reference managers import."""

from pathlib import Path

from ...extras import EXPORT
from ...package.descriptor import Package
from .references import Reference, read_references

with EXPORT:
    import rispy

_TYPES = {"dataset": "DATA", "web": "ELEC", "article": "JOUR", "chapter": "CHAP"}
_ET_AL = "et al."


class _Writer(rispy.RisWriter):  # type: ignore[misc]
    """Writer without the line with a number that rispy writes before each reference."""

    def set_header(self, count: int) -> str:  # noqa: ARG002 - the signature of rispy
        return ""


def write(package: Package, target: Path) -> None:
    """Write the package, the article, and the publications of the evidence to a file."""
    entries = [_entry(reference) for reference in read_references(package)]
    text = rispy.dumps(entries, implementation=_Writer)
    target.write_text(text, encoding="utf-8", newline="")


def _entry(reference: Reference) -> dict[str, str | list[str]]:
    """Return a reference by the names of rispy. PMID and PMCID are in AN and C2, as in EndNote."""
    entry: dict[str, str | list[str]] = {
        "type_of_reference": _TYPES[reference.kind],
        "id": reference.key,
        "authors": [*reference.authors, *([_ET_AL] if reference.more_authors else [])],
        "title": reference.title,
        "secondary_title": reference.container,
        "publisher": reference.publisher,
        "edition": reference.version,
        "year": reference.date[:4],
        "date": reference.date.replace("-", "/") if len(reference.date) > 4 else "",
        "doi": reference.doi,
        "accession_number": reference.pmid,
        "custom2": reference.pmcid,
        "custom1": reference.nbk,
        "notes": [reference.note] if reference.note else [],
    }
    return {name: value for name, value in entry.items() if value}
