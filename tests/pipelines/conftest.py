"""A sample repository with a broken cell in its data package, and one in a table."""

import shutil
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parent / "sample"

MENDED = {"visits.csv": ("v3,11", "v3,1"), "cohort.csv": ("p2,lytic", "p2,osteolytic")}
"""For each table, the line that is broken, and the line of the mended table."""


class Repository:
    """A copy of the sample repository."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace one occurrence in a file, which must be there."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is not once in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8", newline="")

    def mend(self) -> None:
        """Mend both broken cells."""
        for file, (old, new) in MENDED.items():
            self.edit(file, old, new)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A copy of the sample repository, which a test may change."""
    root = tmp_path / "repository"
    shutil.copytree(SAMPLE, root)
    return Repository(root)
