"""The changelog: versions and dates in its headings."""

import pytest

from bonemet_data.package.changelog import released_versions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("# Changelog\n\n## 1.0.0 (2026-01-31)\n", [(3, "1.0.0", "2026-01-31")]),
        ("## 1.10.0 (2026-01-31)\r\n## 1.9.0\r\n", [(1, "1.10.0", "2026-01-31")]),
        ("## [1.0.0] - 2026-01-31\n", [(1, "1.0.0", "2026-01-31")]),
        ("## v1.0.0 2026-01-31\n", [(1, "1.0.0", "2026-01-31")]),
        ("## 1.0.0\n\n2026-01-31\n", []),
        ("## Unreleased (2026-01-31)\n", []),
        ("### 1.0.0 (2026-01-31)\n", []),
        (" ## 1.0.0 (2026-01-31)\n", []),
        ("## 1.0 (2026-01-31)\n", []),
        ("## 1.0.00 (2026-01-31)\n", []),
        (f"## 1.0.{'9' * 5000} (2026-01-31)\n", []),
    ],
)
def test_the_dated_headings(text, expected):
    assert list(released_versions(text)) == expected
