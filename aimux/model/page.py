"""A text over a client's screen, to be read and acted upon: a message, a task.

Whoever opens it gives it lines once they are known. Nothing in them is read as a style or a format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from aimux.keys.modes import InputModes
from aimux.keys.mouse import MouseEvent
from aimux.model.layout_cell import Box
from aimux.model.overlay import Taken
from aimux.styles.width import character_width, text_width

WIDEST, NARROW = 80, 60
FRAME_ROWS = 3  # two borders, and the keys
FRAME_COLUMNS = 4
LEAST_ROWS = FRAME_ROWS + 1
LEAST_COLUMNS = FRAME_COLUMNS + 8
MAX_LINES = 5000
"""Rows of text; what comes behind is left out, and the last row says so."""
LABEL_COLUMNS = 9
WHEEL_ROWS = 3
CLOSING = frozenset({"Escape", "C-c", "C-g", "q", "Enter", "KPEnter"})


class PageLine(Struct, frozen=True):
    """A line, which may take several rows.

    Attributes:
        text: Clean.
        label: What the text is; stands before it.
    """

    text: str
    label: str = ""


@dataclass(slots=True, eq=False)
class Page:
    """An open page.

    Attributes:
        title: Stands in the frame.
        columns: The terminal's width, without the sidebar.
        rows: Its height.
        keys: What can be done: a key, and a word for what it does.
        acted: Called once the page has closed by one of these keys.
        lines: The text; empty until it is known.
        offset: The first row of the text that is shown.
        version: Grows with everything that is drawn.
    """

    title: str
    columns: int
    rows: int
    keys: Sequence[tuple[str, str]]
    acted: Callable[[str], None]
    lines: Sequence[PageLine] = ()
    offset: int = 0
    version: int = 0
    _chosen: str = ""
    _wrapped: list[PageLine] = field(default_factory=list)

    def show(self, lines: Sequence[PageLine]) -> None:
        """Here is the text."""
        self.lines = lines
        self._wrap()

    def _wrap(self) -> None:
        rows: list[PageLine] = []
        for line in self.lines:
            rows += _rows_of(line, self.box.columns - FRAME_COLUMNS)
            if len(rows) > MAX_LINES:
                rows[MAX_LINES:] = [PageLine("the rest is not shown")]
                break
        self._wrapped = rows
        self._scroll(self.offset)

    # ---- where it stands ----

    @property
    def box(self) -> Box:
        """The cells that it takes: in the middle; all of the width where that is small."""
        columns = self.columns if self.columns < NARROW else min(WIDEST, self.columns - 4)
        room = self.rows - 2 if self.columns >= NARROW else self.rows - 1
        rows = max(LEAST_ROWS, min(room, len(self._wrapped) + FRAME_ROWS))
        return Box((self.columns - columns) // 2, max(0, (room - rows) // 2), columns, rows)

    @property
    def height(self) -> int:
        """Rows of the text that are seen."""
        return self.box.rows - FRAME_ROWS

    @property
    def count(self) -> int:
        """Rows of the text."""
        return len(self._wrapped)

    @property
    def shown(self) -> Sequence[PageLine]:
        """The rows that are seen."""
        return self._wrapped[self.offset : self.offset + self.height]

    # ---- what an overlay is ----

    @property
    def boxes(self) -> tuple[Box, ...]:
        """One box."""
        return (self.box,)

    @property
    def modes(self) -> InputModes | None:
        """Keys are its own."""
        return None

    @property
    def all_motion(self) -> bool:
        """It follows clicks and the wheel alone."""
        return False

    def type(self, data: bytes) -> None:
        """Nothing is typed to a program."""

    def fit(self, *, columns: int, rows: int) -> bool:
        """Take its place on a terminal of another size."""
        self.columns, self.rows = columns, rows
        self._wrap()
        return rows > LEAST_ROWS and columns > LEAST_COLUMNS

    def end(self) -> None:
        """Do what a key has asked for."""
        if self._chosen:
            self.acted(self._chosen)

    # ---- keys and mouse ----

    def key(self, name: str) -> Taken:
        """Scroll, close, or close and do something."""
        if name in CLOSING:
            return Taken.CLOSES
        if any(key == name for key, _ in self.keys):
            self._chosen = name
            return Taken.CLOSES
        if name in MOVES:
            self._scroll(MOVES[name](self))
        return Taken.STAYS

    def mouse(self, event: MouseEvent) -> Taken:
        """The wheel scrolls, a click outside closes."""
        if event.wheel:
            self._scroll(self.offset + (WHEEL_ROWS if event.button & 1 else -WHEEL_ROWS))
            return Taken.STAYS
        box = self.box
        inside = box.column <= event.column < box.column + box.columns
        inside = inside and box.row <= event.row < box.row + box.rows
        return Taken.STAYS if inside or event.motion or event.release else Taken.CLOSES

    def _scroll(self, offset: int) -> None:
        self.version += 1
        self.offset = max(0, min(offset, self.count - self.height))


def _rows_of(line: PageLine, columns: int) -> Iterator[PageLine]:
    """A line in rows of so many cells; the label stands before the first one."""
    label = line.label
    room = columns - (LABEL_COLUMNS if label else 0)
    for piece in _pieces(line.text, max(1, room)):
        yield PageLine(piece, label)
        label = " " if label else ""


def _pieces(text: str, columns: int) -> Iterator[str]:
    """A text in pieces that fit, cut between words where there are any."""
    while text_width(text) > columns:
        end = _fitting(text, columns)
        blank = text.rfind(" ", 0, end + 1)
        cut = blank if blank > 0 else end
        yield text[:cut]
        text = text[cut:].lstrip(" ") if blank > 0 else text[cut:]
    yield text


def _fitting(text: str, columns: int) -> int:
    """How many characters fit; at least one."""
    for place, character in enumerate(text):
        columns -= character_width(character)
        if columns < 0:
            return max(1, place)
    return len(text)


MOVES: Mapping[str, Callable[[Page], int]] = {
    **dict.fromkeys(("Up", "k", "C-p"), lambda page: page.offset - 1),
    **dict.fromkeys(("Down", "j", "C-n"), lambda page: page.offset + 1),
    **dict.fromkeys(("PPage", "C-b", "b"), lambda page: page.offset - page.height),
    **dict.fromkeys(("NPage", "C-f", "Space"), lambda page: page.offset + page.height),
    **dict.fromkeys(("Home", "g"), lambda _page: 0),
    **dict.fromkeys(("End", "G"), lambda page: page.count),
}
