"""The server: its tools, and what they accept."""

from collections.abc import Callable
from typing import Annotated, Any, TypeAlias

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from ..datasets import descriptor
from ..errors import BonemetError
from ..reporting.escaping import printable
from . import knowledge, limits, tables
from .answers import (
    AnnotateAnswer,
    CheckAnswer,
    ConceptAnswer,
    EvidenceAnswer,
    LookupAnswer,
    Reply,
    StatementsAnswer,
)

_INSTRUCTIONS = """Reference data on bone metastasis, taken from one article, and checks of tables.
Begin with lookup, which leads from codes and names to ids of concepts. Every answer states what to
cite in `package.cite`, and what is not known in `not_known`: repeat both to the user. Add no
title, author, DOI, code or meaning that is not in an answer. The data are not suitable for:
"""

_Text: TypeAlias = Annotated[str, Field(max_length=limits.TEXT)]
_Limit: TypeAlias = Annotated[
    int, Field(ge=1, le=limits.PAGE, description="Most items in the answer.")
]
_Offset: TypeAlias = Annotated[
    int, Field(ge=0, le=10_000_000, description="Number of items to leave out.")
]


def lookup(
    terms: Annotated[list[_Text], Field(min_length=1, max_length=limits.TERMS)],
) -> Annotated[CallToolResult, LookupAnswer]:
    """Find the concepts of codes (ICD10CM:C79.51, 94222008), ids and names.

    Each match states its reason. A term that is not found has no matches.
    """
    return _send(lambda: knowledge.look_up(terms))


def concept(concept_id: _Text) -> Annotated[CallToolResult, ConceptAnswer]:
    """Describe a concept by its id.

    Definition, row of the article, statements, codes and names.
    """
    return _send(lambda: knowledge.describe_concept(concept_id))


def statements(
    *,
    subject: _Text | None = None,
    predicate: _Text | None = None,
    object: _Text | None = None,  # noqa: A002 - the term of RDF
    context: _Text | None = None,
    offset: _Offset = 0,
    limit: _Limit = 25,
) -> Annotated[CallToolResult, StatementsAnswer]:
    """List statements of the article, with the numbers of the sources that it cites.

    Subject, object and context are ids of concepts; each argument narrows the list.
    """
    return _send(
        lambda: knowledge.find_statements(
            subject, predicate, object, context, offset=offset, limit=limit
        )
    )


def evidence(
    statement_id: _Text | None = None,
    concept_id: _Text | None = None,
    offset: _Offset = 0,
    limit: _Limit = 25,
) -> Annotated[CallToolResult, EvidenceAnswer]:
    """List independent publications for and against statements, with DOIs and figures.

    Pass the id of a statement, or that of a concept for all statements about it.
    """
    return _send(
        lambda: knowledge.find_evidence(statement_id, concept_id, offset=offset, limit=limit)
    )


def annotate(
    codes: Annotated[list[_Text | None], Field(min_length=1, max_length=limits.CODES)],
    vocabulary: _Text = "icd10cm",
    separator: _Text | None = None,
) -> Annotated[CallToolResult, AnnotateAnswer]:
    """Find the concepts of a column of codes, all of one vocabulary, such as icd10cm or snomedct.

    With a separator, a value can contain several codes.
    """
    return _send(lambda: tables.annotate_codes(codes, vocabulary, separator))


def check(
    csv_text: Annotated[str, Field(max_length=limits.TABLE)],
    columns: Annotated[dict[_Text, _Text], Field(max_length=limits.COLUMNS)] | None = None,
    table_schema: dict[str, Any] | None = None,
    separator: _Text | None = None,
    limit: _Limit = 25,
) -> Annotated[CallToolResult, CheckAnswer]:
    """Check a table, sent as CSV text with a header. No file is read: a path is not accepted.

    Pass either `columns`, such as {"lesion": "types", "dx": "codes:icd10cm"}, for columns that
    contain ids of a published table or codes; or `table_schema`, a Table Schema as an object.
    """
    return _send(lambda: tables.check_text(csv_text, columns, table_schema, separator, limit))


TOOLS: tuple[Callable[..., CallToolResult], ...] = (
    lookup,
    concept,
    statements,
    evidence,
    annotate,
    check,
)


def build_server() -> MCPServer[Any]:
    """Return the server, which has not started."""
    return MCPServer(
        "bonemet-data",
        title="Bone metastasis reference data",
        instructions=_INSTRUCTIONS + "\n".join(descriptor()["bonemet:unsuitableUse"]),
        version=descriptor()["version"],
        tools=[_strict(tool) for tool in TOOLS],
        log_level="ERROR",  # a refused call is an answer, and no event
    )


def _strict(function: Callable[..., CallToolResult]) -> Tool:
    """Return a tool that refuses arguments that it does not know, which the SDK would ignore."""
    tool = Tool.from_function(
        function,
        annotations=ToolAnnotations(
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )
    known: Any = tool.fn_metadata.arg_model
    strict: Any = type(known.__name__, (known,), {"model_config": {"extra": "forbid"}})
    tool.fn_metadata.arg_model = strict
    tool.parameters = strict.model_json_schema(by_alias=True)
    return tool


def _send(tool: Callable[[], Reply]) -> CallToolResult:
    """Return an answer as text and as an object.

    Raises:
        ToolError: There is no answer, or it is too large.
    """
    try:
        reply = tool()
    except BonemetError as error:
        raise ToolError(printable(str(error))) from error
    result = CallToolResult(
        content=[TextContent(type="text", text=reply.text())],
        structured_content=reply.answer.model_dump(mode="json"),
    )
    size = len(result.model_dump_json().encode())
    if size > limits.ANSWER:
        raise ToolError(
            f"The answer has {size:,} bytes, and at most {limits.ANSWER:,} are sent: ask for less, "
            "such as with a smaller limit or fewer terms or codes."
        )
    return result
