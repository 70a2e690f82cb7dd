"""Version numbers are compared as numbers, and follow the level of a change."""

from itertools import pairwise

import pytest

from bonemet_data.errors import ArgumentError
from bonemet_data.package.version import Level, Version


def test_order():
    texts = ["0.9.9", "1.0.0", "1.0.10", "1.2.0", "1.10.0", "2.0.0"]
    versions = [Version.parse(text) for text in texts]
    assert all(low < high for low, high in pairwise(versions))
    assert [str(version) for version in versions] == texts


@pytest.mark.parametrize(
    ("level", "version"),
    [
        (Level.NONE, "1.2.3"),
        (Level.PATCH, "1.2.4"),
        (Level.MINOR, "1.3.0"),
        (Level.MAJOR, "2.0.0"),
    ],
)
def test_the_version_after_a_change(level, version):
    assert str(Version(1, 2, 3).after(level)) == version


@pytest.mark.parametrize(
    "text", ["", "1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.0.x", "1.0.0\n", "1.0.-1", "1.0.٣"]
)
def test_what_is_not_a_version(text):
    with pytest.raises(ArgumentError, match="is not a version"):
        Version.parse(text)
