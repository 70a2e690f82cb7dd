"""The page for language models, in the form of https://llmstxt.org/."""

import re
from collections.abc import Iterator
from pathlib import Path

from bonemet_data.package.descriptor import Package

_SECTIONS = {"how-to": "How-to", "reference": "Reference", "explanation": "Explanation"}
_OPTIONAL = {"how-to/release.md", "how-to/publish.md", "explanation/architecture.md"}
"""Pages for maintainers and contributors."""
_ADVICE = """The tables are CSV files in `datapackage/`, which `datapackage.json` lists; the data
dictionary below describes every field. Cite the version of the data and, for a statement, the
numbers of the sources that the article cites; for evidence, the DOI or PMID of its publication.
Give no title, author or code that is not in the data. `bonemet-data mcp` serves the data to
assistants."""
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def llms_txt(root: Path, package: Package) -> str:
    """Return the page: what the package is, what is not known, and links to pages.

    Args:
        root: Folder of the repository; the page is written to its folder `docs`.
        package: The data package.
    """
    about = package.descriptor
    pages = sorted((root / "docs").rglob("*.md"))
    names = [page.relative_to(root / "docs").as_posix() for page in pages]
    parts = [
        f"# {about['name']}",
        f"> {about['title']}, version {package.version}. {about['description']}",
        "Not known:",
        _list(about["bonemet:notKnown"]),
        "Not suitable for:",
        _list(about["bonemet:unsuitableUse"]),
        _ADVICE,
    ]
    for folder, title in _SECTIONS.items():
        chosen = [name for name in names if name.startswith(f"{folder}/")]
        parts += [f"## {title}", _pages(root, [name for name in chosen if name not in _OPTIONAL])]
    parts += ["## Optional", _pages(root, [name for name in names if name in _OPTIONAL])]
    return "\n\n".join(parts) + "\n"


def _pages(root: Path, names: list[str]) -> str:
    """Return links to pages, each with its title and first sentence."""
    texts = [(name, (root / "docs" / name).read_text(encoding="utf-8")) for name in names]
    return _list([f"[{_title(text)}]({name}){_first_sentence(text)}" for name, text in texts])


def _title(text: str) -> str:
    return next(_paragraphs(text)).removeprefix("# ")


def _first_sentence(text: str) -> str:
    """Return the first sentence of a page as the note of a link; "" if it begins otherwise."""
    first = next((each for each in list(_paragraphs(text))[1:]), "")
    sentence = re.match(r"[A-Z`].*?[.:](?= |$)", _LINK.sub(r"\1", first))
    return f": {sentence[0].rstrip('.:')}" if sentence else ""


def _paragraphs(text: str) -> Iterator[str]:
    return (" ".join(each.split()) for each in text.split("\n\n") if each.strip())


def _list(items: list[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
