"""Issues: what can be wrong with a data package, one code for each kind of fault."""

from dataclasses import dataclass
from enum import StrEnum
from functools import total_ordering
from typing import Self


class Stage(StrEnum):
    """The stages of validation, in running order."""

    DESCRIPTOR = "descriptor"
    FILES = "files"
    FORM = "form"
    SCHEMA = "schema"
    KEYS = "keys"
    CONSISTENCY = "consistency"
    RELEASES = "releases"
    JUDGES = "judges"


class Code(StrEnum):
    """A kind of fault, in stage order; those that break a Table Schema keyword bear its name."""

    stage: Stage
    meaning: str

    def __new__(cls, value: str, stage: Stage, meaning: str) -> Self:
        code = str.__new__(cls, value)
        code._value_ = value
        code.stage = stage
        code.meaning = meaning
        return code

    PROFILE = (
        "profile",
        Stage.DESCRIPTOR,
        "The descriptor or a schema does not conform to the Data Package v2.0 profile.",
    )
    UNKNOWN_KEYWORD = (
        "unknown-keyword",
        Stage.DESCRIPTOR,
        "The descriptor has a keyword that the standard does not know and that has no namespace.",
    )
    NAME = (
        "name",
        Stage.DESCRIPTOR,
        "A resource's name is missing, not in lower case, or given twice.",
    )
    UNSAFE_PATH = (
        "unsafe-path",
        Stage.DESCRIPTOR,
        "A path leads out of the package's folder, or is an address; it was not opened.",
    )
    UNSUPPORTED = (
        "unsupported",
        Stage.DESCRIPTOR,
        "The package asks for something that is not implemented, so the resource is unchecked.",
    )
    UNREADABLE_SCHEMA = (
        "unreadable-schema",
        Stage.DESCRIPTOR,
        "A schema file is not a JSON object.",
    )
    EXAMPLE = (
        "example",
        Stage.DESCRIPTOR,
        "A field's example breaks the field's own rules.",
    )
    MISSING_FILE = ("missing-file", Stage.FILES, "A file that the descriptor names is not there.")
    UNREADABLE_FILE = ("unreadable-file", Stage.FILES, "A file is there and cannot be read.")
    STRAY_FILE = (
        "stray-file",
        Stage.FILES,
        "A file lies among the data or schemas, and the descriptor does not name it.",
    )
    BYTES = ("bytes", Stage.FILES, "A file's size is not the one that the descriptor states.")
    HASH = ("hash", Stage.FILES, "A file's sha256 is not the one that the descriptor states.")
    ROWS = ("rows", Stage.FILES, "A table's row count is not the one that the descriptor states.")
    ENCODING = ("encoding", Stage.FORM, "A file is not UTF-8.")
    NOT_CSV = ("not-csv", Stage.FORM, "A file breaks CSV's quoting, or has no header.")
    BYTE_ORDER_MARK = (
        "byte-order-mark",
        Stage.FORM,
        "A file begins with a byte order mark.",
    )
    LINE_ENDING = (
        "line-ending",
        Stage.FORM,
        "A line ends otherwise than the dialect states, or than the other lines.",
    )
    FINAL_NEWLINE = ("final-newline", Stage.FORM, "The last line has no line end.")
    BLANK_LINE = ("blank-line", Stage.FORM, "A line is blank.")
    RAGGED_ROW = ("ragged-row", Stage.FORM, "A row has more or fewer cells than the header.")
    DUPLICATE_HEADER = ("duplicate-header", Stage.FORM, "Two columns bear the same name.")
    NO_ROWS = ("no-rows", Stage.FORM, "A table has a header and no rows.")
    CONTROL_CHARACTER = (
        "control-character",
        Stage.FORM,
        "A cell holds a control or unassigned character, such as NUL or a tab.",
    )
    ZERO_WIDTH = (
        "zero-width",
        Stage.FORM,
        "A cell holds an invisible character, such as a zero-width space.",
    )
    SURROUNDING_SPACE = (
        "surrounding-space",
        Stage.FORM,
        "A cell begins or ends with white space.",
    )
    NOT_NFC = ("not-nfc", Stage.FORM, "A cell is not in Unicode normalization form NFC.")
    FORMULA = (
        "formula",
        Stage.FORM,
        "A cell of text begins like a formula, which a spreadsheet would run.",
    )
    NOT_FINITE = (
        "not-finite",
        Stage.FORM,
        "A number is NaN or infinite, which readers take for different things.",
    )
    ID_CASE = ("id-case", Stage.FORM, "Two values of a key differ only in case.")
    COLUMNS = ("columns", Stage.SCHEMA, "The header is not the schema's list of fields, in order.")
    TYPE = ("type", Stage.SCHEMA, "A cell cannot be read as its column's type.")
    REQUIRED = ("required", Stage.SCHEMA, "A cell of a required column is missing.")
    UNIQUE = ("unique", Stage.SCHEMA, "A value stands twice in a unique column.")
    MINIMUM = ("minimum", Stage.SCHEMA, "A value is below the least allowed.")
    MAXIMUM = ("maximum", Stage.SCHEMA, "A value is above the greatest allowed.")
    EXCLUSIVE_MINIMUM = ("exclusiveMinimum", Stage.SCHEMA, "A value is not above its bound.")
    EXCLUSIVE_MAXIMUM = ("exclusiveMaximum", Stage.SCHEMA, "A value is not below its bound.")
    MIN_LENGTH = ("minLength", Stage.SCHEMA, "A text is shorter than allowed.")
    MAX_LENGTH = ("maxLength", Stage.SCHEMA, "A text is longer than allowed.")
    PATTERN = ("pattern", Stage.SCHEMA, "A text does not match the pattern as a whole.")
    ENUM = ("enum", Stage.SCHEMA, "A value is not in the closed list.")
    PRIMARY_KEY = (
        "primaryKey",
        Stage.KEYS,
        "A primary key stands twice, or one of its cells is missing.",
    )
    UNIQUE_KEYS = ("uniqueKeys", Stage.KEYS, "A unique key stands twice.")
    FOREIGN_KEYS = ("foreignKeys", Stage.KEYS, "A value does not stand in the table referred to.")
    MISSING_RESOURCE = (
        "missing-resource",
        Stage.CONSISTENCY,
        "The package lacks a resource that it must have.",
    )
    MISSING_COLUMN = (
        "missing-column",
        Stage.CONSISTENCY,
        "A resource lacks a column that it must have.",
    )
    DIALECT = (
        "dialect",
        Stage.CONSISTENCY,
        "A table is not written with commas and line feeds.",
    )
    QUOTING = (
        "quoting",
        Stage.CONSISTENCY,
        "A cell is quoted without need, so that equal tables would have different bytes.",
    )
    UNSTAMPED = (
        "unstamped",
        Stage.CONSISTENCY,
        "A resource does not state its bytes, hash and rows.",
    )
    SOURCE_IDS = (
        "source-ids",
        Stage.CONSISTENCY,
        "A row's source_ids are not its citations, in order.",
    )
    CONCEPT_KIND = (
        "concept-kind",
        Stage.CONSISTENCY,
        "A row's id is not a concept of the table's kind, or such a concept has no row.",
    )
    CONCEPT_LABEL = (
        "concept-label",
        Stage.CONSISTENCY,
        "A row's name is not the label of its concept.",
    )
    REUSED_ID = ("reused-id", Stage.CONSISTENCY, "An id serves two rows of the four tables.")
    CURIE = ("curie", Stage.CONSISTENCY, "A code's prefix is not declared in prefixes.")
    EXACT_SYNONYM = (
        "exact-synonym",
        Stage.CONSISTENCY,
        "An EXACT name serves two concepts of one kind.",
    )
    RELATION_CELL = (
        "relation-cell",
        Stage.CONSISTENCY,
        "The cell that a relation names does not hold a name of its object.",
    )
    EVIDENCE_IDENTIFIER = (
        "evidence-identifier",
        Stage.CONSISTENCY,
        "A publication has neither DOI nor PMID nor PMCID.",
    )
    UNCITED_SOURCE = ("uncited-source", Stage.CONSISTENCY, "A source is never cited.")
    UNKNOWN_SOURCE = ("unknown-source", Stage.CONSISTENCY, "A cited source is not listed.")
    PREVALENCE = (
        "prevalence",
        Stage.CONSISTENCY,
        "prevalence_upper_percent is not the percentage that the text states.",
    )
    SOURCE_STATUS = (
        "source-status",
        Stage.CONSISTENCY,
        "A source's bibliographic columns do not fit its status.",
    )
    LEDGER = (
        "ledger",
        Stage.RELEASES,
        "The ledger is damaged, or a release was interrupted.",
    )
    ARCHIVE = (
        "archive",
        Stage.RELEASES,
        "A release's archive is missing, damaged, or not what the ledger says.",
    )
    RELEASED = (
        "released-content",
        Stage.RELEASES,
        "The content differs from the release that bears the same version.",
    )
    VERSION = (
        "version-too-low",
        Stage.RELEASES,
        "The version is lower than the changes since the latest release demand.",
    )
    JUDGES_DISAGREE = (
        "judges-disagree",
        Stage.JUDGES,
        "frictionless and this package's own checks differ in their verdict.",
    )


_ORDER = {code: at for at, code in enumerate(Code)}


@total_ordering
@dataclass(frozen=True)
class Issue:
    """One fault of a data package, and where it is.

    Args:
        code: the kind of fault.
        resource: the resource's name, or None if the fault is the package's.
        row: the line of the file, where the header is line 1; None if it is no line's.
        column: the column's name, or the path of a keyword; None if it is no column's.
        value: the cell as it stands in the file; None if there is no cell.
        message: what is wrong and the remedy, for people.

    Issues sort by code, and so by stage, then by resource, row and column.

    Example:
        >>> issue = Issue(Code.ENUM, "sources", 2, "status", "known", "must be one of ...")
        >>> issue.code, issue.row
        (<Code.ENUM: 'enum'>, 2)
    """

    code: Code
    resource: str | None
    row: int | None
    column: str | None
    value: str | None
    message: str

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Issue):
            return NotImplemented
        return self._key() < other._key()

    def _key(self) -> tuple[int, str, int, str, str, str]:
        return (
            _ORDER[self.code],
            self.resource or "",
            self.row or 0,
            self.column or "",
            self.value or "",
            self.message,
        )
