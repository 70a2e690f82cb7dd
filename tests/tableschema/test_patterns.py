"""Patterns: a whole-value match, the same in Python and in Rust, or a refusal."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonemet_data.tableschema.patterns import check_pattern, to_python, to_rust
from bonemet_data.tableschema.problems import OptionError

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
    body = to_python(pattern)
    assert body == to_rust(pattern)
    values = pl.DataFrame({"value": good + bad})
    rust = values.select(pl.col("value").str.contains(rf"\A{body}\z"))["value"].to_list()
    python = [re.fullmatch(body, value) is not None for value in good + bad]
    assert python == rust == [True] * len(good) + [False] * len(bad)


# pattern, values that match as a whole, values that do not; Python has no equivalent
RUST_ONLY = [
    (r"\w+", ["aä1", "٣"], ["", "a b", "a-b", "a."]),
    (r"\W", [" ", "-"], ["a"]),
    (r"\p{Lu}\P{Lu}", ["Ab", "Ä1"], ["ab", "AB"]),
    (r"\i\c*", ["a", "_1", "a.b-c:d", "ä"], ["1a", "-", ""]),
    (r"[\i-[:]][\c-[:]]*", ["a1"], ["a:b", ":a"]),
    (r"\I\C", ["1 "], ["a ", "1a"]),
    ("[a-z-[aeiou]]", ["b", "z"], ["a", "1"]),
    ("[^a-z-[0-9]]", ["A"], ["a", "1"]),
    (r"[\S]", ["a"], [" ", ""]),
    (r"[\d\s]+", ["1 2"], ["a"]),
]


@pytest.mark.parametrize(("pattern", "good", "bad"), RUST_ONLY)
def test_a_pattern_that_only_polars_can_match(pattern, good, bad):
    check_pattern(pattern)
    values = pl.Series(good + bad)
    matches = values.str.contains(rf"\A{to_rust(pattern)}\z").to_list()
    assert matches == [True] * len(good) + [False] * len(bad)
    if pattern != r"[\d\s]+":
        with pytest.raises(OptionError, match="no equivalent in Python"):
            to_python(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a|a)*b", "([a-z]+)*[0-9]", "(a*){2,}", "(-[!-~]*)*", "(a[^b]*)*", "((ab)+)+"],
)
def test_a_pattern_that_python_may_match_for_ever(pattern):
    check_pattern(pattern)
    with pytest.raises(OptionError, match="nests repeats"):
        to_python(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "[1-9][0-9]*(;[1-9][0-9]*)*",
        "(ab)*",
        "(a+b)?",
        r"[(+]*(a)",
        "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    ],
)
def test_a_pattern_that_python_matches_quickly(pattern):
    assert to_python(pattern) == f"(?:{pattern})"


@pytest.mark.parametrize(
    ("pattern", "supported"), [("(", True), ("a{1000000}", False), (r"\b", False)]
)
def test_what_breaks_the_standard_and_what_is_not_supported(pattern, supported):
    with pytest.raises(OptionError) as caught:
        check_pattern(pattern)
    assert caught.value.supported == supported


@pytest.mark.parametrize(
    "pattern",
    [
        "(?i)a", "(?:a)", "(?=a)", r"(a)\1", r"\bword", r"\p{IsGreek}", r"\p{Cs}", r"\q", r"[a-[b]c]", "a\0",
        "[a&&b]", "[a--b]", "[a~~b]", "[[:alpha:]]", "[]a]", "[^]a]", "a*?", "a++", "a{2}?", "a{,2}",
        "a{x}", "{", "}", "a^b", "a$b", "[", "(", ")", "*", "\\", "a{1000000}", "((a{1000}){1000}){1000}", "(" * 10_000 + ")" * 10_000,
    ],
)  # fmt: skip
def test_what_engines_read_in_different_ways_is_refused(pattern):
    with pytest.raises(OptionError, match="pattern"):
        check_pattern(pattern)


@given(st.text("ab[]-^$.*+?{}()|\\sdSw0,&~", max_size=8), st.lists(st.text("ab0 -\n"), max_size=5))
def test_a_pattern_that_is_accepted_means_the_same_in_both_engines(pattern, values):
    try:
        check_pattern(pattern)
        body = to_python(pattern)
    except OptionError:
        return
    frame = pl.DataFrame({"value": values}, schema={"value": pl.String})
    rust = frame.select(pl.col("value").str.contains(rf"\A{body}\z"))["value"].to_list()
    assert rust == [re.fullmatch(body, value) is not None for value in values]
