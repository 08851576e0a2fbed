"""From rows to lines: what is kept, what is skipped, and where a line stands later."""

from __future__ import annotations

import pytest

from aimux.semantic.marks import CommandEnd, OutputStart
from aimux.semantic.output import (
    HEAD_LINES,
    MAX_LINE,
    TAIL_LINES,
    Keeper,
    Ran,
    packed,
    unpacked,
)
from aimux.semantic.output_reader import OutputReader, find_line, last_lines
from aimux.semantic.segments import CommandLog, Moment
from aimux.vt.engine import Engine


class Command:
    """A command that prints on a screen of 20 columns and 5 rows."""

    def __init__(self, text: str | None = None) -> None:
        self.screen = Engine(20, 5, history_limit=2000)
        self.log = CommandLog(read_text=lambda _start, _end: text)
        self.log.feed(OutputStart(trusted=True), self._now())
        assert self.log.running is not None
        self.reader = OutputReader(self.screen, self.log.running)

    def _now(self) -> Moment:
        row = self.screen.history.pushed + self.screen.cursor_y
        return Moment(row, self.screen.cursor_x, 0.0, 0.0)

    def prints(self, text: str) -> None:
        self.screen.feed(text.replace("\n", "\r\n").encode())

    def ends(self, status: int = 0) -> Ran:
        at = self._now()
        ended = self.log.feed(CommandEnd(status, trusted=True), at)
        assert ended is not None
        *_, ran = self.reader.finish(ended, at.row + (1 if at.column else 0))
        assert ran is not None
        return ran


def test_wraps_are_joined_and_redraws_applied() -> None:
    command = Command()
    command.prints("x" * 45 + "\n" + " 10 %\r 100 %\nlast")
    assert command.ends().output.lines == ["x" * 45, " 100 %", "last"]


def test_a_bar_on_a_line_that_is_not_finished_is_progress() -> None:
    command = Command("./download")
    command.prints("[#####     ]  42 %\r[######    ]  57%")
    assert command.reader.running().result.progress == 57
    command.prints("\x1b[?1049h 99%")
    assert command.reader.running().result.progress == 57


def test_what_is_read_on_the_way_is_not_read_again() -> None:
    command = Command()
    for number in range(300):
        command.prints(f"line {number}\n")
        command.reader.look()
    assert command.ends().output.lines == [f"line {number}" for number in range(300)]


def test_a_wrapped_line_that_has_left_the_screen_in_part_is_read_whole() -> None:
    command = Command()
    command.prints("first\n" + "y" * 90)
    command.reader.look()
    command.prints("z" * 30 + "\nlast\n")
    assert command.ends().output.lines == ["first", "y" * 90 + "z" * 30, "last"]


def test_a_flood_leaves_head_and_tail_and_a_count_of_the_rest() -> None:
    command = Command()
    command.prints("first\n")
    for start in range(0, 20_000, 100):
        command.prints("".join(f"n{number}\n" for number in range(start, start + 100)))
        if start % 2000 == 0:
            command.reader.look()
    output = command.ends().output
    assert output.lines[0] == "first"
    assert output.lines[-1] == "n19999"
    assert output.count + output.skipped == 20_001
    assert output.skipped > 0
    assert f"… {output.skipped} lines were not kept …" in output.shown


def test_a_program_that_clears_the_screen_is_read_from_its_top() -> None:
    command = Command()
    command.prints("".join(f"old {number}\n" for number in range(8)))
    command.reader.look()
    command.prints("\x1b[H\x1b[2Jnew\n")
    assert command.ends().output.lines[-1] == "new"


def test_problems_know_the_rows_they_stand_on() -> None:
    command = Command("gcc x.c")
    command.prints("a longer first line\n" + "".join(f"note {n}\n" for n in range(10)))
    command.prints("x.c:3:5: error: it is wrong\n")
    ran = command.ends(1)
    assert [problem.line for problem in ran.result.problems] == [3]
    (row,) = ran.rows
    assert find_line(command.screen, row, ran.said[0]) == row
    command.screen.resize(rows=5, columns=9)
    moved = find_line(command.screen, row, ran.said[0])
    assert moved is not None
    assert moved != row
    assert find_line(command.screen, -1, "no such line") is None


def test_the_newest_lines_end_with_the_last_that_has_text() -> None:
    screen = Engine(20, 5)
    screen.feed(b"one\r\n\r\ntwo\r\n\r\n")
    assert last_lines(screen) == ["one", "", "two"]


# ---- what is kept ----


def test_places_are_counted_over_the_gap() -> None:
    keeper = Keeper()
    keeper.take([(n, f"a{n}") for n in range(3)])
    keeper.skip(10)
    keeper.take([(n, f"a{n}") for n in range(13, 15)])
    output = keeper.output()
    assert output.shown == ["a0", "a1", "a2", "… 10 lines were not kept …", "a13", "a14"]
    assert [output.place(row) for row in (0, 2, 3, 12, 13, 14, 15)] == [
        0,
        2,
        None,
        None,
        4,
        5,
        None,
    ]
    assert keeper.found(14) == (14, "a14")
    assert keeper.found(5) == (-1, "")


def test_no_output_is_kept_without_bounds() -> None:
    keeper = Keeper()
    keeper.take([(n, "x" * 5000) for n in range(10_000)])
    output = keeper.output()
    assert output.count <= HEAD_LINES + TAIL_LINES
    assert max(map(len, output.lines)) == MAX_LINE
    assert sum(map(len, output.lines)) < 300_000


def test_a_damaged_block_is_told_from_text() -> None:
    block = bytearray(packed("some text " * 50))
    assert unpacked(bytes(block)) == "some text " * 50
    block[len(block) // 2] ^= 0x10
    with pytest.raises(ValueError, match=r"."):
        unpacked(bytes(block))
