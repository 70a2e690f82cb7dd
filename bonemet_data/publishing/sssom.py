"""Export the mappings in the Simple Standard for Sharing Ontological Mappings (SSSOM).

Source: SSSOM 1.0 (https://w3id.org/sssom/).
"""

import csv
import io
import json
from collections.abc import Iterator

from ..package.descriptor import Package
from ..terminology.lookup import PACKAGE_PREFIX
from ..terminology.records import read_records

_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "object_source_version",
    "comment",
    "evidence",
    "license_of_label",
)
_EXTENSIONS = ("evidence", "license_of_label")


def sssom(package: Package) -> str:
    """Return the mappings of a package as SSSOM/TSV, after the metadata of the mapping set.

    Args:
        package: Package with the resources `concepts`, `mappings` and `prefixes`.
    """
    labels = {concept.concept_id: concept.label for concept in read_records(package, "concepts")}
    out = io.StringIO(newline="")
    out.writelines(f"#{line}\n" for line in _metadata(package))
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for mapping in read_records(package, "mappings"):
        values = mapping._asdict() | {
            "subject_id": f"{PACKAGE_PREFIX}:{mapping.concept_id}",
            "subject_label": labels[mapping.concept_id],
            "license_of_label": mapping.license,
        }
        writer.writerow([values[column] for column in _COLUMNS])
    return out.getvalue()


def _metadata(package: Package) -> Iterator[str]:
    """Iterate over the lines of the metadata, in YAML; JSON strings are also YAML strings."""
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
    for row in read_records(package, "prefixes"):
        yield f"  {row.prefix}: {json.dumps(row.namespace)}"
    yield "extension_definitions:"
    for name in _EXTENSIONS:
        yield f"  - slot_name: {name}"
        yield f"    property: {PACKAGE_PREFIX}:{name}"
