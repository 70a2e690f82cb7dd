"""Patterns: a whole-value match, the same in Python and in Rust, or a refusal."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemet_data.errors import UnsupportedSchemaError
from bonemet_data.tableschema.patterns import check_pattern, to_regex

# pattern, values that match as a whole, values that do not
MATCHES = [
    ("a|b", ["a", "b"], ["axx", "xb", "ab", ""]),
    ("^a|b$", ["a", "b"], ["axx", "xxb"]),
    ("a", ["a"], ["a\n", "A", " a"]),
    ("a?", ["", "a"], ["aa"]),
    (".", ["x", "β", "\u2028"], ["\n", "\r", ""]),
    (r"\.", ["."], ["x"]),
    (r"\d+", ["12", "٣"], ["1.2", ""]),
    (r"\D", ["x"], ["1"]),
    (r"a\sb", ["a b", "a\tb", "a\nb"], ["ab", "a\u00a0b"]),
    (r"a\Sb", ["axb", "a\u00a0b"], ["a b"]),
    (r"[\s,]", [" ", ","], ["s", "\u00a0"]),
    ("[a-z]{2,3}", ["ab", "abc"], ["a", "abcd", "aB"]),
    ("[^a]", ["b", "\n"], ["a", ""]),
    (r"[\]\-^$.]", ["]", "-", "^", "$", "."], ["\\", "a"]),
    (r"\$[0-9]*", ["$", "$5"], ["5"]),
    (r"1\$", ["1$"], ["1"]),
    (r"10\.[0-9]{4,9}/[!-~]+", ["10.1056/NEJMra030831"], ["10.1056/", "doi:10.1056/x"]),
    ("(ab)*", ["", "abab"], ["aba"]),
]


@pytest.mark.parametrize(("pattern", "good", "bad"), MATCHES)
def test_a_pattern_matches_the_whole_value_in_both_engines(pattern, good, bad):
    check_pattern(pattern)
    body = to_regex(pattern)
    values = pl.DataFrame({"value": good + bad})
    rust = values.select(pl.col("value").str.contains(rf"\A{body}\z"))["value"].to_list()
    python = [re.fullmatch(body, value) is not None for value in good + bad]
    assert python == rust == [True] * len(good) + [False] * len(bad)


@pytest.mark.parametrize(
    "pattern",
    [
        "(?i)a", "(?:a)", "(?=a)", r"(a)\1", r"\bword", r"\w+", r"\p{L}", r"\i\c*", r"[a-z-[aeiou]]",
        "[a&&b]", "[a--b]", "[a~~b]", "[[:alpha:]]", "[]a]", "[^]a]", "a*?", "a++", "a{2}?", "a{,2}",
        "a{x}", "{", "}", "a^b", "a$b", "[", "(", ")", "*", "\\", r"[\S]",
    ],
)  # fmt: skip
def test_what_engines_read_in_different_ways_is_refused(pattern):
    with pytest.raises(UnsupportedSchemaError, match="pattern"):
        check_pattern(pattern)


@given(st.text("ab[]-^$.*+?{}()|\\sdSw0,&~", max_size=8), st.lists(st.text("ab0 -\n"), max_size=5))
def test_a_pattern_that_is_accepted_means_the_same_in_both_engines(pattern, values):
    try:
        check_pattern(pattern)
    except UnsupportedSchemaError:
        return
    body = to_regex(pattern)
    frame = pl.DataFrame({"value": values}, schema={"value": pl.String})
    rust = frame.select(pl.col("value").str.contains(rf"\A{body}\z"))["value"].to_list()
    assert rust == [re.fullmatch(body, value) is not None for value in values]
