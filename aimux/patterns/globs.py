"""Globs, as fnmatch(3) reads them, in a time that no pattern can make long."""

import re
from functools import lru_cache

from aimux.patterns.brackets import PatternError, read_bracket
from aimux.patterns.syntax import PATTERN_LIMIT


def glob_matches(pattern: str, text: str, *, ignore_case: bool = False) -> bool:
    """Whether the whole of `text` matches, as by fnmatch(3)."""
    compiled = _compile_glob(pattern, ignore_case)
    return compiled is not None and compiled.match(text) is not None


@lru_cache(maxsize=256)
def _compile_glob(pattern: str, ignore_case: bool) -> re.Pattern[str] | None:
    if len(pattern) > PATTERN_LIMIT:
        return None
    try:
        source = _glob_source(pattern)
    except PatternError:
        return None
    return re.compile(source, re.DOTALL | (re.IGNORECASE if ignore_case else re.NOFLAG))


def _glob_source(pattern: str) -> str:
    """The pieces between stars, each found at its first place: nothing is tried twice."""
    pieces = [""]
    position = 0
    while position < len(pattern):
        if pattern[position] == "*":
            pieces.append("")
            position += 1
            continue
        source, position = _glob_character(pattern, position)
        pieces[-1] += source
    if len(pieces) == 1:
        return f"{pieces[0]}\\Z"
    middle = "".join(f"(?>.*?{piece})" for piece in pieces[1:-1] if piece)
    return f"{pieces[0]}{middle}.*{pieces[-1]}\\Z"


def _glob_character(pattern: str, position: int) -> tuple[str, int]:
    character = pattern[position]
    if character == "?":
        return ".", position + 1
    if character == "[":
        return _glob_bracket(pattern, position)
    if character == "\\":
        position += 1
        if position >= len(pattern):
            raise PatternError(pattern)
        character = pattern[position]
    return re.escape(character), position + 1


def _glob_bracket(pattern: str, position: int) -> tuple[str, int]:
    """A bracket without an end is an ordinary character."""
    try:
        return read_bracket(pattern, position, negators="!^", escapes=True)
    except PatternError:
        if "]" in pattern[position + 2 :]:
            raise
        return re.escape("["), position + 1
