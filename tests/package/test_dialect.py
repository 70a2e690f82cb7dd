"""Dialects of versions 1 and 2 of the standard, read from any JSON."""

import pytest

from bonemet_data.package.dialect import DEFAULT, read_dialect

SOUND = {
    "header": (False, {"header": False, "header_rows": ()}),
    "headerRows": ([2, 1], {"header_rows": (1, 2)}),
    "headerJoin": ("-", {"header_join": "-"}),
    "commentRows": ([3], {"comment_rows": (3,)}),
    "commentChar": ("//", {"comment_char": "//"}),
    "delimiter": ("||", {"delimiter": "||"}),
    "lineTerminator": (";", {"line_terminator": ";"}),
    "quoteChar": ("'", {"quote_char": "'"}),
    "doubleQuote": (False, {"double_quote": False}),
    "escapeChar": ("\\", {"escape_char": "\\"}),
    "nullSequence": ("", {"null_sequence": ""}),
    "skipInitialSpace": (True, {"skip_initial_space": True}),
    "property": ("a.b", {"property_path": "a.b"}),
    "itemType": ("array", {"item_type": "array"}),
    "itemKeys": (["a"], {"item_keys": ("a",)}),
    "sheetNumber": (2, {"sheet_number": 2}),
    "sheetName": ("x", {"sheet_name": "x"}),
    "table": ("x", {"table": "x"}),
    "csvddfVersion": (1.2, {}),
    "caseSensitiveHeader": (True, {}),
    "my:own": (5, {}),
}


@pytest.mark.parametrize("key", SOUND)
def test_a_property(key):
    value, attributes = SOUND[key]
    assert read_dialect({key: value}) == (DEFAULT._replace(**attributes), ())


@pytest.mark.parametrize("key", [*SOUND][:-3])
@pytest.mark.parametrize("value", [1.5, {}, [[]], [""], "", -1, None])
def test_a_property_of_the_wrong_type_has_its_default(key, value):
    allowed = {"headerJoin", "nullSequence", "quoteChar"}
    dialect, problems = read_dialect({key: value}, "resources[0].dialect")
    if (key in allowed and value == "") or (key == "itemKeys" and value == [""]):
        assert problems == ()
        return
    assert dialect == DEFAULT
    (problem,) = problems
    expected = (
        "warning"
        if value is None and key in {"commentChar", "escapeChar", "nullSequence"}
        else "error"
    )
    assert (problem.path, problem.severity) == (f"resources[0].dialect.{key}", expected)


@pytest.mark.parametrize("document", [5, [], "a", True])
def test_what_is_no_object(document):
    dialect, (problem,) = read_dialect(document)
    assert (dialect, problem.severity) == (DEFAULT, "error")


@pytest.mark.parametrize(
    ("document", "severity"),
    [
        ({"delimeter": ";"}, "warning"),
        ({"quoteChar": ","}, "error"),
        ({"delimiter": '"'}, "error"),
        ({"delimiter": ";", "lineTerminator": ";"}, "error"),
        ({"quoteChar": "'", "escapeChar": "\\"}, "warning"),
    ],
)
def test_properties_that_do_not_fit(document, severity):
    _, (problem,) = read_dialect(document)
    assert problem.severity == severity
