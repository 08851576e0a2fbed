"""Which program a pane's command starts, as far as its words tell."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=.*", re.DOTALL)
_PREFIXES = frozenset({"exec", "command", "env"})
_END = frozenset({";", "&", "|", "&&", "||"})


def program_words(words: Sequence[str]) -> list[str]:
    """The program and its arguments.

    Args:
        words: As commands give them: one word is a line for the shell, of which the last command
            counts (`cd x && claude`); several are a program and its arguments.
    """
    if len(words) != 1:
        return list(words)
    found = _last_command(_split(words[0]))
    while found and (found[0] in _PREFIXES or _ASSIGNMENT.fullmatch(found[0])):
        del found[0]
    return found


def _split(line: str) -> list[str]:
    """A line's words, with operators as words of their own; none of one that is not finished."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=";&|")
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        return list(lexer)
    except ValueError:
        return []


def _last_command(words: list[str]) -> list[str]:
    while words and words[-1] in _END:
        words = words[:-1]
    last = max((place for place, word in enumerate(words) if word in _END), default=-1)
    return words[last + 1 :]
