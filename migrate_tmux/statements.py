"""The statements of a configuration file as they were written, with where each begins.

Uses aimux's lexer to know where a statement ends; what stands in one is `aimux.commands.parser`'s
business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from aimux.commands.lexer import Lexer, TokenKind
from aimux.commands.parser import parse_text
from aimux.errors import ParseError
from migrate_tmux.placeholders import MarkingContext

_BLANK = re.compile(r"(?:[ \t\n]|\\\n)*")
_LAST_CONTINUATION = re.compile(r"(?:\\\n[ \t]*)+\Z")
_DIRECTIVES = frozenset({TokenKind.IF, TokenKind.ELIF, TokenKind.ELSE, TokenKind.ENDIF})


class StatementKind(Enum):
    """What a statement is."""

    COMMANDS = auto()
    """Commands, or an assignment, maybe `%hidden`."""
    IF = auto()
    """`%if CONDITION`, alone on its line."""
    BRANCH = auto()
    """`%elif` or `%else`."""
    ENDIF = auto()
    CONDITIONAL = auto()
    """A condition with its commands and its `%endif` on one line."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement.

    Attributes:
        kind: What it is.
        text: As it was written, without comments behind it; continued lines are still continued.
        line: Where it begins, from 1.
        names: For an assignment, the variable that it sets.
    """

    kind: StatementKind
    text: str
    line: int
    names: frozenset[str] = frozenset()


def read_statements(text: str, *, source: str) -> list[Statement]:
    """The statements of a file, in order.

    Raises:
        ParseError: `FILE:LINE: ...`, where tmux ignores the whole file, too.
    """
    return list(_statements(text, source))


def _statements(text: str, source: str) -> Iterator[Statement]:
    lexer = Lexer(text, context=MarkingContext(), source=source)
    kinds: list[TokenKind] = []
    names: set[str] = set()
    start = end = depth = 0
    while True:
        token = lexer.next_token()
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        if token.kind in {TokenKind.NEWLINE, TokenKind.END} and depth <= 0:
            if kinds:
                yield _statement(text, start, end, kinds, names)
            kinds, names, start = [], set(), lexer.offset
            if token.kind is TokenKind.END:
                return
            continue
        if token.kind is TokenKind.END:
            raise lexer.error("syntax error")
        kinds.append(token.kind)
        if token.kind is TokenKind.ASSIGNMENT:
            names.add(token.text.partition("=")[0])
        end = lexer.offset


def _statement(
    text: str, start: int, end: int, kinds: list[TokenKind], names: set[str]
) -> Statement:
    blank = _BLANK.match(text, start)
    begin = blank.end() if blank else start
    line = text.count("\n", 0, begin) + 1
    written = _LAST_CONTINUATION.sub("", text[begin:end])
    if written.endswith("$") and not _is_readable(written):
        written += "\n"  # a bare `$` that ends a text is an error, one that ends a line is itself
    return Statement(_kind(kinds), written, line, frozenset(names))


def _is_readable(text: str) -> bool:
    try:
        parse_text(text, source=None, context=MarkingContext())
    except ParseError:
        return False
    return True


def _kind(kinds: list[TokenKind]) -> StatementKind:
    if kinds[0] is TokenKind.IF:
        alone = TokenKind.ENDIF not in kinds
        return StatementKind.IF if alone else StatementKind.CONDITIONAL
    if kinds[0] in {TokenKind.ELIF, TokenKind.ELSE}:
        return StatementKind.BRANCH
    if kinds[0] is TokenKind.ENDIF:
        return StatementKind.ENDIF
    return StatementKind.CONDITIONAL if _DIRECTIVES & set(kinds) else StatementKind.COMMANDS
