"""The changelog: the versions and dates in its headings."""

import re
from collections.abc import Iterator

CHANGELOG = "CHANGELOG.md"

_NUMBER = r"(?:0|[1-9][0-9]{0,8})"
_HEADING = re.compile(
    rf"##\s+\[?v?(?P<version>{_NUMBER}\.{_NUMBER}\.{_NUMBER})\b(?P<rest>.*)", re.ASCII
)
_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)


def released_versions(text: str) -> Iterator[tuple[int, str, str]]:
    r"""Iterate over the dated headings of a changelog: line, version and date.

    Example:
        >>> list(released_versions("# Changelog\n\n## Unreleased\n\n## 1.0.0 (2026-11-24)\n"))
        [(5, '1.0.0', '2026-11-24')]
    """
    for line, words in enumerate(text.splitlines(), 1):
        heading = _HEADING.match(words)
        if heading and (date := _DATE.search(heading["rest"])):
            yield line, heading["version"], date[0]
