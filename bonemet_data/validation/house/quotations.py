"""Stage 6, continued: the record of the verbatim rows, which `verify-source` makes.

The record has the checksum of the article, and of every row that was found in it. So an edited row
is noticed without the article. Its own checksum is part of the entry of a release.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from ...errors import BonemetError, MissingFileError, UnknownNameError
from ...package.checksums import canonical_sha256, sha256
from ...package.csv_tables import read_table
from ...package.descriptor import Package
from ...package.installed import PUBLISHED
from ...package.json_reading import read_json
from ...package.ledger import LEDGER, QUOTATIONS, Release
from ...package.resource import Resource
from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..location import clause, location
from .article import SOURCE_IDS, VERBATIM

_AGAIN = "record it with `bonemet-data verify-source ARTICLE --record`"
_CHECKSUM = "spdx:checksum"


def article_checksum(package: Package) -> str:
    """Return the checksum of the article that the descriptor records.

    Raises:
        BonemetError: The descriptor does not record one.
    """
    sources = package.descriptor.get("sources")
    entries = (
        [entry for entry in sources if isinstance(entry, dict)] if isinstance(sources, list) else []
    )
    recorded = [entry[_CHECKSUM] for entry in entries if _CHECKSUM in entry]
    if len(recorded) != 1 or not isinstance(recorded[0], str):
        raise BonemetError(f"The sources of the descriptor must record one {_CHECKSUM}.")
    return recorded[0]


def verbatim_rows(
    package: Package, resource: Resource, data: bytes
) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Iterate over the verbatim rows of a resource: primary key, line, and cells with citations.

    Args:
        package: The package.
        resource: A resource; it has no verbatim rows if its schema marks no field as verbatim.
        data: Content of the file.
    """
    schema = package.schema(resource)
    verbatim = [f.name for f in schema.fields if f.annotations.get(VERBATIM) is True]
    if verbatim:
        table = read_table(data, resource.dialect)
        for row in table.rows:
            cells = dict(zip(table.header.cells, row.cells, strict=True))
            quoted = {name: cells[name] for name in (*verbatim, SOURCE_IDS)}
            yield cells[schema.primary_key[0]], row.line, quoted


def record(package: Package) -> bytes:
    """Return the record of the verbatim rows of a package, which have been found in the article."""
    rows = {
        resource.name: {
            key: canonical_sha256(cells)
            for key, _, cells in verbatim_rows(package, resource, package.data(resource))
        }
        for resource in package.resources
    }
    document = {
        "article": article_checksum(package),
        "rows": {name: checksums for name, checksums in rows.items() if checksums},
    }
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def check(package: Package, releases: Sequence[Release]) -> Iterator[Finding]:
    """Compare the verbatim rows of the published package with their record.

    Args:
        package: The package.
        releases: Its releases, oldest first.
    """
    if package.name != PUBLISHED:
        return
    place = location(package, None, QUOTATIONS)
    try:
        data = package.storage.read(QUOTATIONS)
        recorded = _parse(data, article_checksum(package))
    except MissingFileError:
        if releases and releases[-1].quotations:
            message = "is missing: restore it from version control"
            yield place.error(Rule.QUOTATION, message, column=QUOTATIONS)
        return
    except (BonemetError, ValueError) as error:
        message = f"is damaged: {clause(error, QUOTATIONS)}. Restore it from version control"
        yield place.error(Rule.QUOTATION, message, column=QUOTATIONS)
        return
    for release in releases:
        if release.version == package.version and release.quotations != sha256(data):
            message = (
                f"differs from the release {release.version}, whose entry in {LEDGER} records "
                "another checksum: restore it from version control"
            )
            yield place.error(Rule.QUOTATION, message, column=QUOTATIONS)
    yield from _rows(package, recorded)


def _rows(package: Package, recorded: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """Compare each row with the record; a table that cannot be read is reported by other stages."""
    for name in dict.fromkeys((*package.names, *recorded)):
        checksums = dict(recorded.get(name, {}))
        place = location(package, name, QUOTATIONS)
        try:
            resource = package.resource(name)
            place = location(package, name, resource.path)
            data = package.storage.read(resource.path)
            rows = list(verbatim_rows(package, resource, data))
        except UnknownNameError:
            rows = []
        except (BonemetError, KeyError, ValueError, IndexError):
            continue
        for key, line, cells in rows:
            checksum = checksums.pop(key, None)
            if checksum is None:
                message = f"is a row without a record of the article: {_AGAIN}"
            elif checksum != canonical_sha256(cells):
                message = f"is a row that differs from the article: undo the edit, or {_AGAIN}"
            else:
                continue
            yield place.error(Rule.QUOTATION, message, line=line, value=key)
        for key in checksums:
            message = f"is a row of the article, but is missing: restore it, or {_AGAIN}"
            yield place.error(Rule.QUOTATION, message, value=key)


def _parse(data: bytes, article: str) -> dict[str, dict[str, str]]:
    """Parse a record; return the checksum of each row by resource and key."""
    document = read_json(data, QUOTATIONS)
    rows = document.get("rows")
    if {*document} != {"article", "rows"} or not isinstance(rows, dict):
        raise ValueError("it must have 'article' and 'rows'")
    if not all(isinstance(checksums, dict) for checksums in rows.values()):
        raise ValueError("the rows of a resource must be an object")
    if document["article"] != article:
        raise ValueError("it is about another article than the one of the descriptor")
    return rows
