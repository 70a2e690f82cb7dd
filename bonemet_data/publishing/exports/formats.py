"""The formats of exports, and the modules that write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from ...package.descriptor import Package


@dataclass(frozen=True, slots=True)
class Format:
    """A format of exports.

    Attributes:
        name: Name of the format. The module with that name, with underscores for hyphens, has a
            function `write(package, target)`.
        suffix: Suffix of the file; "" if the export is a folder.
        meaning: What the export contains.
        extra: Name of the extra that the format requires; "" for the base dependencies.
    """

    name: str
    suffix: str
    meaning: str
    extra: str = ""

    def write(self, package: Package, target: Path) -> None:
        """Write a package to a file or folder, which must not exist.

        Raises:
            IntegrityError: The checksum of a file differs from the recorded one.
            MissingExtraError: The extra of the format is not installed.
            OSError: The file or folder cannot be written.
        """
        module = import_module(f".{self.name.replace('-', '_')}", __package__)
        module.write(package, target)


_ALL = (
    Format("sqlite", ".sqlite", "SQLite database with keys, comments and full-text search"),
    Format("duckdb", ".duckdb", "DuckDB database with keys and comments", "export"),
    Format("parquet", "", "Parquet files with the metadata of package and fields", "export"),
    Format("xlsx", ".xlsx", "Excel workbook with one sheet for each table", "export"),
    Format("json", ".json", "JSON file with the typed rows of every table"),
    Format("jsonl", "", "JSON Lines files with typed rows"),
    Format(
        "jsonld", ".jsonld", "RDF in JSON-LD: SKOS concepts, statements, and all rows", "export"
    ),
    Format("ttl", ".ttl", "RDF in Turtle: SKOS concepts, statements, and all rows", "export"),
    Format("croissant", "", "Parquet files described for machine learning (Croissant)", "export"),
    Format("csvw", "", "CSV files described with CSV on the Web"),
    Format("ro-crate", "", "Data package described as a research object (RO-Crate)"),
    Format("sssom", ".sssom.tsv", "Mappings to public vocabularies (SSSOM)"),
    Format("bibtex", ".bib", "Publications of the evidence, and the citation, in BibTeX", "export"),
    Format("ris", ".ris", "Publications of the evidence, and the citation, in RIS", "export"),
    Format("npm", "", "JavaScript package with JSON data and TypeScript types"),
)

FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _ALL})
"""The formats, by name."""
