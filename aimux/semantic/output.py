"""What a command printed, as it is kept: the first and the last logical lines, compressed."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

import zstandard
from msgspec import Struct

from aimux.semantic.result import Result
from aimux.semantic.segments import CommandRecord

MAX_LINE = 1000
"""Characters of a kept line."""
HEAD_LINES, HEAD_CHARACTERS = 500, 1 << 16
TAIL_LINES, TAIL_CHARACTERS = 1500, 3 << 16
LEVEL = 3
MAX_BLOCK = 1 << 22  # bytes that a block may unpack to: characters take up to four, and line feeds


def packed(text: str) -> bytes:
    """Text as a zstd frame that says whether it is whole."""
    data = text.encode("utf-8", "surrogateescape")
    return zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(data)


def unpacked(block: bytes) -> str:
    """The text of such a frame. Raises ValueError if it is damaged or too large."""
    try:
        size = zstandard.frame_content_size(block)
        if not 0 <= size <= MAX_BLOCK:
            raise ValueError(f"{size} bytes are no command's output")
        data = zstandard.ZstdDecompressor().decompress(block, max_output_size=MAX_BLOCK)
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error
    return data.decode("utf-8", "surrogateescape")


class Output(Struct, frozen=True):
    """The kept lines of one command.

    Attributes:
        block: The lines, packed; see `lines`.
        head: How many of them stand before the gap.
        skipped: Lines that are not kept, between head and tail.
        count: Kept lines.
    """

    block: bytes
    head: int
    skipped: int
    count: int

    @property
    def lines(self) -> list[str]:
        """Head and tail; nothing stands for the gap."""
        return unpacked(self.block).split("\n") if self.count else []

    @property
    def shown(self) -> list[str]:
        """The same with a line that says what the gap leaves out."""
        lines = self.lines
        if self.skipped:
            lines.insert(self.head, f"… {self.skipped} lines were not kept …")
        return lines

    def place(self, row: int) -> int | None:
        """The index in `shown` of the logical line `row` of the output; None if it is not kept."""
        if row < self.head:
            return row
        if not self.skipped:
            return row if row < self.count else None
        place = row - self.skipped + 1
        return place if self.head < place <= self.count else None


NO_OUTPUT = Output(b"", 0, 0, 0)


class Ran(Struct, frozen=True):
    """One command that ran, or runs, with what it said.

    Attributes:
        output: Its kept lines; while it runs, those that have left the screen.
        rows: For each problem of the result, the absolute row of the screen and its history on
            which it was printed, at the width of then; -1 where that is not known.
        said: For each problem, the logical line on which it begins, to find it at another width.
    """

    record: CommandRecord
    result: Result
    output: Output = NO_OUTPUT
    rows: tuple[int, ...] = ()
    said: tuple[str, ...] = ()

    def shown_result(self) -> Result:
        """The result with rows that index `output.shown`; problems that are not kept are gone."""
        places = [(self.output.place(problem.row), problem) for problem in self.result.problems]
        problems = tuple(replace(one, row=row) for row, one in places if row is not None)
        return replace(self.result, problems=problems)


class Keeper:
    """Takes the lines of one command as they come and keeps the first and the last."""

    def __init__(self) -> None:
        self._head: list[tuple[int, str]] = []
        self._tail: deque[tuple[int, str]] = deque()
        self._head_characters = self._tail_characters = 0
        self._skipped = 0
        self._head_open = True

    def __copy__(self) -> Keeper:
        """One that goes on from here; what it takes the other does not have."""
        other = Keeper()
        other._head, other._tail = list(self._head), deque(self._tail)
        other._head_characters, other._tail_characters = (
            self._head_characters,
            self._tail_characters,
        )
        other._skipped, other._head_open = self._skipped, self._head_open
        return other

    def take(self, lines: Sequence[tuple[int, str]]) -> None:
        """Keep logical lines, each with its absolute row."""
        for row, line in lines:
            self._take(row, line[:MAX_LINE])

    def skip(self, count: int) -> None:
        """Lines came that nobody read."""
        if count:
            self._head_open = False
            self._skipped += count + len(self._tail)
            self._tail.clear()
            self._tail_characters = 0

    def _take(self, row: int, line: str) -> None:
        if self._head_open:
            self._head.append((row, line))
            self._head_characters += len(line)
            full = self._head_characters >= HEAD_CHARACTERS
            self._head_open = not full and len(self._head) < HEAD_LINES
            return
        self._tail.append((row, line))
        self._tail_characters += len(line)
        while len(self._tail) > TAIL_LINES or self._tail_characters > TAIL_CHARACTERS:
            self._tail_characters -= len(self._tail.popleft()[1])
            self._skipped += 1

    def output(self) -> Output:
        """What is kept so far."""
        lines = [line for _, line in (*self._head, *self._tail)]
        return Output(packed("\n".join(lines)), len(self._head), self._skipped, len(lines))

    def found(self, number: int) -> tuple[int, str]:
        """The absolute row and the text of a logical line; (-1, "") if it is not kept."""
        if number < len(self._head):
            return self._head[number]
        place = number - len(self._head) - self._skipped
        return self._tail[place] if 0 <= place < len(self._tail) else (-1, "")
