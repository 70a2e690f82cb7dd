"""Stage 6: the releases: archives, manifest and files agree, and the version number is right."""

from collections.abc import Iterator, Sequence

from ...comparison.changes import Change
from ...comparison.compare import compare
from ...comparison.difference import Difference
from ...comparison.rendering import summary
from ...errors import BonemetError, MissingFileError, PackageError
from ...package.changelog import CHANGELOG, released_versions
from ...package.checksums import sha256
from ...package.descriptor import DESCRIPTOR, Package, read_package
from ...package.installed import PUBLISHED
from ...package.ledger import (
    FOLDER,
    LEDGER,
    LOCK,
    QUOTATIONS,
    Release,
    chain_faults,
    open_release,
    parse_ledger,
    release_archive,
)
from ...package.version import Version
from ...reporting.finding import Finding
from ...reporting.rules import Rule
from ..location import clause, location
from . import quotations

_REMEDY = f"undo the change, or write a higher version into {DESCRIPTOR}"


def check(package: Package) -> Iterator[Finding]:
    """Check the releases of a package that has a manifest of releases, or should have one."""
    try:
        releases, latest = parse_ledger(package.storage)
    except BonemetError as error:
        yield _ledger_error(package, clause(error, LEDGER))
        return
    for message in chain_faults(releases, latest):
        yield _ledger_error(package, f"{message}: restore it from version control")
    if releases or package.name == PUBLISHED:
        yield from _changelog(package, releases)
    listed = {LEDGER, LOCK, QUOTATIONS, *(release.path for release in releases)}
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
    yield from quotations.check(package, releases)


def notes(package: Package) -> Iterator[str]:
    """Iterate over sentences about what cannot be checked, as the history is not in the package."""
    if package.name == PUBLISHED:
        for path, what in ((LEDGER, "history was"), (CHANGELOG, "dates of releases were")):
            try:
                package.storage.read(path)
            except PackageError as error:
                if isinstance(error, MissingFileError):
                    yield f"{path} is missing, so the {what} not checked"
                    return


def _ledger_error(package: Package, message: str) -> Finding:
    return location(package, None, LEDGER).error(Rule.LEDGER, message, column=LEDGER)


def _changelog(package: Package, releases: Sequence[Release]) -> Iterator[Finding]:
    """Compare the versions and dates of the manifest with the headings of the changelog.

    Headings of versions before the first release are of a time without a manifest. An installed
    package and an archive have no changelog.
    """
    place = location(package, None, CHANGELOG)
    try:
        text = package.storage.read(CHANGELOG).decode()
    except MissingFileError:
        return
    except (PackageError, UnicodeDecodeError) as error:
        yield place.error(Rule.CHANGELOG, f"cannot be read: {clause(error, CHANGELOG)}")
        return
    dates = {release.version: release.date for release in releases}
    found: set[str] = set()
    for line, version, date in released_versions(text):
        found.add(version)
        if releases and Version.parse(version) < Version.parse(releases[0].version):
            continue
        if version not in dates:
            message = (
                f"has a date, but no entry in {LEDGER}: restore the entry from version control, or "
                "write `## Unreleased` as the heading"
            )
        elif date != dates[version]:
            message = f"has the date {date}, but {LEDGER} has {dates[version]}: restore the date"
        else:
            continue
        yield place.error(Rule.CHANGELOG, message, line=line, value=version)
    for version, date in dates.items():
        if version not in found:
            message = f"has no heading with its date: restore `## {version} ({date})`"
            yield place.error(Rule.CHANGELOG, message, value=version)


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
