"""Export the data package as a research object.

Source: RO-Crate 1.2 (https://www.researchobject.org/ro-crate/specification/1.2/).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from ...citing import citation_of
from ...package.checksums import sha256
from ...package.descriptor import DESCRIPTOR, Package
from .documents import write_json

METADATA = "ro-crate-metadata.json"

Entity: TypeAlias = dict[str, Any]

_PROFILE = "https://w3id.org/ro/crate/1.2"
_AUTHORS = "#maintainers"
_ARTICLE = "#article"


def write(package: Package, target: Path) -> None:
    """Write the files of the package, and their description, to a new folder."""
    target.mkdir()
    files = []
    for path, about in _files(package):
        data = package.storage.read(path)
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)
        files.append(_file(path, data, about))
    entities = [_descriptor(), _root(package, files), *files, *_context(package)]
    write_json(target / METADATA, {"@context": f"{_PROFILE}/context", "@graph": entities})


def _files(package: Package) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Iterate over the path of each file, with what is known about it."""
    yield DESCRIPTOR, {"name": "Descriptor of the data package"}
    for resource in package.resources:
        package.require_checksum(resource)
        entry = package.descriptor["resources"][resource.number]
        licenses = entry.get("licenses") or package.descriptor["licenses"]
        about = {
            "name": resource.title,
            "description": resource.description,
            "license": _licenses(licenses),
            "conditionsOfAccess": "; ".join(license_["title"] for license_ in licenses),
        }
        yield resource.path, about
        if isinstance(resource.schema, str):
            yield resource.schema, {"name": f"Table Schema of {resource.name}"}


def _file(path: str, data: bytes, about: Mapping[str, Any]) -> Entity:
    return {
        "@id": path,
        "@type": "File",
        **about,
        "encodingFormat": "text/csv" if path.endswith(".csv") else "application/json",
        "contentSize": str(len(data)),
        "sha256": sha256(data).removeprefix("sha256:"),
    }


def _descriptor() -> Entity:
    """Return the entity that describes the metadata file itself."""
    return {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _PROFILE},
        "about": {"@id": "./"},
    }


def _root(package: Package, files: Iterable[Entity]) -> Entity:
    descriptor = package.descriptor
    return {
        "@id": "./",
        "@type": "Dataset",
        "identifier": descriptor["id"],
        "name": descriptor["title"],
        "description": descriptor["description"],
        "version": package.version,
        "datePublished": descriptor.get("dcterms:issued", descriptor["created"][:10]),
        "license": _licenses(descriptor["licenses"]),
        "keywords": descriptor["keywords"],
        "inLanguage": "en",
        "author": {"@id": _AUTHORS},
        "publisher": {"@id": _AUTHORS},
        "creditText": citation_of(package, "text"),
        "isBasedOn": {"@id": _ARTICLE},
        "conformsTo": {"@id": descriptor["$schema"]},
        "hasPart": [{"@id": file["@id"]} for file in files],
    }


def _context(package: Package) -> Iterator[Entity]:
    """Iterate over the entities that are not files: people, article and licenses."""
    descriptor = package.descriptor
    yield {
        "@id": _AUTHORS,
        "@type": "Organization",
        "name": descriptor["contributors"][0]["title"],
    }
    article = descriptor["sources"][0]
    yield {
        "@id": _ARTICLE,
        "@type": "Article",
        "name": article["title"],
        "datePublished": article["dcterms:issued"],
        "publisher": article["dcterms:publisher"],
    }
    entries = [*descriptor["licenses"]]
    for resource in descriptor["resources"]:
        entries += resource.get("licenses", ())
    licenses = {_license_id(entry): entry["title"] for entry in reversed(entries)}
    for address in sorted(licenses):
        yield {"@id": address, "@type": "CreativeWork", "name": licenses[address]}


def _licenses(entries: Sequence[Mapping[str, Any]]) -> list[Entity]:
    return [{"@id": _license_id(entry)} for entry in entries]


def _license_id(entry: Mapping[str, Any]) -> str:
    return str(entry.get("path") or f"#license-{entry['name']}")
