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

    def __new__(cls, name: str, stage: Stage, meaning: str) -> Self:
        """Create a member whose value is its name in reports."""
        rule = str.__new__(cls, name)
        rule._value_ = name
        rule.stage = stage
        rule.meaning = meaning
        rule.order = len(cls.__members__)
        return rule

    PROFILE = (
        "profile",
        Stage.DESCRIPTOR,
        "The descriptor or a schema does not conform to the Data Package standard.",
    )
    UNKNOWN_KEYWORD = (
        "unknown-keyword",
        Stage.DESCRIPTOR,
        "A property has no effect: it is probably misspelled, or has no namespace.",
    )
    NAME = (
        "name",
        Stage.DESCRIPTOR,
        "The name of a resource is missing or used twice.",
    )
    HOUSE = (
        "house",
        Stage.DESCRIPTOR,
        "A package has the resources of bonemet-data, but not its name.",
    )
    UNSAFE_PATH = (
        "unsafe-path",
        Stage.DESCRIPTOR,
        "A path leads outside the package; it was not opened.",
    )
    UNSUPPORTED = (
        "unsupported",
        Stage.DESCRIPTOR,
        "Something is remote, or not implemented, so it was not checked.",
    )
    UNREADABLE_SCHEMA = (
        "unreadable-schema",
        Stage.DESCRIPTOR,
        "A schema file is not a JSON object.",
    )
    EXAMPLE = (
        "example",
        Stage.DESCRIPTOR,
        "The example of a field is not a valid value of the field.",
    )
    MISSING_FILE = (
        "missing-file",
        Stage.INTEGRITY,
        "A file that the descriptor lists does not exist.",
    )
    UNREADABLE_FILE = ("unreadable-file", Stage.INTEGRITY, "A file exists but cannot be read.")
    STRAY_FILE = (
        "stray-file",
        Stage.INTEGRITY,
        "A file in a data or schema folder is not listed in the descriptor.",
    )
    BYTES = ("bytes", Stage.INTEGRITY, "The size of a file differs from the descriptor.")
    HASH = ("hash", Stage.INTEGRITY, "The checksum of a file differs from the descriptor.")
    ROWS = ("rows", Stage.INTEGRITY, "The number of rows differs from the descriptor.")
    ENCODING = ("encoding", Stage.CSV_FORM, "A file is not encoded in UTF-8.")
    NOT_CSV = ("not-csv", Stage.CSV_FORM, "A quote is not matched, or there is no valid header.")
    LONG_RECORD = (
        "long-record",
        Stage.CSV_FORM,
        "A record is too long to be held in memory, so it was not checked.",
    )
    BYTE_ORDER_MARK = (
        "byte-order-mark",
        Stage.CSV_FORM,
        "A file starts with a byte order mark.",
    )
    LINE_ENDING = (
        "line-ending",
        Stage.CSV_FORM,
        "A line ending differs from the dialect or from the other lines.",
    )
    FINAL_NEWLINE = ("final-newline", Stage.CSV_FORM, "The last line has no line ending.")
    BLANK_LINE = ("blank-line", Stage.CSV_FORM, "A line is blank.")
    RAGGED_ROW = ("ragged-row", Stage.CSV_FORM, "A row has more or fewer cells than the header.")
    DUPLICATE_HEADER = ("duplicate-header", Stage.CSV_FORM, "Two columns have the same name.")
    NO_ROWS = ("no-rows", Stage.CSV_FORM, "A table has a header but no rows.")
    CONTROL_CHARACTER = (
        "control-character",
        Stage.CSV_FORM,
        "A cell contains a control character or an unassigned character.",
    )
    ZERO_WIDTH = (
        "zero-width",
        Stage.CSV_FORM,
        "A cell contains an invisible character, such as a zero-width space.",
    )
    SURROUNDING_SPACE = (
        "surrounding-space",
        Stage.CSV_FORM,
        "A cell starts or ends with white space.",
    )
    NOT_NFC = ("not-nfc", Stage.CSV_FORM, "A cell is not in Unicode normalization form C.")
    FORMULA = (
        "formula",
        Stage.CSV_FORM,
        "A text cell starts like a formula, which a spreadsheet would evaluate.",
    )
    NOT_FINITE = (
        "not-finite",
        Stage.CSV_FORM,
        "A number is NaN or infinite, which other software may not support.",
    )
    ID_CASE = ("id-case", Stage.CSV_FORM, "Two key values differ only in case.")
    COLUMNS = (
        "columns",
        Stage.SCHEMA,
        "The header does not list the fields of the schema in order.",
    )
    TYPE = ("type", Stage.SCHEMA, "A cell is not a valid value of its field's type.")
    REQUIRED = ("required", Stage.SCHEMA, "A required value is missing.")
    UNIQUE = ("unique", Stage.SCHEMA, "A value occurs twice in a unique column.")
    MINIMUM = ("minimum", Stage.SCHEMA, "A value is less than the minimum.")
    MAXIMUM = ("maximum", Stage.SCHEMA, "A value is greater than the maximum.")
    EXCLUSIVE_MINIMUM = (
        "exclusiveMinimum",
        Stage.SCHEMA,
        "A value is not greater than the exclusive minimum.",
    )
    EXCLUSIVE_MAXIMUM = (
        "exclusiveMaximum",
        Stage.SCHEMA,
        "A value is not less than the exclusive maximum.",
    )
    MIN_LENGTH = ("minLength", Stage.SCHEMA, "A text is shorter than the minimum length.")
    MAX_LENGTH = ("maxLength", Stage.SCHEMA, "A text is longer than the maximum length.")
    PATTERN = ("pattern", Stage.SCHEMA, "A text does not match the pattern.")
    ENUM = ("enum", Stage.SCHEMA, "A value is not in the list of allowed values.")
    CODES = (
        "codes",
        Stage.SCHEMA,
        "A value is not a code of the vocabulary, or leads to no concept.",
    )
    CODE_NAMES = (
        "code-names",
        Stage.SCHEMA,
        "A value in a column of codes is the name of a concept.",
    )
    CATEGORIES = ("categories", Stage.SCHEMA, "A value is not one of the categories.")
    JSON_SCHEMA = ("jsonSchema", Stage.SCHEMA, "A value does not conform to its JSON Schema.")
    PRIMARY_KEY = (
        "primaryKey",
        Stage.KEYS,
        "A primary key occurs twice, or a part of it is missing.",
    )
    UNIQUE_KEYS = ("uniqueKeys", Stage.KEYS, "A unique key occurs twice.")
    FOREIGN_KEYS = (
        "foreignKeys",
        Stage.KEYS,
        "A value is not found in the table that it refers to.",
    )
    FUNCTIONAL_DEPENDENCY = (
        "functional-dependency",
        Stage.KEYS,
        "Two rows agree in some columns, but differ in columns that depend on these.",
    )
    MISSING_RESOURCE = (
        "missing-resource",
        Stage.CONSISTENCY,
        "The package lacks a required resource.",
    )
    MISSING_COLUMN = (
        "missing-column",
        Stage.CONSISTENCY,
        "A resource lacks a required column.",
    )
    DIALECT = (
        "dialect",
        Stage.CONSISTENCY,
        "A table is not written with commas and line feeds.",
    )
    QUOTING = ("quoting", Stage.CONSISTENCY, "A cell is quoted without need.")
    MISSING_CHECKSUM = (
        "missing-checksum",
        Stage.CONSISTENCY,
        "A resource does not state its bytes, hash and rows.",
    )
    SOURCE_IDS = (
        "source-ids",
        Stage.CONSISTENCY,
        "The source_ids of a row, its citations and the sources of its mentions differ.",
    )
    CONCEPT_KIND = (
        "concept-kind",
        Stage.CONSISTENCY,
        "The id of a row is not a concept of the table's kind, or such a concept has no row.",
    )
    CONCEPT_LABEL = (
        "concept-label",
        Stage.CONSISTENCY,
        "The name of a row differs from the label of its concept.",
    )
    LABEL_SCOPE = (
        "label-scope",
        Stage.CONSISTENCY,
        "A concept has a label_scope and no row in the tables of the article, or the reverse.",
    )
    BROADER_CYCLE = (
        "broader-cycle",
        Stage.CONSISTENCY,
        "The broader concepts of a concept lead back to it.",
    )
    REUSED_ID = ("reused-id", Stage.CONSISTENCY, "Two rows of the package have the same id.")
    CELL_WITHOUT_STATEMENT = (
        "cell-without-statement",
        Stage.CONSISTENCY,
        "A cell of the article makes no statement and is not marked so, or is marked wrongly.",
    )
    MENTION_PLACE = (
        "mention-place",
        Stage.CONSISTENCY,
        "The resource, row and field of a mention do not fit its basis, or do not exist.",
    )
    UNMENTIONED_STATEMENT = (
        "unmentioned-statement",
        Stage.CONSISTENCY,
        "A statement has no mention, so that it is not known where the article makes it.",
    )
    STATEMENT_KINDS = (
        "statement-kinds",
        Stage.CONSISTENCY,
        "The kinds of subject and object do not fit the predicate, or the two are not in order.",
    )
    STATEMENT_QUALIFIER = (
        "statement-qualifier",
        Stage.CONSISTENCY,
        "A qualifier of a statement is not listed in qualifiers, or occurs twice.",
    )
    STATEMENT_UNIT = (
        "statement-unit",
        Stage.CONSISTENCY,
        "A statement has a number without a unit, or a unit without a number.",
    )
    REPEATED_STATEMENT = (
        "repeated-statement",
        Stage.CONSISTENCY,
        "Two statements are equal, or a statement repeats the broader concept of its subject.",
    )
    UNUSED_ROW = (
        "unused-row",
        Stage.CONSISTENCY,
        "A predicate or qualifier is in no statement, or a publication is in no evidence.",
    )
    MEASUREMENT = (
        "measurement",
        Stage.CONSISTENCY,
        "The numbers of a measurement are missing, out of bounds, or do not agree.",
    )
    EVIDENCE_IDENTIFIER = (
        "evidence-identifier",
        Stage.CONSISTENCY,
        "A publication has no DOI, PMID, PMCID or NBK id.",
    )
    VOCABULARY = (
        "vocabulary",
        Stage.CONSISTENCY,
        "The id, prefix and namespace of a vocabulary do not fit together.",
    )
    CURIE = (
        "curie",
        Stage.CONSISTENCY,
        "The prefix of a code is not listed in vocabularies, or is that of another vocabulary.",
    )
    EXACT_MATCH = (
        "exact-match",
        Stage.CONSISTENCY,
        "A concept has two exact matches in one vocabulary, or two concepts have the same one.",
    )
    JUSTIFICATION = (
        "justification",
        Stage.CONSISTENCY,
        "The justification of a mapping is not true of its labels.",
    )
    DESCENDANT = (
        "descendant",
        Stage.CONSISTENCY,
        "A descendant is itself mapped, or its ancestor is not a match that includes it.",
    )
    EXACT_SYNONYM = (
        "exact-synonym",
        Stage.CONSISTENCY,
        "Two concepts of one kind have the same EXACT name.",
    )
    UNCITED_SOURCE = ("uncited-source", Stage.CONSISTENCY, "A source is never cited.")
    UNKNOWN_SOURCE = (
        "unknown-source",
        Stage.CONSISTENCY,
        "A cited source is not listed in sources.",
    )
    PREVALENCE = (
        "prevalence",
        Stage.CONSISTENCY,
        "prevalence_upper_percent differs from the percentage in the text.",
    )
    SOURCE_STATUS = (
        "source-status",
        Stage.CONSISTENCY,
        "The bibliographic columns of a source do not match its status.",
    )
    LEDGER = ("ledger", Stage.RELEASES, "The manifest of releases is damaged.")
    CHANGELOG = (
        "changelog",
        Stage.RELEASES,
        "CHANGELOG.md and the manifest of releases differ in a version or a date.",
    )
    QUOTATION = (
        "quotation",
        Stage.RELEASES,
        "A verbatim row differs from its record, or the record differs from its release.",
    )
    ARCHIVE = (
        "archive",
        Stage.RELEASES,
        "A release archive is missing, damaged, or differs from the manifest.",
    )
    RELEASED_CONTENT = (
        "released-content",
        Stage.RELEASES,
        "A file differs from the release with the same version.",
    )
    VERSION_TOO_LOW = (
        "version-too-low",
        Stage.RELEASES,
        "The version number is too low for the changes since the latest release.",
    )
    FRICTIONLESS_DISAGREES = (
        "frictionless-disagrees",
        Stage.FRICTIONLESS,
        "frictionless and this package do not report the same error.",
    )
