"""Patterns: the regular expressions of Table Schema, which follow XML Schema (XSD).

A pattern matches a whole value. It is translated to a regular expression for Rust's `regex`, which
Polars uses and which takes linear time. Patterns that also have the same meaning in Python's `re`
are portable; pandera needs them. `^` at the start and `$` at the end of an alternative are
redundant, but accepted, because many published schemas have them.
Source: https://www.w3.org/TR/xmlschema-2/#regexs
"""

import re

from .problems import OptionError

_REPEAT = re.compile(r"\{([0-9]+)(?:,([0-9]*))?\}|[*+?]", re.ASCII)
_PROPERTY = re.compile(r"\{([A-Z][a-z]?)\}")
_SPACE = r" \t\n\r"
_PLAIN_ESCAPES = frozenset(r"nrt\|.?*+(){}-[]^$/")
_START = (
    r":A-Z_a-z\u{C0}-\u{D6}\u{D8}-\u{F6}\u{F8}-\u{2FF}\u{370}-\u{37D}\u{37F}-\u{1FFF}"
    r"\u{200C}-\u{200D}\u{2070}-\u{218F}\u{2C00}-\u{2FEF}\u{3001}-\u{D7FF}\u{F900}-\u{FDCF}"
    r"\u{FDF0}-\u{FFFD}\u{10000}-\u{EFFFF}"
)
_NAME = _START + r"\-.0-9\u{B7}\u{300}-\u{36F}\u{203F}-\u{2040}"
_CLASSES = {
    "d": r"\d",
    "s": _SPACE,
    "i": _START,
    "c": _NAME,
}
"""Contents of character classes; `w` is the complement of one."""
_NOT_WORD = r"\p{P}\p{Z}\p{C}"

_SMALL = 100
"""Up to this product of its repeats, a pattern is certainly not too large for Rust."""


def check_pattern(pattern: str) -> None:
    """Check that a pattern is valid, and that Polars can match it.

    Raises:
        OptionError: The pattern is not valid, or uses a construct that is not supported.
    """
    regex, portable, size = _translate(pattern)
    if portable:
        try:
            re.compile(regex)
        except (re.error, OverflowError, RecursionError) as error:
            raise OptionError(f"pattern {pattern!r:.200} is not valid: {error}") from error
        if size <= _SMALL and len(pattern) <= _SMALL:
            return
    _compile_in_rust(pattern, regex)


def is_portable(pattern: str) -> bool:
    """Return whether a pattern has the same regular expression in Python and in Polars."""
    return _translate(pattern)[1]


def to_rust(pattern: str) -> str:
    r"""Convert a pattern to a regular expression for Polars, without anchors.

    Raises:
        OptionError: The pattern uses a construct that is not supported.

    Example:
        >>> to_rust(r"^a|\s$")
        '(?:a|[ \\t\\n\\r])'
    """
    return _translate(pattern)[0]


def to_python(pattern: str) -> str:
    """Convert a pattern to a regular expression for Python and Polars, without anchors.

    Raises:
        OptionError: The pattern has no equivalent, or may take very long in Python.
    """
    regex, portable, _ = _translate(pattern)
    if not portable:
        raise OptionError("has no equivalent in Python", supported=False)
    if _may_backtrack(regex):
        message = "nests repeats, so that Python may need very long to match a text"
        raise OptionError(message, supported=False)
    return regex


def _compile_in_rust(pattern: str, regex: str) -> None:
    try:
        import polars as pl
    except ImportError:  # nothing can be checked without Polars
        return
    try:
        pl.select(pl.lit("").str.contains(rf"\A{regex}\z"))
    except pl.exceptions.PolarsError as error:
        text = str(error)
        if "size limit" in text or "nest" in text:
            raise OptionError(
                f"pattern {pattern!r:.200} is too large: use smaller repeats", supported=False
            ) from error
        lines = [line for line in text.splitlines() if line.startswith("error:")]
        reason = lines[0].removeprefix("error:").strip() if lines else text.splitlines()[0]
        raise OptionError(
            f"pattern {pattern!r:.200} is not supported: {reason}", supported=False
        ) from error


def _translate(pattern: str) -> tuple[str, bool, int]:
    """Return the regular expression, whether it is portable, and the product of its repeats."""
    if "\0" in pattern:
        raise OptionError("pattern contains a null character, which XML Schema does not allow")
    return _Translator(pattern).run()


