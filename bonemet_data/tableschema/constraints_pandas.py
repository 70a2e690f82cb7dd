"""Rules in pandas: each as a function from non-missing values, or from a frame, to verdicts."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeAlias

import pandas as pd

from .constraints import Rule
from .patterns import to_regex

Verdicts: TypeAlias = "pd.Series[bool]"


def column_predicate(rule: Rule) -> Callable[[Any], Verdicts]:
    """Give the predicate of a rule on one column: from its non-missing values to verdicts."""
    argument: Any = rule.argument
    match rule.keyword:
        case "minimum":
            return lambda s: s >= _scalar(argument)
        case "maximum":
            return lambda s: s <= _scalar(argument)
        case "exclusiveMinimum":
            return lambda s: s > _scalar(argument)
        case "exclusiveMaximum":
            return lambda s: s < _scalar(argument)
        case "minLength":
            return lambda s: s.astype("string").map(len) >= argument
        case "maxLength":
            return lambda s: s.astype("string").map(len) <= argument
        case "pattern":
            matches = re.compile(to_regex(argument)).fullmatch
            return lambda s: _verdicts((matches(value) is not None for value in s), s)
        case "enum":
            return lambda s: s.isin([_scalar(value) for value in argument])
        case "foreignKeys":
            return lambda s: s.isin([_scalar(value) for (value,) in argument])
        case "required":
            return lambda s: ~s.astype("string").isin(argument)
        case "type":
            return lambda s: s == s.dt.normalize()
        case "unique" | "primaryKey" | "uniqueKeys":
            return lambda s: ~s.duplicated(keep=False)
    raise NotImplementedError(rule.keyword)


def frame_predicate(rule: Rule) -> Callable[[pd.DataFrame], Verdicts]:
    """Give the predicate of a rule on several columns: from a frame to a verdict for each row."""
    columns = list(rule.columns)
    listed = None
    if rule.keyword == "foreignKeys" and not isinstance(rule.argument, tuple):
        listed = {tuple(map(_scalar, row)) for row in rule.argument}

    def unrepeated(frame: pd.DataFrame) -> Verdicts:
        return ~frame[columns].duplicated(keep=False) | frame[columns].isna().any(axis=1)

    def stands(frame: pd.DataFrame) -> Verdicts:
        allowed = set(_tuples(frame[list(rule.argument)])) if listed is None else listed
        found = _verdicts((row in allowed for row in _tuples(frame[columns])), frame)
        return found | frame[columns].isna().any(axis=1)

    return stands if rule.keyword == "foreignKeys" else unrepeated


def _scalar(value: Any) -> Any:
    return pd.Timestamp(value) if isinstance(value, date) else value


def _verdicts(values: Iterable[bool], like: Any) -> Verdicts:
    return pd.Series(list(values), index=like.index, dtype=bool)


def _tuples(frame: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    return frame.itertuples(index=False, name=None)
