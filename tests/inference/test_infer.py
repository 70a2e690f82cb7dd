"""What decides the schema: all rows, not the first ones; and what cannot be inferred from."""

import gzip
import io

import polars as pl
import pytest

import bonemet_data as bm
from bonemet_data.errors import ArgumentError, DataError, OutputError
from bonemet_data.inference.profiles import MOST_TEXTS, Profile

MANY = 3 * MOST_TEXTS


def only_field(values, **options):
    (field,) = bm.infer(pl.DataFrame({"x": values}), **options)["fields"]
    return field


def of_numbers(last, pattern="{}"):
    """The field of a column of many different texts, the last of which is another one."""
    return only_field([*(pattern.format(n) for n in range(1000, 1000 + MANY)), last])


class TestTheLastRowCounts:
    """Although only the first distinct texts are kept."""

    @pytest.mark.parametrize(
        ("last", "type_"),
        [
            ("5", "integer"),
            ("5.5", "number"),
            ("five", "string"),
            ("007", "string"),
            ("+4930123456", "string"),
            ("5,5", "number"),
            (" 5", "string"),
        ],
    )
    def test_the_type(self, last, type_):
        assert of_numbers(last)["type"] == type_

    def test_a_missing_value(self):
        field = of_numbers("n/a")
        assert (field["type"], field["missingValues"]) == ("integer", ["", "n/a"])
        assert "constraints" not in field

    def test_an_empty_cell(self):
        assert "constraints" not in of_numbers("")

    def test_a_repeated_id(self):
        assert of_numbers("new", "P{}")["constraints"] == {"required": True, "unique": True}
        assert of_numbers("P1000", "P{}")["constraints"] == {"required": True}

    def test_a_value_that_is_not_in_the_closed_list(self):
        assert "enum" in only_field([*("a", "b") * 50, "a"])["constraints"]
        assert "enum" not in only_field([*("a", "b") * 50, "c"])["constraints"]

    def test_the_day_that_tells_the_order_of_a_date(self):
        """Of sorted data, the first texts are ambiguous, and so are the least and greatest."""
        first = [
            f"{day}/{day % 9 + 1}/{year}" for year in range(1700, 1960) for day in range(2, 10)
        ]
        assert len({*first}) > MOST_TEXTS
        field = only_field([*first, "3/13/2024", *first])
        assert field["format"] == "%m/%d/%Y"
        assert only_field(first)["type"] == "string"

    def test_an_id_that_is_not_published(self):
        types = ["osteolytic", "mixed"] * 20
        schema = bm.infer(pl.DataFrame({"x": [*types, "mixd"]}))
        assert "foreignKeys" not in schema
        assert "foreignKeys" in bm.infer(pl.DataFrame({"x": types}))


class TestConstraints:
    def test_few_rows_prove_nothing(self):
        assert "constraints" not in only_field([f"P{n}" for n in range(19)])
        assert only_field([f"P{n}" for n in range(20)])["constraints"]["unique"]

    def test_different_measured_numbers_are_no_ids(self):
        assert only_field([n * n * 1000 for n in range(30)])["constraints"] == {"required": True}
        assert only_field([*range(30)])["constraints"] == {"required": True, "unique": True}

    def test_different_sentences_are_no_ids(self):
        assert only_field([f"note {n}" for n in range(30)])["constraints"] == {"required": True}

    def test_a_value_that_occurs_once_opens_the_list(self):
        assert only_field(["a", "b"] * 10)["constraints"]["enum"] == ["a", "b"]
        assert only_field([*["a", "b"] * 10, "c"])["constraints"] == {"required": True}

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            (["1", "inf"], "From 1 to inf."),
            ([0.25, 1e300], "From 0.25 to 1e+300."),
            ([2**62, 2**62 + 1] * 2, f"Values that occur: {2**62}, {2**62 + 1}."),
            (["31.12.1961", "1.1.1950"], "From 1950-01-01 to 1961-12-31."),
        ],
    )
    def test_a_range_is_described(self, values, sentence):
        assert sentence in only_field(values)["description"]

    def test_limits_are_only_described(self):
        field = only_field([18, 99] * 20)
        assert field["constraints"] == {"required": True}
        assert "Values that occur: 18, 99." in field["description"]


