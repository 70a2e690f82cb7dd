"""The registry of export formats. The module of a format is imported when it is used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from ...extras import Extra
from ...package.descriptor import Package

Writer: TypeAlias = Callable[[Package, Path], None]
"""Function that writes a package to a file or folder that does not exist yet."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that the package can be exported to.

    Attributes:
        name: Name of the format, such as "ttl".
        suffix: Suffix of the file; "" for a folder.
        meaning: What is written, in one sentence.
        extra: Extra with the libraries of the format; "" if it needs none.
        module: Module in this folder whose function `write` writes the format.
    """

    name: str
    suffix: str
    meaning: str
    extra: str = ""
    module: str = ""

    @property
    def writer(self) -> Writer:
        """The function that writes the format.

        Raises:
            MissingExtraError: A library of the format is not installed.
        """
        with Extra(self.extra):
            module: Any = import_module(f".{self.module or self.name}", __package__)
        writer: Writer = module.write
        return writer


_FORMATS = (
    Format(
        "jsonld",
        ".jsonld",
        "RDF in JSON-LD: SKOS concepts with names and mappings, statements with sources and "
        "evidence, and every cell of every table.",
        "export",
    ),
    Format("ttl", ".ttl", "The same RDF graph in Turtle.", "export"),
    Format(
        "croissant",
        "",
        "Folder with the CSV files and their description for machine learning tools (Croissant).",
    ),
    Format(
        "csvw",
        "",
        "Folder with the CSV files and their metadata as CSV on the Web: types and keys.",
    ),
    Format(
        "ro-crate",
        "",
        "Folder with the data package as a research object (RO-Crate).",
        module="ro_crate",
    ),
    Format("sssom", ".sssom.tsv", "The mappings to public vocabularies as SSSOM/TSV."),
    Format(
        "bibtex",
        ".bib",
        "The publications of the evidence, and the citation of the package, as BibTeX.",
        "export",
    ),
    Format("ris", ".ris", "The same publications and citation as RIS.", "export"),
    Format(
        "npm",
        "",
        "Folder with a JavaScript package: an ES module, JSON data and TypeScript types.",
    ),
)

FORMATS: Mapping[str, Format] = {each.name: each for each in _FORMATS}
"""The formats, by name."""
