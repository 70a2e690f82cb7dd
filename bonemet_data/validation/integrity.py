"""Stage 2: the files: each one exists, and has the stated size and checksum."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..errors import BonemetError
from ..package.checksums import checksum_of
from ..package.descriptor import Package
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from .location import clause, file_rule, location
from .profile import ResourceEntry

_ALGORITHMS = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}
"""Number of hexadecimal digits of a checksum, by the name of the algorithm in a descriptor."""

_HASH = re.compile("[^:]+:[0-9a-fA-F]+|[0-9a-fA-F]{32}")


def check(
    package: Package, resources: Sequence[ResourceEntry]
) -> tuple[list[Finding], list[ResourceEntry]]:
    """Check that the files of every resource exist, and compare them with the descriptor.

    Returns:
        The findings, and the resources whose files can be opened.
    """
    findings: list[Finding] = []
    readable = []
    for entry in resources:
        if entry.resource.remote or not entry.resource.paths:
            if entry.resource.data is not None:
                readable.append(entry)
            continue  # a remote resource is reported with the descriptor
        paths = entry.resource.paths
        missing = {path: found for path in paths if (found := _missing(package, entry, path))}
        findings += [*missing.values()] or _compare(package, entry)
        if present := tuple(path for path in paths if path not in missing):
            readable.append(replace(entry, resource=entry.resource._replace(paths=present)))
    return findings, readable


def _missing(package: Package, entry: ResourceEntry, path: str) -> Finding | None:
    """Return the finding about a file of a resource that cannot be opened."""
    resource = entry.resource
    try:
        source = package.storage.source(path)
        if isinstance(source, Path):
            with source.open("rb"):
                pass
    except (BonemetError, OSError) as error:
        rule = file_rule(error, Rule.UNREADABLE_FILE)
        if rule is not Rule.UNSAFE_PATH:
            place = location(package, resource.name or None, path)
            return place.error(rule, clause(error, path))
        message = clause(error, repr(path))
        column = f"resources[{resource.number}].path"
        place = location(package, resource.name or None)
        return place.error(rule, message, column=column, value=path)
    return None


def _compare(package: Package, entry: ResourceEntry) -> Iterator[Finding]:
    """Compare the size and the checksum of the files with the descriptor.

    Those of several files are compared with the concatenated files.
    """
    resource, place = entry.resource, entry.location
    column = f"resources[{resource.number}].hash"
    descriptor = location(package, resource.name or None)
    algorithm, stated = _stated(resource.hash or "")
    if algorithm and algorithm not in _ALGORITHMS:
        message = f"is not checked: use one of {', '.join(_ALGORITHMS)}"
        yield descriptor.not_checked(Rule.UNSUPPORTED, message, column=column, value=algorithm)
        algorithm = ""
    elif algorithm and not _HASH.fullmatch(str(resource.hash)):
        algorithm = ""  # reported with the descriptor
    elif algorithm and len(stated) != _ALGORITHMS[algorithm]:
        digits = _ALGORITHMS[algorithm]
        message = f"is not a checksum: {algorithm} has {digits} hexadecimal digits"
        yield descriptor.error(Rule.PROFILE, message, column=column, value=resource.hash)
        algorithm = ""
    if resource.bytes is None and not algorithm:
        return
    try:
        sources = map(package.storage.source, resource.paths)
        actual, size = checksum_of(sources, algorithm or "md5")
    except (BonemetError, OSError) as error:
        yield place.error(Rule.UNREADABLE_FILE, clause(error, resource.path))
        return
    remedy = "restore the file, or correct the descriptor"
    if resource.bytes not in (None, size):
        message = f"has {size} bytes, but the descriptor states {resource.bytes}: {remedy}"
        yield place.error(Rule.BYTES, message)
    if algorithm and actual != stated.lower():
        message = (
            f"has the {algorithm} checksum {actual}, but the descriptor states {stated}: {remedy}"
        )
        yield place.error(Rule.HASH, message)


def _stated(checksum: str) -> tuple[str, str]:
    """Return the algorithm and the digits of a checksum; without an algorithm it is MD5.

    https://datapackage.org/standard/data-resource/#hash
    """
    algorithm, _, digits = checksum.rpartition(":")
    algorithm = algorithm.lower().replace("-", "")
    return (algorithm or "md5" if checksum else "", digits)
