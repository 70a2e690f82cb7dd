"""Stage 2: the files: each one exists, has the stated size and checksum, and is listed."""

from collections.abc import Iterator, Mapping

from ..errors import PackageError
from ..package.checksums import sha256
from ..package.descriptor import Package
from ..package.ledger import FOLDER
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from .location import clause, file_rule, location
from .profile import TableResource


def check(
    package: Package, resources: Mapping[str, TableResource]
) -> tuple[list[Finding], dict[str, bytes]]:
    """Read the file of every resource.

    Returns:
        The findings, and the bytes of the files that can be read, by the name of the resource.
    """
    findings: list[Finding] = []
    contents: dict[str, bytes] = {}
    for name, table in resources.items():
        try:
            contents[name] = package.storage.read(table.resource.path)
        except PackageError as error:
            rule = file_rule(error, Rule.UNREADABLE_FILE)
            findings.append(table.location.error(rule, clause(error, table.resource.path)))
        else:
            findings += _checksum(table, contents[name])
    return [*findings, *_strays(package)], contents


def _checksum(table: TableResource, data: bytes) -> Iterator[Finding]:
    stated, remedy = table.resource, "restore the file, or run `bonemet-data stamp`"
    if stated.bytes not in (None, len(data)):
        message = f"has {len(data)} bytes, but the descriptor states {stated.bytes}: {remedy}"
        yield table.location.error(Rule.BYTES, message)
    if stated.hash not in (None, checksum := sha256(data)):
        message = f"has the checksum {checksum}, but the descriptor states {stated.hash}: {remedy}"
        yield table.location.error(Rule.HASH, message)


def _strays(package: Package) -> Iterator[Finding]:
    listed = {
        entry.get(keyword)
        for entry in package.descriptor["resources"]
        if isinstance(entry, dict)
        for keyword in ("path", "schema")
        if isinstance(entry.get(keyword), str)
    }
    for folder in ("datapackage", "schemas"):
        for path in package.storage.files(folder):
            if path not in listed and not path.startswith(f"{FOLDER}/"):
                message = "belongs to no resource: remove it, or list it in the descriptor"
                yield location(package).error(Rule.STRAY_FILE, message, column=path)
