"""Stage 6: the releases: archives, manifest and files agree, and the version number is right."""

from collections.abc import Iterator

from ..comparison.changes import Change
from ..comparison.compare import compare
from ..comparison.difference import Difference
from ..comparison.rendering import summary
from ..errors import BonemetError, MissingFileError
from ..package.checksums import sha256
from ..package.descriptor import DESCRIPTOR, Package, read_package
from ..package.ledger import (
    FOLDER,
    LEDGER,
    LOCK,
    Release,
    open_release,
    read_ledger,
    release_archive,
)
from ..package.version import Version
from ..reporting.finding import Finding
from ..reporting.rules import Rule
from .location import clause, location

_REMEDY = f"undo the change, or write a higher version into {DESCRIPTOR}"


def check(package: Package) -> Iterator[Finding]:
    """Check the releases of a package that has a manifest of releases."""
    try:
        releases = read_ledger(package.storage)
    except BonemetError as error:
        message = clause(error, LEDGER)
        yield location(package, None, LEDGER).error(Rule.LEDGER, message, column=LEDGER)
        return
    listed = {LEDGER, LOCK, *(release.path for release in releases)}
    for path in package.storage.files(FOLDER):
        if path not in listed:
            message = "belongs to no release: remove it, or run `bonemet-data release` again"
            yield location(package).error(Rule.STRAY_FILE, message, column=path)
    sound = True
    for release in releases:
        for message in _archive_faults(package, release):
            sound = False
            place = location(package, None, release.path)
            yield place.error(Rule.ARCHIVE, message, column=release.path)
    if releases and sound:
        yield from _version(package, releases)


def _archive_faults(package: Package, release: Release) -> Iterator[str]:
    """Compare an archive, its version and its files with the manifest."""
    try:
        archive = release_archive(package.storage, release)
        frozen = read_package(archive)
        checksums = {
            "data": {r.name: sha256(archive.read(r.path)) for r in frozen.resources},
            "schemas": {r.name: sha256(archive.read(str(r.schema))) for r in frozen.resources},
        }
    except BonemetError as error:
        yield clause(error, release.path)
        return
    remedy = "restore the archive and the manifest from version control"
    if frozen.version != release.version:
        yield f"contains the version {frozen.version} instead of {release.version}: {remedy}"
    for part, stated in (("data", release.resources), ("schemas", release.schemas)):
        if checksums[part] != stated:
            yield f"the checksums of its {part} differ from the manifest of releases: {remedy}"


def _version(package: Package, releases: tuple[Release, ...]) -> Iterator[Finding]:
    """Check that a released version is unchanged, and that any other one is high enough."""

    def error(message: str) -> Finding:
        return location(package).error(
            Rule.VERSION_TOO_LOW, message, column="version", value=package.version
        )

    by_version = {release.version: release for release in releases}
    release = by_version.get(package.version, releases[-1])
    try:
        version = Version.parse(package.version)
        difference = compare(open_release(package.storage, release), package)
    except BonemetError as problem:
        yield error(f"cannot be compared with the release {release.version}: {clause(problem)}")
        return
    if package.version in by_version:
        yield from _changes(package, release, difference)
    elif version < max(difference.smallest or version, Version.parse(release.version)):
        yield error(
            f"is too low, since there are {difference.level.name} changes since {release.version}: "
            f"write {difference.smallest} or higher into {DESCRIPTOR}; "
            + summary(difference).replace("\n", " ")
        )


def _changes(package: Package, release: Release, difference: Difference) -> Iterator[Finding]:
    """Report changes since the release of the same version, then files with other bytes."""
    paths: dict[str | None, str] = {resource.name: resource.path for resource in package.resources}
    owners: dict[str, str | None] = {path: str(name) for name, path in paths.items()}
    owners |= {str(resource.schema): resource.name for resource in package.resources}
    for change in difference.changes:
        yield _changed(package, release, change, paths.get(change.resource, DESCRIPTOR))
    changed = {change.resource for change in difference.changes}
    if changed:
        owners |= {DESCRIPTOR: next(iter(changed))}  # its checksums have changed with the files
    archive = release_archive(package.storage, release)
    for path in archive.files(""):
        resource = owners.get(path)
        if path in owners and resource in changed:
            continue
        try:
            same = package.storage.read(path) == archive.read(path)
        except MissingFileError:
            same = resource is None  # an installed package has no licenses beside its data
        if not same:
            message = f"differs from the file in the release {release.version}: {_REMEDY}"
            place = location(package, resource, path)
            yield place.error(Rule.RELEASED_CONTENT, message, column=path)


def _changed(package: Package, release: Release, change: Change, path: str) -> Finding:
    row = "" if change.key is None else f" ({change.key})"
    meaning = change.kind.meaning.rstrip(".").lower()
    message = f"differs from the release {release.version}{row}: {meaning}; {_REMEDY}"
    return location(package, change.resource, path).error(
        Rule.RELEASED_CONTENT, message, column=change.column, value=change.new
    )
