"""Export the package as RDF in JSON-LD 1.1: https://www.w3.org/TR/json-ld11/."""

import json
from pathlib import Path
from typing import Any

from ...package.descriptor import Package
from .documents import write_json
from .rdf_graph import build_graph


def write(package: Package, target: Path) -> None:
    """Write the graph of the package to a file, with the nodes ordered by address."""
    graph = build_graph(package)
    context = {prefix: str(address) for prefix, address in sorted(graph.namespaces())}
    text = graph.serialize(format="json-ld", context=context)
    write_json(target, _ordered(json.loads(text)), indent=1)


def _ordered(value: Any) -> Any:
    """Return JSON with the keys of all objects and the items of all lists in a fixed order.

    The order of a list has no meaning in JSON-LD, except in a `@list`, which the graph has none of.
    """
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=lambda item: json.dumps(item, ensure_ascii=False))
    return value
