"""What is searched for: plain text or an extended regular expression, in a bounded time."""

from __future__ import annotations

import re
from typing import Protocol

from msgspec import Struct

from aimux.patterns.matcher import Matcher, compile_regex
from aimux.vt.clusters import drop_invalid, layout, split_leading_marks

MAX_LENGTH = 1024
SPECIAL = re.compile(r"[\^$*+()?\[\].\\]")
UPPER = re.compile("[A-Z]")

Span = tuple[int, int]


class Searches(Protocol):
    """The searches of one text; they share what work they may do."""

    def find(self, start: int) -> Span | None:
        """Where the first match from `start` on begins and ends; None if there is none."""
        ...


class Pattern(Protocol):
    """What is searched for. Case counts only where it has a capital letter."""

    def searches(self, text: str) -> Searches:
        """Begin to search a text."""
        ...


class _Plain(Struct, frozen=True):
    python: re.Pattern[str]

    def searches(self, text: str) -> Searches:
        return _PlainSearches(self.python, text)


class _PlainSearches(Struct, frozen=True):
    python: re.Pattern[str]
    text: str

    def find(self, start: int) -> Span | None:
        match = self.python.search(self.text, start)
        return None if match is None else match.span()


class _Regex(Struct, frozen=True):
    matcher: Matcher

    def searches(self, text: str) -> Searches:
        return _RegexSearches(self.matcher, text)


class _RegexSearches:
    def __init__(self, matcher: Matcher, text: str) -> None:
        self._finder = matcher.finder()
        self._text = text

    def find(self, start: int) -> Span | None:
        spans = self._finder.find(self._text, start)
        return None if spans is None else spans[0]


def is_regex(text: str) -> bool:
    """Whether a text has characters that mean something in a regular expression."""
    return SPECIAL.search(text) is not None


def plain_pattern(text: str) -> Pattern | None:
    """A pattern for text in the form of `Row.text`; None for an empty one."""
    cells = layout(drop_invalid(split_leading_marks(text[:MAX_LENGTH])[1]))[0]
    if not cells:
        return None
    case = re.NOFLAG if UPPER.search(text) else re.IGNORECASE
    return _Plain(re.compile(re.escape(cells), re.ASCII | case))


def regex_pattern(text: str) -> Pattern | None:
    """A pattern for an extended regular expression; None if it cannot be read."""
    matcher = compile_regex(text[:MAX_LENGTH], ignore_case=UPPER.search(text) is None)
    return None if matcher is None else _Regex(matcher)
