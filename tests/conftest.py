"""What the tests share: the real package, and copies of it to break."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from bonemet_data.publishing.site import build_site, write_folder

hypothesis.settings.register_profile("no clock", deadline=None)
hypothesis.settings.load_profile("no clock")
# Always the same examples, which are not made smaller: for the tests of mutants.
hypothesis.settings.register_profile(
    "mutation", deadline=None, derandomize=True, phases=[hypothesis.Phase.generate]
)

ROOT = Path(__file__).parent.parent


def contents(root: Path) -> dict[str, bytes]:
    """The bytes of the files in a folder, by relative path."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


class Copy:
    """A copy of the real package on disk, which a test may break."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def edit(self, path: str, old: bytes | str, new: bytes | str) -> None:
        """Replace one occurrence in a file of the package, which must be there."""
        place = self.root / path
        old, new = (x.encode() if isinstance(x, str) else x for x in (old, new))
        data = place.read_bytes()
        assert old in data, f"{old!r} is not in {path}"
        place.write_bytes(data.replace(old, new, 1))

    def describe(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Change the descriptor through a function of its document."""
        place = self.root / "datapackage.json"
        document = json.loads(place.read_text(encoding="utf-8"))
        change(document)
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        place.write_text(text, encoding="utf-8", newline="")

    def restamp(self) -> None:
        """State the files' true bytes, hash and rows, so that those do not give the fault away."""

        def change(document: dict[str, Any]) -> None:
            for entry in document["resources"]:
                if "hash" not in entry or not (self.root / entry["path"]).is_file():
                    continue
                data = (self.root / entry["path"]).read_bytes()
                entry["bytes"] = len(data)
                entry["hash"] = "sha256:" + hashlib.sha256(data).hexdigest()
                text = data.decode("utf-8", "replace")
                entry["rows"] = len(list(csv.reader(io.StringIO(text, newline="")))) - 1

        self.describe(change)


class Audit:
    """What Python does while a test runs: an audit hook can be added once, and never removed."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.opened: list[object] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        self.events.append(event)
        if event == "open":
            self.opened.append(args[0])


@pytest.fixture(scope="session")
def _audit() -> Audit:
    return Audit()


@pytest.fixture
def opened(_audit: Audit) -> list[object]:
    """The paths that are opened while the test runs."""
    _audit.opened.clear()
    return _audit.opened


@pytest.fixture
def audited(_audit: Audit) -> list[str]:
    """The names of the audit events while the test runs."""
    _audit.events.clear()
    return _audit.events


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """A copy without releases, so that nothing but its own faults is found."""
    root = tmp_path / "package"
    root.mkdir()
    shutil.copy(ROOT / "datapackage.json", root)
    for folder in ("datapackage", "schemas"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("releases"))
    return Copy(root)


@pytest.fixture
def small(tmp_path: Path) -> Copy:
    """A copy of a small, sound package of two tables that a test may break."""
    root = tmp_path / "small"
    shutil.copytree(ROOT / "tests" / "data" / "small", root)
    return Copy(root)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory):
    """The documentation site with the data browser, as `./dev docs` builds it without warnings."""
    folder = tmp_path_factory.mktemp("site")
    options = ["--builder", "html", "--nitpicky", "--fail-on-warning", "--keep-going", "--quiet"]
    folders = ["--doctree-dir", folder / "doctrees", "docs", folder / "html"]
    command = [sys.executable, "-m", "sphinx", *options, *folders]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    write_folder(folder / "html/data", build_site())
    return folder / "html"