class _Translator:
    def __init__(self, pattern: str) -> None:
        self._text, self._at = pattern, 0
        self._portable, self._size = True, 1

    def run(self) -> tuple[str, bool, int]:
        """Return the result; see `_translate`."""
        out: list[str] = []
        text = self._text
        while self._at < len(text):
            char, after = text[self._at], text[self._at + 1 : self._at + 2]
            repeat = _REPEAT.match(text, self._at)
            if char == "\\":
                out.append(self._escape(in_class=False))
                continue
            if repeat:
                self._repeat(repeat)
                out.append(repeat[0])
                continue
            if char == "[":
                out.append(self._class())
                continue
            if (char == "^" and (not self._at or text[self._at - 1] in "(|")) or (
                char == "$" and (not after or after in ")|")
            ):
                char = ""
            elif char == "(" and after == "?":
                raise self._refuse("groups that start with '(?' are not part of XSD patterns")
            elif char in "^${}]":
                raise self._refuse(f"{char!r} inside the pattern must be escaped")
            elif char == ".":
                char = r"[^\n\r]"
            out.append(char)
            self._at += 1
        return f"(?:{''.join(out)})", self._portable, self._size

    def _refuse(self, reason: str) -> OptionError:
        return OptionError(f"pattern {self._text!r:.200}: {reason}", supported=False)

    def _repeat(self, repeat: re.Match[str]) -> None:
        if self._text[repeat.end() : repeat.end() + 1] in set("?+*{"):
            raise self._refuse(
                f"{repeat[0]!r} is followed by a second quantifier: remove one of them"
            )
        numbers = [int(number[:9]) for number in repeat.groups() if number]
        self._size *= max(numbers, default=1) or 1
        self._at = repeat.end()

    def _escape(self, *, in_class: bool) -> str:
        letter = self._text[self._at + 1 : self._at + 2]
        self._at += 2
        if letter in _PLAIN_ESCAPES and letter:
            return f"\\{letter}"
        if letter in "pP" and letter:
            found = _PROPERTY.match(self._text, self._at)
            if not found or found[1] == "Cs":
                raise self._refuse(f"'\\{letter}' with a block or an unknown category: list ranges")
            self._at = found.end()
            self._portable = False
            return f"\\{letter}{found[0]}"
        if letter == "D" or (letter and letter in "dD"):
            return f"\\{letter}"
        if letter and letter.lower() in "wW":
            self._portable = False
            return f"[^{_NOT_WORD}]" if letter == "w" else f"[{_NOT_WORD}]"
        if not letter or letter.lower() not in _CLASSES:
            raise self._refuse(f"the escape '\\{letter}' is not part of XSD patterns")
        members = _CLASSES[letter.lower()]
        if letter.lower() in "ic":
            self._portable = False
        if letter.isupper():
            self._portable &= not in_class  # Python has no classes inside classes
            return f"[^{members}]"
        return members if in_class else f"[{members}]"

    def _class(self) -> str:
        """Translate a character class, with its subtraction."""
        text = self._text
        self._at += 1
        negated = text.startswith("^", self._at)
        self._at += negated
        if text.startswith("]", self._at):
            raise self._refuse("']' must be escaped at the start of a character class")
        out: list[str] = []
        subtracted = ""
        while True:
            char, after = text[self._at : self._at + 1], text[self._at + 1 : self._at + 2]
            if not char:
                raise OptionError(f"pattern {text!r:.200} is not valid: a class is not closed")
            if char == "]":
                self._at += 1
                break
            if char == "\\":
                out.append(self._escape(in_class=True))
            elif char == "-" and after == "[" and out:
                self._at += 1
                subtracted = self._class()
                self._portable = False
                if not text.startswith("]", self._at):
                    raise self._refuse("a subtraction must be at the end of a character class")
            elif char == "[" or (char in "&~-" and after == char):
                raise self._refuse(f"{char!r} must be escaped inside a character class")
            else:
                out.append(char)
                self._at += 1
        members = f"[{'^' * negated}{''.join(out)}]"
        return f"[{members}--{subtracted}]" if subtracted else members


def _may_backtrack(regex: str) -> bool:
    """Return whether a group with a repeat or an alternative in it is repeated without limit.

    A group that starts with a separator, such as `(;[0-9]*)*`, is harmless.
    """
    opened: list[int] = []
    escaped = in_class = False
    for index, char in enumerate(regex):
        if escaped or char == "\\":
            escaped = not escaped
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char == "(":
            opened.append(index)
        elif char == ")" and opened:
            body = regex[opened.pop() + 1 : index]
            repeated = re.match(r"[*+]|\{[0-9]+,\}", regex[index + 1 :])
            varies = re.search(r"[*+|]|\{[0-9]+,[0-9]*\}", body)
            if repeated and varies and not _has_separator(body):
                return True
    return False


def _has_separator(body: str) -> bool:
    """Return whether a group starts with a character that the rest of it cannot match."""
    first, rest = body[:1], body[1:]
    if first in r"\.[(" or re.search(r"^[*+?{]|[\\.|(]", rest):
        return False
    classes = re.findall(r"\[[^\]]*\]", rest)
    return first not in re.sub(r"\[[^\]]*\]", "", rest) and not any(
        re.fullmatch(members, first) for members in classes
    )
