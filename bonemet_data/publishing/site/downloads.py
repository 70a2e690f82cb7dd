"""Files of the package that the site contains, with their sizes and checksums."""

import gzip
from dataclasses import dataclass

from ...citing import cite
from ...package.archive import write_archive
from ...package.checksums import sha256
from ...package.descriptor import DESCRIPTOR, Package

FOLDER = "data"
"""Folder of the site with the downloads."""

LARGE = 20_000
"""Size in bytes above which a table is compressed."""


@dataclass(frozen=True)
class Download:
    """A file that readers can download.

    Attributes:
        path: Path in the site.
        title: What the file contains.
        group: "package" or "tables".
        media_type: Media type.
        data: Content.
        resource: Name of the resource of a table; "" for other files.
        rows: Number of rows of a table; None for other files.
    """

    path: str
    title: str
    group: str
    media_type: str
    data: bytes
    resource: str = ""
    rows: int | None = None

    @property
    def name(self) -> str:
        """File name."""
        return self.path.rpartition("/")[2]

    @property
    def sha256(self) -> str:
        """Checksum in hexadecimal digits."""
        return sha256(self.data).removeprefix("sha256:")


def collect_downloads(package: Package) -> tuple[Download, ...]:
    """Return the downloads: the package in one archive, its citation, and each table."""
    files = {DESCRIPTOR: package.storage.read(DESCRIPTOR)}
    tables = []
    for resource, entry in zip(package.resources, package.descriptor["resources"], strict=True):
        files[resource.path] = data = package.data(resource)
        if isinstance(resource.schema, str):
            files[resource.schema] = package.storage.read(resource.schema)
        path, media_type = f"{FOLDER}/{resource.path.rpartition('/')[2]}", "text/csv"
        if len(data) > LARGE:
            data = gzip.compress(data, mtime=0)
            path, media_type = f"{path}.gz", "application/gzip"
        title, rows = str(entry["title"]), entry["rows"]
        tables.append(Download(path, title, "tables", media_type, data, resource.name, rows))
    archive = write_archive(files, compressed=True)
    stem = f"{FOLDER}/{package.name}-{package.version}"
    whole = [
        (f"{stem}.zip", "Descriptor, tables and schemas", "application/zip", archive),
        (f"{stem}.bib", "Citation in BibTeX", "application/x-bibtex", _text(cite("bibtex"))),
        (
            f"{stem}.ris",
            "Citation in RIS",
            "application/x-research-info-systems",
            _text(cite("ris")),
        ),
    ]
    downloads = (
        Download(path, title, "package", type_, data) for path, title, type_, data in whole
    )
    return (*downloads, *tables)


def _text(text: str) -> bytes:
    return f"{text}\n".encode()
