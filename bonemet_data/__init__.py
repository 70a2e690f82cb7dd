"""Validated reference data on bone metastasis: four tables, their terms and their citations.

Importing this module reads nothing and imports nothing else; each name below is fetched from its
module when it is first used.

Example:
    >>> import bonemet_data as bm
    >>> bm.types()["type"].tolist()
    ['Osteolytic', 'Osteoblastic', 'Mixed']
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .checking.check import check as check
    from .comparison.compare import diff as diff
    from .datasets import causes as causes
    from .datasets import citations as citations
    from .datasets import descriptor as descriptor
    from .datasets import load as load
    from .datasets import path as path
    from .datasets import sources as sources
    from .datasets import symptoms as symptoms
    from .datasets import tables as tables
    from .datasets import treatments as treatments
    from .datasets import types as types
    from .errors import BonemetError as BonemetError
    from .package.ledger import releases as releases
    from .reporting._old_issue import Code as Code
    from .reporting._old_issue import Issue as Issue
    from .reporting._old_report import Failure as Failure
    from .reporting._old_report import Report as Report
    from .toolkit import schema as schema
    from .toolkit import validate as validate
    from .validation.stages import validate_package as validate_package
    from .terminology.annotate import annotate as annotate
    from .terminology.concepts import Concept as Concept
    from .terminology.concepts import concept as concept
    from .terminology.lookup import Match as Match
    from .terminology.lookup import lookup as lookup
    from .terminology.normalize import normalize as normalize

    __version__: str

_HOME = {
    "tables": "datasets",
    "load": "datasets",
    "symptoms": "datasets",
    "types": "datasets",
    "causes": "datasets",
    "treatments": "datasets",
    "sources": "datasets",
    "citations": "datasets",
    "path": "datasets",
    "descriptor": "datasets",
    "concept": "terminology.concepts",
    "lookup": "terminology.lookup",
    "normalize": "terminology.normalize",
    "annotate": "terminology.annotate",
    "schema": "toolkit",
    "validate": "toolkit",
    "validate_package": "validation.stages",
    "check": "checking.check",
    "Report": "reporting._old_report",
    "Failure": "reporting._old_report",
    "releases": "package.ledger",
    "diff": "comparison.compare",
    "Concept": "terminology.concepts",
    "Match": "terminology.lookup",
    "Issue": "reporting._old_issue",
    "Code": "reporting._old_issue",
    "BonemetError": "errors",
}

__all__ = [*_HOME, "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "__version__":
        from .datasets import version

        return version()
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
