"""Export the mappings in the Simple Standard for Sharing Ontological Mappings (SSSOM).

Source: SSSOM 1.0 (https://w3id.org/sssom/).
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...package.descriptor import Package
from ...terminology.lookup import PACKAGE_PREFIX
from ...terminology.records import read_records

_COLUMNS = (
    "subject_id",
    "subject_label",
    "subject_source_version",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "object_source_version",
    "comment",
    "seen_in",
    "license_of_label",
)
_EXTENSIONS = ("seen_in", "license_of_label")


def sssom(package: Package) -> str:
    """Return the mappings of a package as SSSOM/TSV, after the metadata of the mapping set."""
    labels = {concept.concept_id: concept.label for concept in read_records(package, "concepts")}
    namespaces, replaced = _curie_map(package)
    out = io.StringIO(newline="")
    out.writelines(f"#{line}\n" for line in _metadata(package, namespaces))
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for mapping in read_records(package, "mappings"):
        prefix, _, code = mapping.object_id.partition(":")
        values = mapping._asdict() | {
            "subject_id": f"{PACKAGE_PREFIX}:{mapping.concept_id}",
            "subject_label": labels[mapping.concept_id],
            "subject_source_version": package.version,
            "object_id": f"{replaced.get(prefix, prefix)}:{code}",
            "license_of_label": mapping.license,
        }
        writer.writerow([values[column] for column in _COLUMNS])
    return out.getvalue()


def write(package: Package, target: Path) -> None:
    """Write the mappings to a file."""
    target.write_text(sssom(package), encoding="utf-8", newline="")


def _curie_map(package: Package) -> tuple[dict[str, str], dict[str, str]]:
    """Return the namespace of each prefix, and the prefixes that another one replaces.

    A prefix map is a bijection, but the diagnoses and procedures of ICD-9-CM share theirs:
    https://oboacademy.github.io/obook/tutorial/curies
    """
    prefixes: dict[str, str] = {}
    replaced = {}
    for vocabulary in read_records(package, "vocabularies"):
        if vocabulary.prefix:
            first = prefixes.setdefault(vocabulary.namespace, vocabulary.prefix)
            if first != vocabulary.prefix:
                replaced[vocabulary.prefix] = first
    return {prefix: namespace for namespace, prefix in prefixes.items()}, replaced


def _metadata(package: Package, namespaces: Mapping[str, str]) -> Iterator[str]:
    """Iterate over the lines of the metadata in YAML, where JSON strings are strings, too."""
    texts = {
        "mapping_set_id": f"{package.descriptor['id']}#mappings",
        "mapping_set_title": f"{package.descriptor['title']}: mappings to public vocabularies",
        "mapping_set_version": package.version,
        "license": package.descriptor["licenses"][0]["path"],
        "comment": "The license covers the mappings; each label keeps the terms of its row.",
    }
    for name, text in texts.items():
        yield f"{name}: {json.dumps(text)}"
    yield "curie_map:"
    for prefix, namespace in namespaces.items():
        yield f"  {prefix}: {json.dumps(namespace)}"
    yield "extension_definitions:"
    for name in _EXTENSIONS:
        yield f"  - slot_name: {name}"
        yield f"    property: {PACKAGE_PREFIX}:{name}"
