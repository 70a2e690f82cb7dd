"""Citations of the package and its article for reference managers."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from .errors import ArgumentError
from .package.installed import installed_releases, open_version

if TYPE_CHECKING:
    from .package.descriptor import Package

Style: TypeAlias = Literal["bibtex", "ris", "text"]


class _Work(NamedTuple):
    """A work to cite; a date is missing if it is not known."""

    key: str
    type: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    version: str | None
    date: str | None


def cite(style: Style = "bibtex", version: str | None = None) -> str:
    """Return the citation of the data, and of the article that they are taken from.

    Args:
        style (str): "bibtex" (the default), "ris" or "text".
        version (str | None): Released version, one of `releases()`; default: the installed data.

    Returns:
        str: Two entries: the data with version and, for a release, its date; and the article. They
        contain no DOI and no address, since none is known.

    Raises:
        ArgumentError: There is no such style.
        UnknownNameError: There is no such release.

    Example:
        >>> import bonemet_data as bm
        >>> print(bm.cite("text", version="1.1.0"))
        The bonemet-data maintainers (2026). Bone metastasis reference data, version 1.1.0.
        Consensus (2025). Bone Metastasis: Symptoms, Types, Causes and Treatment.

    See Also:
        releases: Return the releases, with their dates.
        citations: Load the sources that the article cites.
    """
    if style not in _STYLES:
        raise ArgumentError(f"style must be one of {', '.join(_STYLES)}, not {style!r}.")
    package = open_version(version)
    return "\n".join(map(_STYLES[style], (_data(package), _article(package))))


def _data(package: "Package") -> _Work:
    descriptor = package.descriptor
    dates = {release.version: release.date for release in installed_releases()}
    return _Work(
        key=f"{descriptor['name']}-{package.version}",
        type="DATA",
        title=descriptor["title"],
        authors=tuple(person["title"] for person in descriptor["contributors"]),
        publisher=descriptor.get("dcterms:publisher", descriptor["name"]),
        version=package.version,
        date=dates.get(package.version),
    )


def _article(package: "Package") -> _Work:
    source = package.descriptor["sources"][0]
    return _Work(
        key=f"{package.descriptor['name']}-article",
        type="ELEC",
        title=source["title"],
        authors=(),
        publisher=source["dcterms:publisher"],
        version=None,
        date=source["dcterms:issued"],
    )


def _to_bibtex(work: _Work) -> str:
    year, month, _ = (work.date or "--").split("-")
    fields = {
        "author": " and ".join(f"{{{author}}}" for author in work.authors),
        "title": f"{{{work.title}}}",
        "howpublished": work.publisher,
        "note": work.version and f"Version {work.version}",
        "year": year,
        "month": month.lstrip("0"),
    }
    lines = [f"  {name} = {{{_escape(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{work.key},", *lines, "}"])


def _escape(text: str) -> str:
    """Return a text in which no character has a meaning in LaTeX, except for braces."""
    return re.sub(r"([&%$#_])", r"\\\1", text)


def _to_ris(work: _Work) -> str:
    fields = [
        ("TY", work.type),
        *(("AU", author) for author in work.authors),
        ("TI", work.title),
        ("PB", work.publisher),
        ("ET", work.version),
        ("PY", work.date and work.date[:4]),
        ("DA", work.date and work.date.replace("-", "/")),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - "])


def _to_text(work: _Work) -> str:
    authors = ", ".join(work.authors) or work.publisher
    year = f" ({work.date[:4]})" if work.date else ""
    version = f", version {work.version}" if work.version else ""
    return f"{authors}{year}. {work.title}{version}."


_STYLES: Mapping[str, Callable[[_Work], str]] = {
    "bibtex": _to_bibtex,
    "ris": _to_ris,
    "text": _to_text,
}
