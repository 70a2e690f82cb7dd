"""Stage 2: the files: all there, none too many, each with the bytes that the descriptor states."""

from collections.abc import Iterable

from ..errors import MissingFileError, PackageError, UnsafePathError
from ..package.descriptor import Package, Resource, sha256
from ..package.ledger import FOLDER
from ..reporting._old_issue import Code, Issue


def check(package: Package, resources: Iterable[Resource]) -> tuple[list[Issue], dict[str, bytes]]:
    """Read every resource's file; give the bytes of those that can be read."""
    issues: list[Issue] = []
    contents: dict[str, bytes] = {}
    for resource in resources:
        try:
            data = package.store.read(resource.path)
        except UnsafePathError as error:
            issues.append(_issue(Code.UNSAFE_PATH, resource, str(error)))
        except MissingFileError as error:
            issues.append(_issue(Code.MISSING_FILE, resource, str(error)))
        except PackageError as error:
            issues.append(_issue(Code.UNREADABLE_FILE, resource, str(error)))
        else:
            contents[resource.name] = data
            issues += _stamp(resource, data)
    return issues + _strays(package), contents


def _stamp(resource: Resource, data: bytes) -> Iterable[Issue]:
    remedy = "If the change is meant, run  bonemet-data stamp ; if not, restore the file."
    if resource.bytes not in (None, len(data)):
        message = f"has {len(data)} bytes; the descriptor states {resource.bytes}. {remedy}"
        yield _issue(Code.BYTES, resource, f"{resource.path} {message}")
    if resource.hash not in (None, found := sha256(data)):
        message = f"has {found}; the descriptor states {resource.hash}. {remedy}"
        yield _issue(Code.HASH, resource, f"{resource.path} {message}")


def _strays(package: Package) -> list[Issue]:
    named = {
        entry.get(keyword)
        for entry in package.descriptor["resources"]
        if isinstance(entry, dict)
        for keyword in ("path", "schema")
        if isinstance(entry.get(keyword), str)
    }
    return [
        Issue(
            Code.STRAY_FILE,
            None,
            None,
            path,
            None,
            f"{path} belongs to no resource: remove it, or name it in the descriptor.",
        )
        for folder in ("datapackage", "schemas")
        for path in package.store.files(folder)
        if path not in named and not path.startswith(f"{FOLDER}/")
    ]


def _issue(code: Code, resource: Resource, message: str) -> Issue:
    return Issue(code, resource.name, None, None, None, message)
