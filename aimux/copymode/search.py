"""Finding text in a grid: the next match, and the matches that are marked on the screen.

A match may begin in one row and end in the rows that this one is wrapped to. Rows are searched over
their whole width, blanks at their ends included, as tmux 3.3a searches them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from msgspec import Struct

from aimux.copymode.grid import Grid
from aimux.copymode.pattern import Pattern, Span, is_regex, plain_pattern, regex_pattern
from aimux.copymode.selection import Place

ALL_SECONDS = 0.05
# tmux gives up after 10 seconds, in which it serves nobody.
VISIBLE_SECONDS = 1.0
MAX_CHAIN = 50
MAX_MARK = 255
# What is told of a count that goes on: more than so many.
STEPS = (1000, 100, 10)


Answer = TypeVar("Answer")
Hunt = Generator[float, None, Answer]
"""A search that can be left and gone on with: it tells which part of the rows is done."""


@dataclass(slots=True, eq=False)
class SearchMemory:
    """What was searched for last in a pane; it outlives the mode."""

    text: str | None = None
    regex: bool = False


class Found(Struct, frozen=True):
    """A match: where it begins, and how many cells it has."""

    place: Place
    cells: int


class Search:
    """One text, and where it is.

    Attributes:
        text: What is searched for; None until something was.
        regex: Whether it is a regular expression.
        upward: Whether `search-again` searches upward.
        forward: Which way the last search went.
        marks: For every cell of the screen 0, or a number that its neighbours in a match share;
            None while no matches are shown.
        count: Matches in all rows; -1 while they are not known.
        more: Whether there are more than `count`.
        timed_out: To mark the matches took too long: nothing is searched for until another text is
            given.
        hunt: The search that was begun and left, as it takes long.
        counting: The count of matches that was begun and left.
        progress: Which part of the rows it has searched.
    """

    def __init__(self, memory: SearchMemory, clock: Callable[[], float]) -> None:
        self.memory = memory
        self.text = memory.text
        self.regex = memory.regex
        self.upward: bool | None = None if memory.text is None else True
        self.forward = False
        self.marks: bytearray | None = None
        self.count = 0
        self.more = False
        self.timed_out = False
        self.hunt: Hunt[bool] | None = None
        self.progress = 0.0
        self.counting: Generator[int, None, int] | None = None
        self._clock = clock
        self._count_all = True
        self._pattern: Pattern | None = None
        self._is_regex = False

    def prepare(self, *, regex: bool) -> bool:
        """Compile the text; True if it is the one before, whose matches have been counted."""
        text = self.text or ""
        regex = regex and is_regex(text)
        memory = self.memory
        known = not self._count_all and memory.text == text and memory.regex == regex
        self._count_all = False
        memory.text, memory.regex = text, regex
        self._is_regex = regex
        if not known:
            self.counting = None
        self._pattern = regex_pattern(text) if regex else plain_pattern(text)
        return known

    def clear(self) -> None:
        """Show no matches."""
        self.marks = None

    # ---- one row ----

    def _text(self, grid: Grid, row: int) -> tuple[str, list[int] | None]:
        """A row and those it is wrapped to; the cell of each character if they are not one each."""
        last = row
        while last < grid.last and last - row < MAX_CHAIN and grid.wrapped(last):
            last += 1
        rows = range(row, last + 1)
        if not self._is_regex or all(grid.row(each).clusters is None for each in rows):
            return "".join(grid.padded(each) for each in rows), None
        return _characters(grid, rows)

    def first_in(self, grid: Grid, row: int, start: int) -> Found | None:
        """The first match that begins in a row at a column from `start` on."""
        if self._pattern is None or start >= grid.columns:
            return None
        text, cells = self._text(grid, row)
        first = start if cells is None else bisect_left(cells, start)
        span = self._pattern.searches(text).find(first)
        found = None if span is None else _found(span, row, cells)
        if found is None or not found.cells or found.place.column >= grid.columns:
            return None
        return found

    def last_in(self, grid: Grid, row: int, end: int) -> Found | None:
        """The last match that begins in a row before the column `end`."""
        if self._pattern is None:
            return None
        text, cells = self._text(grid, row)
        searches = self._pattern.searches(text)
        best, position = None, 0
        while span := searches.find(position):
            found = _found(span, row, cells)
            if not found.cells or found.place.column >= end:
                break
            best = found
            if self._is_regex and found.place.column + found.cells >= end:
                break
            position = span[1] if self._is_regex else span[0] + 1
        return best

    # ---- all rows ----

    def next_match(self, grid: Grid, place: Place, *, wrap: bool) -> Hunt[Place | None]:
        """Look for the first match from a place on; with `wrap` also before it."""
        rows = chain(range(place.row, len(grid.rows)), range(place.row + 1) if wrap else ())
        start = place.column
        for done, row in enumerate(rows):
            yield done / len(grid.rows)
            found = self.first_in(grid, row, start)
            if found is not None:
                return found.place
            start = 0
        return None

    def previous_match(self, grid: Grid, place: Place, *, wrap: bool) -> Hunt[Place | None]:
        """Look for the last match up to a place; with `wrap` also behind it."""
        before = ((row, 0) for row in range(place.row, -1, -1))
        behind = ((row, place.row) for row in range(grid.last, place.row - 1, -1) if wrap)
        end = place.column + 1
        for done, (row, stop) in enumerate(chain(before, behind)):
            yield done / len(grid.rows)
            found = self.last_in(grid, row, end)
            if found is not None:
                return self._longest(grid, found, stop)
            end = grid.columns
        return None

    @property
    def is_running(self) -> bool:
        """Whether a search was begun and left; `go_on` goes on with it."""
        return self.hunt is not None

    def stop(self) -> None:
        """Give up the search that was begun and left."""
        self.hunt = None

    def go_on(self, seconds: float) -> bool:
        """Search for a while; what the search gave, and True while it has not ended."""
        limit = self._clock() + seconds
        while self.hunt is not None:
            try:
                self.progress = next(self.hunt)
            except StopIteration as end:
                self.hunt = None
                return bool(end.value)
            if self._clock() > limit:
                break
        return True

    def _longest(self, grid: Grid, found: Found, stop: int) -> Place:
        """The match itself, or the one with the same end that begins in a row wrapped to it."""
        place, row, end = found.place, found.place.row, _end(grid, found)
        candidate: Found | None = found
        while self._is_regex and candidate is not None and not candidate.place.column:
            if row <= stop or not grid.wrapped(row - 1) or _end(grid, candidate) != end:
                break
            row -= 1
            candidate = self.last_in(grid, row, grid.columns)
            if candidate is not None and _end(grid, candidate) == end:
                place = candidate.place
        return place

    # ---- marks ----

    def mark_visible(self, grid: Grid, top: int) -> None:
        """Mark the matches that are shown now, if matches are shown."""
        if self.marks is not None and not self.timed_out:
            self.mark(grid, top, visible_only=True)

    def mark(self, grid: Grid, top: int, *, visible_only: bool) -> None:
        """Mark the matches on the screen, and count all of them unless `visible_only`.

        Counting is left after ALL_SECONDS: `count_on` goes on with it.
        """
        if self._pattern is None:
            self.prepare(regex=self.regex)
        self._mark_visible(grid, top)
        if not visible_only and not self.timed_out:
            self.counting = self._count(grid)
            self.count_on(ALL_SECONDS)

    def _mark_visible(self, grid: Grid, top: int) -> None:
        self.marks = bytearray(grid.columns * grid.lines)
        limit, number = self._clock() + VISIBLE_SECONDS, 1
        for row in range(_chain_start(grid, top), top + grid.lines):
            for found in self._matches_in(grid, row):
                if self._mark_one(grid, top, found, number):
                    number = number % MAX_MARK + 1
                if self._clock() > limit:
                    break
            if self._clock() > limit:
                self.timed_out, self.marks = True, None
                return

    def _matches_in(self, grid: Grid, row: int) -> Iterator[Found]:
        """The matches that begin in a row, one behind the other."""
        column = 0
        while found := self.first_in(grid, row, column):
            yield found
            column = found.place.column + found.cells

    def _count(self, grid: Grid) -> Generator[int, None, int]:
        """Count all matches; tells how many there are so far."""
        count = 0
        for row in range(len(grid.rows)):
            yield count
            for _ in self._matches_in(grid, row):
                count += 1
                yield count
        return count

    def count_on(self, seconds: float) -> None:
        """Go on counting for a while; then there are `more`, or `count` is known."""
        limit = self._clock() + seconds
        while self.counting is not None:
            try:
                count = next(self.counting)
            except StopIteration as end:
                self.counting, self.count, self.more = None, int(end.value), False
                return
            if self._clock() > limit:
                self.more = True
                self.count = next((step for step in STEPS if count > step), -1)
                return

    def _mark_one(self, grid: Grid, top: int, found: Found, number: int) -> bool:
        if self.marks is None or not top <= found.place.row < top + grid.lines:
            return False
        start = (found.place.row - top) * grid.columns + found.place.column
        for index in range(start, min(start + found.cells, len(self.marks))):
            self.marks[index] = self.marks[index] or number
        return True

    def index(self, grid: Grid, place: Place, top: int) -> int | None:
        """The place of a cell in `marks`; None if it is not on the screen or nothing is marked."""
        if self.marks is None or not top <= place.row < top + grid.lines:
            return None
        index = (place.row - top) * grid.columns + place.column
        return index if index < len(self.marks) else None

    def extent(self, index: int) -> tuple[int, int]:
        """The first and the last index of the match that `index` is in."""
        marks = self.marks or bytearray(1)
        start = end = index
        while start and marks[start - 1] == marks[index]:
            start -= 1
        while end + 1 < len(marks) and marks[end + 1] == marks[index]:
            end += 1
        return start, end

    def match_at(self, grid: Grid, place: Place, top: int) -> str | None:
        """The text of the match at a cell, or just before it; None if there is none."""
        index = self.index(grid, place, top)
        if index is None or self.marks is None:
            return None
        if not self.marks[index]:
            index -= 1
        if index < 0 or not self.marks[index]:
            return None
        start, end = self.extent(index)
        cells = (divmod(each, grid.columns) for each in range(start, end + 1))
        return "".join(grid.cell(column, top + row) for row, column in cells)


def _found(span: Span, row: int, cells: list[int] | None) -> Found:
    start, end = span
    if cells is not None:
        start, end = cells[start], cells[end]
    return Found(Place(start, row), end - start)


def _end(grid: Grid, found: Found) -> tuple[int, int]:
    """The row and the column behind a match."""
    rows, column = divmod(found.place.column + found.cells, grid.columns)
    return found.place.row + rows, column


def _characters(grid: Grid, rows: range) -> tuple[str, list[int]]:
    characters, cells = [], []
    for number, row in enumerate(rows):
        for column in range(grid.columns):
            character = grid.cell(column, row)
            characters.append(character)
            cells += [number * grid.columns + column] * len(character)
    cells.append(len(rows) * grid.columns)
    return "".join(characters), cells


def _chain_start(grid: Grid, row: int) -> int:
    """The first of the rows that are wrapped to `row`, as far up as a match may begin."""
    start = row
    while start and row - start < MAX_CHAIN and grid.wrapped(start - 1):
        start -= 1
    return start
