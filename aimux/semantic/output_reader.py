"""From a pane's rows to the result of the command that prints them.

Rows that have left the screen cannot change any more and are read while the command runs, so many
at each look; what is on the screen is read when it ends. A flood is not followed: its newest rows
are looked at now and then, and the rest is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from itertools import chain, islice
from typing import Protocol

from aimux.semantic.output import Keeper, Ran
from aimux.semantic.recognise import Recogniser
from aimux.semantic.rendering import joined_rows, numbered_lines, part_of_line
from aimux.semantic.segments import CommandRecord
from aimux.vt.history import History
from aimux.vt.render import row_text
from aimux.vt.row import Row

LOOK_ROWS = 200
"""Rows read at one look."""
BEHIND_ROWS = 1000
"""Unread rows that make a flood."""
LAST_ROWS = 2000
"""Rows read at the end."""
LOOK_LINES = 60
"""Lines of one look that the recogniser reads word for word."""
SLICE_LINES = 20
"""Lines that are recognised between two looks at other work."""


class Rows(Protocol):
    """A pane's screen as far as its rows go."""

    history: History

    @property
    def rows(self) -> list[Row]:
        """The rows on the screen."""
        ...

    @property
    def alternate(self) -> bool:
        """Whether a program draws on the alternate screen."""
        ...

    @property
    def cursor_y(self) -> int:
        """The cursor's row on the screen, from 0."""
        ...


class OutputReader:
    """Reads one command's rows.

    Args:
        screen: Where it prints.
        record: The command, which has just begun.
    """

    def __init__(self, screen: Rows, record: CommandRecord) -> None:
        self._screen = screen
        self._record = record
        self._next = record.first_row
        self._kept = Keeper()
        self._known: Recogniser | None = None

    @property
    def _recogniser(self) -> Recogniser:
        """Made when it is first needed: a command's beginning waits for no patterns."""
        if self._known is None:
            self._known = Recogniser(self._record.text)
        return self._known

    def look(self) -> bool:
        """Read rows that have left the screen since the last look; whether there were any."""
        history = self._screen.history
        end = history.pushed
        if end - self._next > BEHIND_ROWS:
            self._skip_to(end - LOOK_ROWS)
        self._skip_to(history.dropped)
        lines = list(self._lines(min(end, self._next + LOOK_ROWS), is_whole=False))
        self._kept.take(lines)
        if lines:
            self._recogniser.feed_lines([line for _, line in lines], limit=LOOK_LINES)
        return bool(lines)

    def running(self) -> Ran:
        """The command and what is known of it so far, the bar on the cursor's row included."""
        screen = self._screen
        if not screen.alternate:
            self._recogniser.glance(row_text(screen.rows[screen.cursor_y]))
        return Ran(self._record, self._recogniser.result(None, is_running=True))

    def running_with_output(self) -> Ran:
        """The same with its output so far, that on the screen included."""
        kept = copy(self._kept)
        screen = self._screen
        end = screen.history.pushed + screen.cursor_y + 1
        kept.take([(-1, line) for _, line in numbered_lines(_rows(screen, self._next, end))])
        return Ran(self._record, self._recogniser.result(None, is_running=True), kept.output())

    @property
    def id(self) -> int:
        """The number of the command in its pane."""
        return self._record.id

    def finish(self, ended: CommandRecord, stop: int) -> Iterator[Ran | None]:
        """Read what is left; the rows are read at once, what they mean in slices.

        Args:
            ended: The command's last record.
            stop: The absolute row behind its output. One above what was read says that the program
                cleared the screen: then what stands there counts, from its top.

        Yields:
            None after each slice, so that others get their turn, and at last the command.
        """
        if stop < self._next:
            self._next = min(stop, self._screen.history.pushed)
        self._skip_to(stop - LAST_ROWS)
        self._skip_to(min(self._screen.history.dropped, stop))
        lines = list(self._lines(stop, is_whole=True))
        while lines and not lines[-1][1]:
            lines.pop()
        return self._digest(lines, ended)

    def _digest(self, lines: list[tuple[int, str]], ended: CommandRecord) -> Iterator[Ran | None]:
        for start in range(0, len(lines), SLICE_LINES):
            part = lines[start : start + SLICE_LINES]
            self._kept.take(part)
            self._recogniser.feed_lines([line for _, line in part], limit=SLICE_LINES)
            yield None
        result = self._recogniser.result(ended.exit_status)
        places = [self._kept.found(problem.row) for problem in result.problems]
        yield Ran(
            ended,
            result,
            self._kept.output(),
            tuple(row for row, _ in places),
            tuple(line for _, line in places),
        )

    def _skip_to(self, row: int) -> None:
        if row > self._next:
            self._recogniser.skip(row - self._next)
            self._kept.skip(row - self._next)
            self._next = row

    def _lines(self, stop: int, *, is_whole: bool) -> Iterator[tuple[int, str]]:
        """The logical lines up to a row; one that goes on there only if no more is to come."""
        begin, parts = self._next, []
        for number, row in enumerate(_rows(self._screen, self._next, stop), self._next + 1):
            parts.append(part_of_line(row))
            if not row.wrapped or (is_whole and number == stop):
                yield begin, "".join(parts).rstrip()
                begin, parts = number, []
                self._next = number
        if len(parts) >= LOOK_ROWS:  # a line longer than a look: it is cut
            yield begin, "".join(parts).rstrip()
            self._next = stop


def _rows(screen: Rows, start: int, stop: int) -> Iterator[Row]:
    """Rows by their absolute numbers; those that are gone are left out."""
    dropped, length = screen.history.dropped, len(screen.history)
    first, last = max(0, start - dropped), max(0, stop - dropped)
    above = screen.history.span(first, min(last, length))
    return chain(above, islice(screen.rows, max(0, first - length), max(0, last - length)))


def last_lines(screen: Rows) -> list[str]:
    """The newest logical lines down to the last one with text, of at most LAST_ROWS rows."""
    end = screen.history.pushed + len(screen.rows)
    return joined_rows(_rows(screen, max(screen.history.dropped, end - LAST_ROWS), end))


def lines_since(screen: Rows, row: int) -> Iterator[str]:
    """The logical lines from an absolute row to the screen's end, the newest LAST_ROWS rows."""
    end = screen.history.pushed + len(screen.rows)
    rows = _rows(screen, max(row, screen.history.dropped, end - LAST_ROWS), end)
    return (line for _, line in numbered_lines(rows))


def find_line(screen: Rows, row: int, said: str) -> int | None:
    """Where a line that was printed at an absolute row stands now: after a resize, elsewhere.

    Args:
        screen: Where it was printed.
        row: Its absolute row of then; -1 if nobody knows.
        said: The logical line.

    Returns:
        An absolute row; None if the line is not there any more.
    """
    start, end = screen.history.dropped, screen.history.pushed + len(screen.rows)
    if start <= row < end and _line_at(screen, row, end).startswith(said):
        return row
    found = None
    for begin, line in numbered_lines(_rows(screen, start, end), start):
        if said and line == said:
            found = begin
    return found


def _line_at(screen: Rows, row: int, end: int) -> str:
    rows = _rows(screen, row, min(end, row + LOOK_ROWS))
    return next((line for _, line in numbered_lines(rows)), "")
