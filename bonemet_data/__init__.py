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
    from ._annotate import annotate as annotate
    from ._check.check import check as check
    from ._check.report import Failure as Failure
    from ._check.report import Report as Report
    from ._concept import Concept as Concept
    from ._concept import concept as concept
    from ._diff.compare import diff as diff
    from ._issue import Code as Code
    from ._issue import Issue as Issue
    from ._ledger import releases as releases
    from ._lookup import Match as Match
    from ._lookup import lookup as lookup
    from ._normalize import normalize as normalize
    from ._schemas import schema as schema
    from ._schemas import validate as validate
    from ._tables import causes as causes
    from ._tables import citations as citations
    from ._tables import descriptor as descriptor
    from ._tables import load as load
    from ._tables import path as path
    from ._tables import sources as sources
    from ._tables import symptoms as symptoms
    from ._tables import tables as tables
    from ._tables import treatments as treatments
    from ._tables import types as types
    from ._validation import validate_package as validate_package
    from .errors import BonemetError as BonemetError

    __version__: str

_HOME = {
    "tables": "_tables",
    "load": "_tables",
    "symptoms": "_tables",
    "types": "_tables",
    "causes": "_tables",
    "treatments": "_tables",
    "sources": "_tables",
    "citations": "_tables",
    "path": "_tables",
    "descriptor": "_tables",
    "concept": "_concept",
    "lookup": "_lookup",
    "normalize": "_normalize",
    "annotate": "_annotate",
    "schema": "_schemas",
    "validate": "_schemas",
    "validate_package": "_validation",
    "check": "_check.check",
    "Report": "_check.report",
    "Failure": "_check.report",
    "releases": "_ledger",
    "diff": "_diff.compare",
    "Concept": "_concept",
    "Match": "_lookup",
    "Issue": "_issue",
    "Code": "_issue",
    "BonemetError": "errors",
}

__all__ = [*_HOME, "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "__version__":
        from ._tables import version

        return version()
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
