"""Extended regular expressions that are compiled and run: what POSIX finds, in a bounded time."""

import re
from functools import lru_cache
from typing import Final

from msgspec import Struct

from aimux.patterns.brackets import PatternError
from aimux.patterns.machine import Machine, Program, compile_program
from aimux.patterns.syntax import Node, Shape, Span, python_source, read_regex, shape_of

WORK_LIMIT: Final = 100_000
"""Steps of the machine for one `Finder`: about a tenth of a second."""
_BACKTRACKING_LIMIT = 1_000_000


class Matcher(Struct, frozen=True):
    """An expression in the forms in which it can run."""

    shape: Shape
    python: re.Pattern[str]
    program: Program | None

    def is_in(self, text: str) -> bool:
        """Whether there is a match, wherever and however long; False also if it takes too long."""
        if self.harmless_in_python(text):
            return self.python.search(text) is not None
        return self.finder().find(text) is not None

    def finder(self, *, work: int = WORK_LIMIT) -> "Finder":
        """Searches that may take `work` steps together."""
        return Finder(self, work=work)

    def harmless_in_python(self, text: str) -> bool:
        """Whether `re` takes a short time."""
        work = (len(text) + 1) ** (self.shape.freedoms + 1)
        return not self.shape.nested and work <= _BACKTRACKING_LIMIT

    @property
    def means_the_same_in_python(self) -> bool:
        """Whether `re` finds what POSIX asks for, or nothing else can."""
        same = not self.shape.choices and self.shape.freedoms < 2
        return same or self.program is None


class Finder:
    """Searches for one expression, with a limit to the work that they may do together."""

    def __init__(self, matcher: Matcher, *, work: int) -> None:
        self._matcher = matcher
        self._machine = Machine(matcher.program, work=work) if matcher.program else None

    def find(self, text: str, start: int = 0) -> list[Span] | None:
        """The spans of the leftmost longest match and its groups; (-1, -1) of a group without one.

        Args:
            text: What is searched; `^` is its begin and `$` its end.
            start: Where a match may begin first.

        Returns:
            None if there is no match, or the work is used up.
        """
        matcher = self._matcher
        if matcher.harmless_in_python(text):
            match = matcher.python.search(text, start)
            if match is None or matcher.means_the_same_in_python:
                return None if match is None else list(match.regs)
            start = match.start()
        return self._machine.search(text, start) if self._machine else None


@lru_cache(maxsize=256)
def compile_regex(pattern: str, *, ignore_case: bool = False) -> Matcher | None:
    """The matcher of an expression; None if it is none. glibc refuses the same expressions."""
    tree = read_regex(pattern)
    if tree is None:
        return None
    try:
        python = re.compile(python_source(tree), re.IGNORECASE if ignore_case else re.NOFLAG)
    except (re.error, OverflowError, RecursionError):
        return None
    return Matcher(shape_of(tree), python, _program(tree, ignore_case=ignore_case))


def _program(tree: Node, *, ignore_case: bool) -> Program | None:
    try:
        return compile_program(tree, ignore_case=ignore_case)
    except PatternError:
        return None
