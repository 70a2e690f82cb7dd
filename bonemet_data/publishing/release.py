"""Making a release: the archive, the ledger's line and the changelog's skeleton."""

import datetime
import re
from pathlib import Path

from ..comparison.changes import Difference
from ..comparison.compare import compare
from ..comparison.rendering import as_summary
from ..errors import BonemetError, MissingFileError
from ..package.archive import write_archive
from ..package.descriptor import DESCRIPTOR, Package, open_folder, read_package, sha256
from ..package.ledger import LEDGER, Release, open_release, read_ledger, write_ledger
from ..package.storage import Store
from ..package.version import Version
from ..validation.stages import check
from .transaction import finish, write_all

_BESIDE = ("CITATION.cff", "LICENSE", "LICENSE-DATA", "NOTICES")
_CHANGELOG = "CHANGELOG.md"


class ReleaseError(BonemetError):
    """A release is refused; nothing was written."""


def release(path: Path, date: datetime.date, summary: str) -> Release:
    """Freeze the package at a path as a release; nothing is published.

    Args:
        path: the package's folder, or its `datapackage.json`.
        date: the date of the release.
        summary: what is new, in one line, for the ledger; made from the changes if "".

    Returns:
        The new line of the ledger. If an earlier release was interrupted after its point of no
        return, that one is finished, its line is returned, and nothing else is done.

    Raises:
        ReleaseError: the version is released already or too low, the package is not valid, or
            version, date and summary do not agree with the citation and the ledger.
    """
    folder = open_folder(path)
    if finish(folder.root):
        return read_ledger(folder)[-1]
    package = read_package(folder)
    lines = read_ledger(folder)
    difference = _since(folder, lines, package)
    _agree(folder, package, lines, date, summary)
    issues = check(package)
    if issues:
        raise ReleaseError(
            f"The package has {len(issues)} issues, the first: {issues[0].message} "
            "Run  bonemet-data validate  to see them all."
        )
    archive = write_archive(_files(folder, package))
    line = Release(
        version=package.version,
        date=date.isoformat(),
        archive=f"{package.name}-{package.version}.zip",
        sha256=sha256(archive),
        summary=summary or _one_line(difference),
        resources={r.name: sha256(folder.read(r.path)) for r in package.resources},
        schemas={r.name: sha256(folder.read(str(r.schema))) for r in package.resources},
    )
    files = {line.path: archive, LEDGER: write_ledger([*lines, line])}
    write_all(folder.root, files | _changelog(folder, line, difference))
    return line


def _agree(
    store: Store,
    package: Package,
    lines: tuple[Release, ...],
    date: datetime.date,
    summary: str,
) -> None:
    """Refuse what would be frozen untrue: a stale citation, a date that falls, a torn summary."""
    if "\n" in summary or "\r" in summary:
        raise ReleaseError("The summary must be one line.")
    if lines and date.isoformat() < lines[-1].date:
        raise ReleaseError(f"The date is before that of {lines[-1].version}, {lines[-1].date}.")
    try:
        citation = store.read("CITATION.cff").decode()
    except MissingFileError:
        return
    for keyword, value in (("version", package.version), ("date-released", date.isoformat())):
        if not re.search(rf"^{keyword}: {re.escape(value)}$", citation, re.MULTILINE):
            raise ReleaseError(f"CITATION.cff does not state  {keyword}: {value} . Correct it.")


def _since(store: Store, lines: tuple[Release, ...], package: Package) -> Difference | None:
    """Compare with the latest release; refuse a version that is taken or lower than it demands."""
    version = Version.parse(package.version)
    if package.version in {line.version for line in lines}:
        raise ReleaseError(
            f"{package.version} is released already, and a release never changes: "
            f"write a higher version into {DESCRIPTOR}."
        )
    if not lines:
        return None
    difference = compare(open_release(store, lines[-1]), package)
    latest = Version.parse(lines[-1].version)
    if version < max(difference.smallest or latest, latest):
        raise ReleaseError(
            f"{version} is too low: since {difference.old} there are changes of the level "
            f"{difference.level.name}, so the smallest version is {difference.smallest}. "
            f"Write it into {DESCRIPTOR}. The reasons:\n{as_summary(difference)}"
        )
    return difference


def _files(store: Store, package: Package) -> dict[str, bytes]:
    """Give the files of an archive: all that makes the package complete by itself."""
    files = {DESCRIPTOR: store.read(DESCRIPTOR)}
    for resource in package.resources:
        if not isinstance(resource.schema, str):
            raise ReleaseError(f"{resource.name} has its schema inline: give it a file of its own.")
        files[resource.path] = store.read(resource.path)
        files[resource.schema] = store.read(resource.schema)
    for name in _BESIDE:
        try:
            files[name] = store.read(name)
        except MissingFileError:
            continue
    return files


def _one_line(difference: Difference | None) -> str:
    if difference is None:
        return "The first release."
    return "; ".join(line.lstrip("- ") for line in as_summary(difference).splitlines())


def _changelog(store: Store, line: Release, difference: Difference | None) -> dict[str, bytes]:
    """Give the changelog with a section for the release, if there is one that lacks it."""
    try:
        text = store.read(_CHANGELOG).decode()
    except MissingFileError:
        return {}
    except UnicodeDecodeError as error:
        raise ReleaseError(f"{_CHANGELOG} is not UTF-8: {error}.") from error
    if re.search(rf"^## {re.escape(line.version)}\b", text, re.MULTILINE):
        return {}
    items = as_summary(difference) if difference else "- The first release."
    section = f"## {line.version} ({line.date})\n\n{items}\n\n"
    first = re.search(r"^## ", text, re.MULTILINE)
    at = first.start() if first else len(text)
    return {_CHANGELOG: (text[:at] + section + text[at:]).encode()}
