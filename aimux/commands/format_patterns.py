"""The patterns in formats: globs, regular expressions, substitution; never slow, never raising.

A pattern that cannot be read, or would take too long, matches nothing, as an invalid one in tmux.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from aimux.commands.format_brackets import PatternError, read_bracket
from aimux.commands.format_machine import Machine, Program, compile_program
from aimux.commands.format_regex import (
    PATTERN_LIMIT,
    Node,
    Shape,
    Span,
    python_source,
    read_regex,
    shape_of,
)

WORK_LIMIT: Final = 100_000
"""Steps of the machine for one match or substitution: about a tenth of a second."""
TEXT_LIMIT: Final = 1 << 16
"""Characters of a text; a longer one is not matched by a regular expression."""
RESULT_LIMIT: Final = 1 << 20
"""Characters of a substitution's result."""
_BACKTRACKING_LIMIT = 1_000_000
_BACK_REFERENCE = re.compile(r"\\(.)?", re.DOTALL)


def search_work(pattern: str, text: str) -> int:
    """About how much work a match or substitution is, for those who count."""
    return min((len(pattern) + 1) * len(text), WORK_LIMIT)


def glob_matches(pattern: str, text: str, *, ignore_case: bool = False) -> bool:
    """Whether the whole of `text` matches, as by fnmatch(3)."""
    compiled = _compile_glob(pattern, ignore_case)
    return compiled is not None and compiled.match(text) is not None


def regex_matches(pattern: str, text: str, *, ignore_case: bool = False) -> bool:
    """Whether a part of `text` matches an extended regular expression."""
    matcher = _compile_regex(pattern, ignore_case)
    return matcher is not None and len(text) <= TEXT_LIMIT and matcher.search_any(text)


def substitute(pattern: str, replacement: str, text: str, *, ignore_case: bool = False) -> str:
    r"""`text` with every match replaced; `\0`..`\9` in `replacement` are the match and its groups.

    tmux's substitution has quirks that formats have come to rely on, and they are kept: the
    character after an empty match may get lost, a group that matched nothing leaves its number,
    and a pattern that begins with `^` is replaced once.
    """
    matcher = _compile_regex(pattern, ignore_case)
    if matcher is None or not 0 < len(text) <= TEXT_LIMIT:
        return text
    once = pattern.startswith("^")
    return "".join(_substituted(matcher.run(), replacement, text, once=once))[:RESULT_LIMIT]


def _substituted(search: "_Run", replacement: str, text: str, *, once: bool) -> list[str]:
    pieces: list[str] = []
    size = start = last = 0
    after_empty = False
    while start <= len(text) and size < RESULT_LIMIT:
        rest = text[start:]
        spans = search.find(rest)
        if spans is None:
            break
        first, end = spans[0][0] + start, spans[0][1] + start
        pieces.append(text[last:first])
        moved = first != last or first != end
        last = end
        if moved or after_empty:
            pieces.append(_replaced(replacement, rest, spans))
            start, after_empty = end, False
        else:
            start, after_empty = end + 1, True
        size += len(pieces[-1])
        if once:
            break
    pieces.append(text[start:])
    return pieces


def _replaced(replacement: str, text: str, spans: list[Span]) -> str:
    def one(match: re.Match[str]) -> str:
        character = match[1] or ""
        if character in "0123456789" and character and int(character) < len(spans):
            start, end = spans[int(character)]
            return text[start:end] or character
        return character

    return _BACK_REFERENCE.sub(one, replacement)


@dataclass(frozen=True, slots=True)
class _Matcher:
    """A pattern in the forms in which it can run."""

    tree: Node
    shape: Shape
    python: re.Pattern[str]
    program: Program | None

    def search_any(self, text: str) -> bool:
        """Whether there is a match, wherever and however long."""
        if self.harmless_in_python(text):
            return self.python.search(text) is not None
        return self.run().find(text) is not None

    def run(self) -> "_Run":
        return _Run(self)

    def harmless_in_python(self, text: str) -> bool:
        """Whether `re` takes a short time."""
        work = (len(text) + 1) ** (self.shape.freedoms + 1)
        return not self.shape.nested and work <= _BACKTRACKING_LIMIT

    def fit_for_python(self, text: str) -> bool:
        """Whether `re` takes a short time and finds what POSIX asks for, or nothing else can."""
        same = not self.shape.choices and self.shape.freedoms < 2
        return (same or self.program is None) and self.harmless_in_python(text)


class _Run:
    """The searches of one substitution."""

    def __init__(self, matcher: _Matcher) -> None:
        self._matcher = matcher
        self._machine = Machine(matcher.program, work=WORK_LIMIT) if matcher.program else None

    def find(self, text: str) -> list[Span] | None:
        if self._matcher.fit_for_python(text):
            match = self._matcher.python.search(text)
            return None if match is None else list(match.regs)
        return self._machine.search(text) if self._machine else None


@lru_cache(maxsize=256)
def _compile_regex(pattern: str, ignore_case: bool) -> _Matcher | None:
    tree = read_regex(pattern)
    if tree is None:
        return None
    try:
        python = re.compile(python_source(tree), re.IGNORECASE if ignore_case else re.NOFLAG)
    except (re.error, OverflowError, RecursionError):
        return None
    try:
        program = compile_program(tree, ignore_case=ignore_case)
    except PatternError:
        program = None
    return _Matcher(tree, shape_of(tree), python, program)


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