class TestMissingValues:
    def test_stated_texts_hold_for_all_columns(self):
        schema = bm.infer(pl.DataFrame({"a": ["1", "999"], "b": ["x", "999"]}), missing=["999"])
        assert schema["missingValues"] == ["", "999"]
        assert [field["type"] for field in schema["fields"]] == ["integer", "string"]

    def test_a_field_with_marks_keeps_the_stated_texts(self):
        field = only_field(["1", "999", "NA"], missing="999")
        assert field["missingValues"] == ["", "999", "NA"]

    def test_a_number_is_refused(self):
        with pytest.raises(ArgumentError, match="must be text"):
            only_field(["1"], missing=[999])


class TestFiles:
    def test_malformed_records_are_counted(self, tmp_path):
        path = tmp_path / "t.csv"
        path.write_text("a,b\n1,2\n3\n\n5,6\n", encoding="utf-8")
        schema = bm.infer(path)
        assert [field["type"] for field in schema["fields"]] == ["integer", "integer"]
        assert schema["description"].endswith(
            "Malformed records, which no schema accepts: 1 blank-line, 1 ragged-row."
        )

    def test_parts_with_columns_in_another_order(self, tmp_path):
        (tmp_path / "1.csv").write_text("a,b\n1,x\n", encoding="utf-8")
        with gzip.open(tmp_path / "2.csv.gz", "wt", encoding="utf-8") as file:
            file.write("b,a\ny,2\n")
        schema = bm.infer(tmp_path)
        assert schema["fieldsMatch"] == "equal"
        assert [field["type"] for field in schema["fields"]] == ["integer", "string"]
        assert bm.check(tmp_path, schema).valid

    def test_parts_with_other_columns(self, tmp_path):
        (tmp_path / "1.csv").write_text("a,b\n1,x\n", encoding="utf-8")
        (tmp_path / "2.csv").write_text("a,c\n1,x\n", encoding="utf-8")
        with pytest.raises(DataError, match=r"2\.csv: the column 'b' is not in all files"):
            bm.infer(tmp_path)

    @pytest.mark.parametrize(
        ("text", "error", "message"),
        [
            ("a,a\n1,2\n", DataError, "two columns are named 'a'"),
            ("\n1\n", DataError, "has no valid header"),
            ("a;b\n1;2\n", ArgumentError, "--separator ';'"),
        ],
    )
    def test_what_has_no_schema(self, tmp_path, text, error, message):
        path = tmp_path / "t.csv"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(error, match=message):
            bm.infer(path)

    def test_a_table_without_rows(self, tmp_path):
        path = tmp_path / "t.csv"
        path.write_text("a,b\n", encoding="utf-8")
        schema = bm.infer(path)
        assert [field["type"] for field in schema["fields"]] == ["any", "any"]
        assert bm.check(path, schema).valid

    def test_the_output_is_no_input(self, tmp_path):
        path = tmp_path / "t.csv"
        path.write_text("a\n1\n", encoding="utf-8")
        with pytest.raises(OutputError, match="is one of the input files"):
            bm.infer(path, output=path)

    def test_standard_input(self, monkeypatch):
        class Input:
            buffer = io.BytesIO(b"a,b\n1,x\n")

        monkeypatch.setattr("sys.stdin", Input)
        assert [field["type"] for field in bm.infer("-")["fields"]] == ["integer", "string"]

    def test_progress_is_shown(self):
        calls = []
        bm.infer(pl.DataFrame({"a": [1, 2]}), progress=lambda rows, size: calls.append(rows))
        assert calls == [2, 2]


def test_a_profile_keeps_a_bounded_number_of_texts():
    profile = Profile("x")
    for start in range(0, 10 * MOST_TEXTS, MOST_TEXTS // 2):
        profile.add(pl.Series([f"{n:09}" for n in range(start, start + MOST_TEXTS // 2)]))
    profile.add(pl.Series(["y" * 10_000]))
    assert len(profile.texts) == MOST_TEXTS
    assert len(profile.more) <= MOST_TEXTS + 10
    assert (profile.rows, profile.is_complete) == (10 * MOST_TEXTS + 1, False)
    assert profile.has_long
