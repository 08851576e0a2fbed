"""A machine that runs regular expressions in a time proportional to pattern and text.

It follows all alternatives at once (Thompson's construction with the saved positions of Pike), and
finds what POSIX asks for: the leftmost match, and the longest of those.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from aimux.patterns.brackets import PatternError
from aimux.patterns.syntax import (
    GROUPS,
    Anchor,
    BackReference,
    Chain,
    Choice,
    Group,
    Node,
    Repeat,
    Single,
    Span,
)

PROGRAM_LIMIT: Final = 2000
"""Instructions; a pattern that needs more counts as unreadable."""

Test = Callable[[str, int], object]
_UNSET: Final = (-1,) * (2 * GROUPS)


@dataclass(slots=True)
class Instruction:
    """One step: at most one of the tests is set; an instruction without a way on is the match."""

    character: Test | None = None
    place: Test | None = None
    save: int | None = None
    ways: list[int] = field(default_factory=list)


Program = list[Instruction]


def compile_program(node: Node, *, ignore_case: bool) -> Program:
    """The program of a tree.

    Raises:
        PatternError: It is too long, or refers back to a group, which no such machine can do.
    """
    builder = _Builder(re.IGNORECASE if ignore_case else re.NOFLAG)
    builder.group(0, node)
    builder.emit(Instruction())
    return builder.program


class _Builder:
    def __init__(self, flags: re.RegexFlag) -> None:
        self.program: Program = []
        self._flags = flags

    def emit(self, instruction: Instruction) -> Instruction:
        if len(self.program) >= PROGRAM_LIMIT:
            raise PatternError("too long")
        self.program.append(instruction)
        return instruction

    def _emit_on(self, instruction: Instruction) -> None:
        """Emit what goes on to the next instruction."""
        instruction.ways.append(len(self.program) + 1)
        self.emit(instruction)

    def node(self, node: Node) -> None:
        match node:
            case Single():
                self._emit_on(Instruction(character=self._test(node.source)))
            case Anchor():
                self._emit_on(Instruction(place=self._test(node.source)))
            case BackReference():
                raise PatternError("back reference")
            case Group():
                self.group(node.number, node.inner)
            case Chain():
                for item in node.items:
                    self.node(item)
            case Choice():
                self._choice(node)
            case Repeat():
                self._repeat(node)

    def group(self, number: int, inner: Node) -> None:
        if number >= GROUPS:
            self.node(inner)
            return
        self._emit_on(Instruction(save=2 * number))
        self.node(inner)
        self._emit_on(Instruction(save=2 * number + 1))

    def _test(self, source: str) -> Test:
        return re.compile(source, self._flags).match

    def _choice(self, node: Choice) -> None:
        ends: list[Instruction] = []
        for option in node.options[:-1]:
            split = self.emit(Instruction(ways=[len(self.program) + 1]))
            self.node(option)
            ends.append(self.emit(Instruction()))
            split.ways.append(len(self.program))
        self.node(node.options[-1])
        for end in ends:
            end.ways.append(len(self.program))

    def _repeat(self, node: Repeat) -> None:
        for _ in range(node.least):
            self.node(node.inner)
        if node.most is None:
            start = len(self.program)
            split = self.emit(Instruction(ways=[start + 1]))
            self.node(node.inner)
            self.emit(Instruction(ways=[start]))
            split.ways.append(len(self.program))
            return
        splits: list[Instruction] = []
        for _ in range(node.most - node.least):
            splits.append(self.emit(Instruction(ways=[len(self.program) + 1])))
            self.node(node.inner)
        for split in splits:
            split.ways.append(len(self.program))


class _Thread(NamedTuple):
    at: int
    saved: tuple[int, ...]


class Machine:
    """One program's runs, with a limit to the work that they may do together."""

    def __init__(self, program: Program, *, work: int) -> None:
        self._program = program
        self._work = work

    def search(self, text: str, start: int = 0) -> list[Span] | None:
        """The spans of the match and its groups, (-1, -1) for those without a part in it.

        The match begins at `start` or behind it.
        None if there is no match or the work is used up.
        """
        best: tuple[int, ...] | None = None
        threads: list[_Thread] = []
        for position in range(start, len(text) + 1):
            ready: dict[int, tuple[int, ...]] = {}
            for thread in threads:
                self._follow(thread, text, position, ready)
            if best is None:
                self._follow(_Thread(0, _UNSET), text, position, ready)
            threads = []
            for at, saved in ready.items():
                instruction = self._program[at]
                if instruction.character is None:
                    best = _better(best, saved)
                elif position < len(text) and instruction.character(text, position):
                    threads.append(_Thread(at + 1, saved))
            if self._work < 0:
                return None
            if best is not None:
                threads = [thread for thread in threads if thread.saved[0] <= best[0]]
                if not threads:
                    break
        return None if best is None else list(zip(best[::2], best[1::2], strict=True))

    def _follow(
        self, thread: _Thread, text: str, position: int, ready: dict[int, tuple[int, ...]]
    ) -> None:
        """Go on to every instruction that needs a character, the preferred one first."""
        seen: set[int] = set()
        pending = [thread]
        while pending:
            at, saved = pending.pop()
            if at in ready or at in seen:
                continue
            self._work -= 1
            instruction = self._program[at]
            if instruction.character is not None or not instruction.ways:
                ready[at] = saved
                continue
            seen.add(at)
            if instruction.place is not None and not instruction.place(text, position):
                continue
            if instruction.save is not None:
                saved = (*saved[: instruction.save], position, *saved[instruction.save + 1 :])
            pending.extend(_Thread(way, saved) for way in reversed(instruction.ways))


def _better(best: tuple[int, ...] | None, found: tuple[int, ...]) -> tuple[int, ...]:
    """The one that begins first; of those that begin together the one that ends last."""
    if best is None or (found[0], -found[1]) < (best[0], -best[1]):
        return found
    return best
