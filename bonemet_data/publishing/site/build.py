"""Build the pages of the site."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...citing import cite
from ...extras import SITE
from ...package.installed import installed
from ...terminology.functions import vocabulary
from ...terminology.statements import agree, in_lower_case, in_words
from . import addresses, wording
from .content import Content
from .schema_org import describe
from .search_index import search_index

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_PAGES = (
    "index",
    "concepts",
    "statements",
    "evidence",
    "publications",
    "sources",
    "vocabularies",
    "downloads",
)
"""Pages that exist once, each with a template of the same name."""


def build_site() -> dict[str, bytes]:
    """Return the files of the site about the installed package, by relative path.

    The same package always results in the same pages, with the same version of minify-html. The
    bytes of compressed files depend on the version of zlib.

    Raises:
        MissingExtraError: The extra "site" is not installed.
        IntegrityError: The checksum of a file of the package differs from the descriptor.

    Example:
        >>> files = build_site()
        >>> b"<h1>Bone metastasis</h1>" in files["concepts/bone_metastasis.html"]
        True
    """
    with SITE:
        from minify_html import minify
    content = Content(installed(), vocabulary())
    files = {download.path: download.data for download in content.downloads}
    for path in sorted((_HERE / "assets").iterdir()):
        files[f"assets/{path.name}"] = path.read_bytes()
    files["assets/search-index.js"] = search_index(content).encode()
    files |= {path: minify(text).encode() for path, text in render_pages(content)}
    return files


def render_pages(content: Content) -> Iterator[tuple[str, str]]:
    """Iterate over the paths of the pages and their text.

    Raises:
        MissingExtraError: The extra "site" is not installed.
    """
    environment = _environment(content)
    for name in _PAGES:
        template = environment.get_template(f"{name}.html")
        yield f"{name}.html", template.render(root="", concept_folder="concepts/", here=name)
    template = environment.get_template("concept.html")
    for concept in content.vocabulary.concepts:
        path = addresses.concept_path(concept.concept_id)
        yield path, template.render(root="../", concept_folder="", here="concepts", concept=concept)


def _environment(content: Content) -> "Environment":
    """Return the environment of the templates, which escapes every value."""
    with SITE:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= _globals(content)
    environment.filters |= {
        "counted": wording.counted,
        "figure": wording.figure,
        "first_capital": wording.capitalized,
        "in_lower_case": in_lower_case,
        "number": wording.number,
        "size": wording.size,
        "words": in_words,
    }
    environment.tests["web"] = addresses.is_web
    return environment


def _globals(content: Content) -> dict[str, Any]:
    return {
        "content": content,
        "descriptor": content.package.descriptor,
        "vocabulary": content.vocabulary,
        "citations": {style: cite(style) for style in ("text", "bibtex", "ris")},
        "schema_org": describe(content),
        "agree": agree,
        "code_link": addresses.code_link,
        "identifier_links": addresses.identifier_links,
    }
