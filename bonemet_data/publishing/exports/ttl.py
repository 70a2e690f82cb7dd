"""Export the package as RDF in Turtle: https://www.w3.org/TR/turtle/."""

from pathlib import Path

from ...package.descriptor import Package
from .rdf_graph import build_graph


def write(package: Package, target: Path) -> None:
    """Write the graph of the package to a file."""
    target.write_bytes(build_graph(package).serialize(format="turtle", encoding="utf-8"))
