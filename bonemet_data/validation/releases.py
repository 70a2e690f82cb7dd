"""Stage 6: releases: archives, ledger and working files agree, and the version tells the truth."""

from collections.abc import Iterator

from ..comparison.changes import Change, Difference
from ..comparison.compare import compare
from ..comparison.rendering import as_summary
from ..errors import BonemetError, MissingFileError
from ..package.descriptor import DESCRIPTOR, Package, read_package, sha256
from ..package.ledger import FOLDER, LEDGER, Release, open_release, read_ledger, release_archive
from ..package.version import Version
from ..publishing.transaction import STAGING
from ..reporting._old_issue import Code, Issue


def check(package: Package) -> Iterator[Issue]:
    """Check a package that has a ledger; one without has no releases to hold it to."""
    if any(package.store.files(STAGING)):
        message = "A release was interrupted: run  bonemet-data release  to finish or forget it."
        yield Issue(Code.LEDGER, None, None, STAGING, None, message)
        return  # until then, what lies about may be half of it
    try:
        lines = read_ledger(package.store)
    except BonemetError as error:
        yield Issue(Code.LEDGER, None, None, LEDGER, None, str(error))
        return
    yield from _strays(package, lines)
    sound = True
    for line in lines:
        for message in _archive(package, line):
            sound = False
            yield Issue(Code.ARCHIVE, None, None, line.path, None, message)
    if lines and sound:
        yield from _version(package, lines)


def _strays(package: Package, lines: tuple[Release, ...]) -> Iterator[Issue]:
    known = {LEDGER, *(line.path for line in lines)}
    for path in package.store.files(FOLDER):
        if path not in known:
            message = f"{path} is no release of the ledger: remove it."
            yield Issue(Code.STRAY_FILE, None, None, path, None, message)


def _archive(package: Package, line: Release) -> Iterator[str]:
    """Say what is wrong with an archive: its hash, its version, or the hashes of its files."""
    try:
        archive = release_archive(package.store, line)
        frozen = read_package(archive)
        found = {
            "data": {r.name: sha256(archive.read(r.path)) for r in frozen.resources},
            "schemas": {r.name: sha256(archive.read(str(r.schema))) for r in frozen.resources},
        }
    except BonemetError as error:
        yield str(error)
        return
    if frozen.version != line.version:
        yield f"{line.path} says that it is {frozen.version}: restore the archive and the ledger."
    for what, stated in (("data", line.resources), ("schemas", line.schemas)):
        if found[what] != stated:
            yield f"The {what} in {line.path} are not those of the ledger: restore the two."


def _version(package: Package, lines: tuple[Release, ...]) -> Iterator[Issue]:
    """Hold the version against the ledger: a released one binds the content, a new one must rise
    as far as the changes since the latest release demand.
    """

    def issue(message: str) -> Issue:
        return Issue(Code.VERSION, None, None, "version", package.version, message)

    released = {line.version: line for line in lines}
    line = released.get(package.version, lines[-1])
    try:
        version = Version.parse(package.version)
        difference = compare(open_release(package.store, line), package)
    except BonemetError as error:
        yield issue(f"It cannot be held against {line.version}: {error}")
        return
    if package.version in released:
        yield from (_changed(change, difference) for change in difference.changes)
        known = {change.resource for change in difference.changes}
        owners: dict[str, str | None] = {r.path: r.name for r in package.resources}
        owners |= {str(r.schema): r.name for r in package.resources}
        if difference.changes:
            owners |= {DESCRIPTOR: next(iter(known))}  # its stamps differ with them
        yield from _other_bytes(package, line, owners, known)
    elif version < max(difference.smallest or version, Version.parse(line.version)):
        reasons = as_summary(difference).replace("\n", " ")
        message = (
            f"Since {line.version} there are changes of the level {difference.level.name}: write "
            f"{difference.smallest} or more into {DESCRIPTOR}. {reasons}"
        )
        yield issue(message)


def _other_bytes(
    package: Package, line: Release, owners: dict[str, str | None], known: set[str | None]
) -> Iterator[Issue]:
    """Compare every file of a release with the working file, where no change was named already."""
    archive = release_archive(package.store, line)
    for path in archive.files(""):
        resource = owners.get(path)
        if path in owners and resource in known:
            continue
        try:
            same = package.store.read(path) == archive.read(path)
        except MissingFileError:
            same = resource is None  # an installed package has no licenses beside its data
        if not same:
            message = (
                f"{path} has other bytes than in the release {line.version}, which never changes: "
                f"undo it, or write a higher version into {DESCRIPTOR}."
            )
            yield Issue(Code.RELEASED, resource, None, path, None, message)


def _changed(change: Change, difference: Difference) -> Issue:
    where = f" (row {change.row})" if change.row else ""
    message = (
        f"{change.kind.meaning.rstrip('.')}{where} than in the release {difference.old}, which "
        f"never changes: undo it, or write a higher version into {DESCRIPTOR}."
    )
    return Issue(Code.RELEASED, change.resource, None, change.column, change.new, message)
