"""Reference data on bone metastasis: four tables, statements, evidence, concepts and codes.

Importing this package reads no data and imports no other module: each name is imported from its
module when it is first used.

Example:
    >>> import bonemet_data as bm
    >>> bm.types()["type"].tolist()
    ['Osteolytic', 'Osteoblastic', 'Mixed']
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import plot as plot
    from .applying import apply as apply
    from .checks import check as check
    from .checks import validate_package as validate_package
    from .citing import citations as citations
    from .citing import cite as cite
    from .comparing import diff as diff
    from .comparison.changes import Change as Change
    from .comparison.changes import Kind as Kind
    from .comparison.difference import Difference as Difference
    from .datasets import causes as causes
    from .datasets import descriptor as descriptor
    from .datasets import load as load
    from .datasets import path as path
    from .datasets import releases as releases
    from .datasets import sources as sources
    from .datasets import symptoms as symptoms
    from .datasets import tables as tables
    from .datasets import treatments as treatments
    from .datasets import types as types
    from .errors import BonemetError as BonemetError
    from .errors import CodesWarning as CodesWarning
    from .frame_schemas import schema as schema
    from .frame_schemas import validate as validate
    from .mending.applied import Applied as Applied
    from .package.ledger import Release as Release
    from .package.version import Level as Level
    from .package.version import Version as Version
    from .publishing.exports.export import export as export
    from .reporting.finding import Finding as Finding
    from .reporting.finding import Severity as Severity
    from .reporting.groups import FindingGroup as FindingGroup
    from .reporting.groups import RuleResult as RuleResult
    from .reporting.provenance import Provenance as Provenance
    from .reporting.report import Report as Report
    from .reporting.results import Count as Count
    from .reporting.rules import Rule as Rule
    from .reporting.rules import Stage as Stage
    from .schema_inference import infer as infer
    from .terminology.concepts import Concept as Concept
    from .terminology.functions import annotate as annotate
    from .terminology.functions import concept as concept
    from .terminology.functions import detect as detect
    from .terminology.functions import lookup as lookup
    from .terminology.functions import normalize as normalize
    from .terminology.functions import vocabulary as vocabulary
    from .terminology.lookup import Match as Match
    from .terminology.near_names import Suggestion as Suggestion
    from .terminology.statement_functions import evidence as evidence
    from .terminology.statement_functions import statements as statements
    from .terminology.statements import Statement as Statement
    from .terminology.vocabulary import Vocabulary as Vocabulary

    __version__: str

_MODULES = {
    "datasets": ("tables load symptoms types causes treatments sources path descriptor releases"),
    "citing": "citations cite",
    "publishing.exports.export": "export",
    "terminology.functions": "vocabulary concept lookup annotate detect normalize",
    "terminology.statement_functions": "statements evidence",
    "terminology.vocabulary": "Vocabulary",
    "terminology.concepts": "Concept",
    "terminology.statements": "Statement",
    "terminology.lookup": "Match",
    "terminology.near_names": "Suggestion",
    "checks": "check validate_package",
    "comparing": "diff",
    "schema_inference": "infer",
    "applying": "apply",
    "mending.applied": "Applied",
    "frame_schemas": "schema validate",
    "reporting.provenance": "Provenance",
    "reporting.report": "Report",
    "reporting.results": "Count",
    "reporting.finding": "Finding Severity",
    "reporting.groups": "FindingGroup RuleResult",
    "reporting.rules": "Rule Stage",
    "package.ledger": "Release",
    "comparison.changes": "Change Kind",
    "comparison.difference": "Difference",
    "package.version": "Level Version",
    "errors": "BonemetError CodesWarning",
}
_ROOMS = ("plot",)
"""Packages that are public by their own names."""

_HOME = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [*_HOME, *_ROOMS, "__version__"]  # noqa: PLE0604


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "__version__":
        from .package.installed import installed_version

        return installed_version()
    if name in _ROOMS:
        return import_module(f".{name}", __name__)
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
