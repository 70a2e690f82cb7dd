"""The registry of rules, in the order of the stages of validation."""

from enum import StrEnum
from typing import Self


class Stage(StrEnum):
    """Stage of validation. The members are in the order in which the stages run.

    See Also:
        Rule: Rule that a stage checks.

    Example:
        >>> from bonemet_data import Rule, Stage
        >>> [rule.value for rule in Rule if rule.stage is Stage.RELEASES][:2]
        ['ledger', 'changelog']
    """

    DESCRIPTOR = "descriptor"
    INTEGRITY = "integrity"
    CSV_FORM = "csv form"
    SCHEMA = "schema"
    KEYS = "keys"
    CONSISTENCY = "consistency"
    RELEASES = "releases"
    FRICTIONLESS = "frictionless"


class Rule(StrEnum):
    """A rule for data or descriptors.

    The rule of a Table Schema constraint has the name of the constraint.

    Attributes:
        stage: Stage of validation that checks the rule.
        meaning: Sentence that describes a violation of the rule.
        order: Index in this enumeration. A report lists findings in this order.

    See Also:
        Finding: A violation of a rule, with its location.

    Example:
        >>> from bonemet_data import Rule
        >>> Rule("enum").meaning
        'A value is not in the list of allowed values.'
    """

    stage: Stage
    meaning: str
    order: int

    def __new__(cls, name: str, meaning: str, stage: Stage | None = None) -> Self:
        """Create a member whose value is its name in reports.

        A member without a stage is checked in the stage of the member above it.
        """
        rule = str.__new__(cls, name)
        rule._value_ = name
        rule.stage = stage or [*cls.__members__.values()][-1].stage
        rule.meaning = meaning
        rule.order = len(cls.__members__)
        return rule

    PROFILE = (
        "profile",
        "The descriptor or a schema does not conform to the Data Package standard.",
        Stage.DESCRIPTOR,
    )
    UNKNOWN_KEYWORD = (
        "unknown-keyword",
        "A property has no effect: it is probably misspelled, or has no namespace.",
    )
    NAME = "name", "The name of a resource is missing or used twice."
    HOUSE = "house", "A package has the resources of bonemet-data, but not its name."
    UNSAFE_PATH = "unsafe-path", "A path leads outside the package; it was not opened."
    UNSUPPORTED = "unsupported", "Something is remote, or not implemented, so it was not checked."
    UNREADABLE_SCHEMA = "unreadable-schema", "A schema file is not a JSON object."
    EXAMPLE = "example", "The example of a field is not a valid value of the field."

    MISSING_FILE = (
        "missing-file",
        "A file that the descriptor lists does not exist.",
        Stage.INTEGRITY,
    )
    UNREADABLE_FILE = "unreadable-file", "A file exists but cannot be read."
    STRAY_FILE = "stray-file", "A file in a data or schema folder is not listed in the descriptor."
    BYTES = "bytes", "The size of a file differs from the descriptor."
    HASH = "hash", "The checksum of a file differs from the descriptor."
    ROWS = "rows", "The number of rows differs from the descriptor."

    ENCODING = "encoding", "A file is not encoded in UTF-8.", Stage.CSV_FORM
    NOT_CSV = "not-csv", "A quote is not matched, or there is no valid header."
    LONG_RECORD = "long-record", "A record is too long to be held in memory, so it was not checked."
    BYTE_ORDER_MARK = "byte-order-mark", "A file starts with a byte order mark."
    LINE_ENDING = "line-ending", "A line ending differs from the dialect or from the other lines."
    FINAL_NEWLINE = "final-newline", "The last line has no line ending."
    BLANK_LINE = "blank-line", "A line is blank."
    RAGGED_ROW = "ragged-row", "A row has more or fewer cells than the header."
    DUPLICATE_HEADER = "duplicate-header", "Two columns have the same name."
    NO_ROWS = "no-rows", "A table has a header but no rows."
    CONTROL_CHARACTER = (
        "control-character",
        "A cell contains a control character or an unassigned character.",
    )
    ZERO_WIDTH = "zero-width", "A cell contains an invisible character, such as a zero-width space."
    SURROUNDING_SPACE = "surrounding-space", "A cell starts or ends with white space."
    NOT_NFC = "not-nfc", "A cell is not in Unicode normalization form C."
    FORMULA = "formula", "A text cell starts like a formula, which a spreadsheet would evaluate."
    NOT_FINITE = "not-finite", "A number is NaN or infinite, which other software may not support."
    ID_CASE = "id-case", "Two key values differ only in case."

    COLUMNS = "columns", "The header does not list the fields of the schema in order.", Stage.SCHEMA
    TYPE = "type", "A cell is not a valid value of its field's type."
    REQUIRED = "required", "A required value is missing."
    UNIQUE = "unique", "A value occurs twice in a unique column."
    MINIMUM = "minimum", "A value is less than the minimum."
    MAXIMUM = "maximum", "A value is greater than the maximum."
    EXCLUSIVE_MINIMUM = "exclusiveMinimum", "A value is not greater than the exclusive minimum."
    EXCLUSIVE_MAXIMUM = "exclusiveMaximum", "A value is not less than the exclusive maximum."
    MIN_LENGTH = "minLength", "A text is shorter than the minimum length."
    MAX_LENGTH = "maxLength", "A text is longer than the maximum length."
    PATTERN = "pattern", "A text does not match the pattern."
    ENUM = "enum", "A value is not in the list of allowed values."
    CODES = "codes", "A value is not a code of the vocabulary, or leads to no concept."
    CODE_NAMES = "code-names", "A value in a column of codes is the name of a concept."
    CATEGORIES = "categories", "A value is not one of the categories."
    JSON_SCHEMA = "jsonSchema", "A value does not conform to its JSON Schema."

    PRIMARY_KEY = (
        "primaryKey",
        "A primary key occurs twice, or a part of it is missing.",
        Stage.KEYS,
    )
    UNIQUE_KEYS = "uniqueKeys", "A unique key occurs twice."
    FOREIGN_KEYS = "foreignKeys", "A value is not found in the table that it refers to."
    FUNCTIONAL_DEPENDENCY = (
        "functional-dependency",
        "Two rows agree in some columns, but differ in columns that depend on these.",
    )

    MISSING_RESOURCE = (
        "missing-resource",
        "The package lacks a required resource.",
        Stage.CONSISTENCY,
    )
    MISSING_COLUMN = "missing-column", "A resource lacks a required column."
    DIALECT = "dialect", "A table is not written with commas and line feeds."
    QUOTING = "quoting", "A cell is quoted without need."
    MISSING_CHECKSUM = "missing-checksum", "A resource does not state its bytes, hash and rows."
    SOURCE_IDS = (
        "source-ids",
        "The source_ids of a row, its citations and the sources of its mentions differ.",
    )
    CONCEPT_KIND = (
        "concept-kind",
        "The id of a row is not a concept of the table's kind, or such a concept has no row.",
    )
    CONCEPT_LABEL = "concept-label", "The name of a row differs from the label of its concept."
    LABEL_SCOPE = (
        "label-scope",
        "A concept has a label_scope and no row in the tables of the article, or the reverse.",
    )
    BROADER_CYCLE = "broader-cycle", "The broader concepts of a concept lead back to it."
    REUSED_ID = "reused-id", "Two rows of the package have the same id."
    CELL_WITHOUT_STATEMENT = (
        "cell-without-statement",
        "A cell of the article makes no statement and is not marked so, or is marked wrongly.",
    )
    MENTION_PLACE = (
        "mention-place",
        "The resource, row and field of a mention do not fit its basis, or do not exist.",
    )
    UNMENTIONED_STATEMENT = (
        "unmentioned-statement",
        "A statement has no mention, so that it is not known where the article makes it.",
    )
    STATEMENT_KINDS = (
        "statement-kinds",
        "The kinds of subject and object do not fit the predicate, or the two are not in order.",
    )
    STATEMENT_QUALIFIER = (
        "statement-qualifier",
        "A qualifier of a statement is not listed in qualifiers, or occurs twice.",
    )
    STATEMENT_UNIT = (
        "statement-unit",
        "A statement has a number without a unit, or a unit without a number.",
    )
    REPEATED_STATEMENT = (
        "repeated-statement",
        "Two statements are equal, or a statement repeats the broader concept of its subject.",
    )
    UNUSED_ROW = (
        "unused-row",
        "A predicate or qualifier is in no statement, or a publication is in no evidence.",
    )
    MEASUREMENT = (
        "measurement",
        "The numbers of a measurement are missing, out of bounds, or do not agree.",
    )
    EVIDENCE_IDENTIFIER = "evidence-identifier", "A publication has no DOI, PMID, PMCID or NBK id."
    VOCABULARY = "vocabulary", "The id, prefix and namespace of a vocabulary do not fit together."
    CURIE = (
        "curie",
        "The prefix of a code is not listed in vocabularies, or is that of another vocabulary.",
    )
    EXACT_MATCH = (
        "exact-match",
        "A concept has two exact matches in one vocabulary, or two concepts have the same one.",
    )
    JUSTIFICATION = "justification", "The justification of a mapping is not true of its labels."
    DESCENDANT = (
        "descendant",
        "A descendant is itself mapped, or its ancestor is not a match that includes it.",
    )
    EXACT_SYNONYM = "exact-synonym", "Two concepts of one kind have the same EXACT name."
    UNCITED_SOURCE = "uncited-source", "A source is never cited."
    UNKNOWN_SOURCE = "unknown-source", "A cited source is not listed in sources."
    PREVALENCE = "prevalence", "prevalence_upper_percent differs from the percentage in the text."
    SOURCE_STATUS = (
        "source-status",
        "The bibliographic columns of a source do not match its status.",
    )

    LEDGER = "ledger", "The manifest of releases is damaged.", Stage.RELEASES
    CHANGELOG = (
        "changelog",
        "CHANGELOG.md and the manifest of releases differ in a version or a date.",
    )
    QUOTATION = (
        "quotation",
        "A verbatim row differs from its record, or the record differs from its release.",
    )
    ARCHIVE = "archive", "A release archive is missing, damaged, or differs from the manifest."
    RELEASED_CONTENT = "released-content", "A file differs from the release with the same version."
    VERSION_TOO_LOW = (
        "version-too-low",
        "The version number is too low for the changes since the latest release.",
    )

    FRICTIONLESS_DISAGREES = (
        "frictionless-disagrees",
        "frictionless and this package do not report the same error.",
        Stage.FRICTIONLESS,
    )
