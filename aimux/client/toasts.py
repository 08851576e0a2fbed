"""Lines in a corner of the window that say what happened elsewhere, and go away by themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.message import Message as TextualMessage
from textual.widget import Widget
from typing_extensions import override

from aimux.client.sidebar.marks import SHAPES, Marks, look_of
from aimux.client.sidebar.panel import cut, joined
from aimux.protocol.picture_messages import Cursor
from aimux.protocol.server_messages import Toast

SHOWN_SECONDS = 6.0
MAX_TOASTS = 3
MAX_COLUMNS = 48


@dataclass(frozen=True, slots=True)
class Room:
    """Where the window stands in the terminal."""

    column: int
    row: int
    columns: int
    rows: int


def rows_for(count: int, room: Room, cursor: Cursor) -> int | None:
    """The first of `count` rows at the top or else the bottom of the window, without the cursor's.

    None where there is no such place.
    """
    if count <= 0 or count > room.rows:
        return None
    for first in (room.row, room.row + room.rows - count):
        if not cursor.visible or not first <= cursor.row < first + count:
            return first
    return None


class Toasts(Widget):
    """At most MAX_TOASTS lines, the newest last. Hidden while there are none.

    Args:
        marks: What the terminal can show.
        moved: Called when it has come, gone or moved.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Toasts {
        position: absolute;
        layer: toasts;
        background: ansi_default;
        color: ansi_default;
    }
    """

    class Opened(TextualMessage):
        """A line was clicked on."""

        def __init__(self, pane: int) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self, marks: Marks = SHAPES, moved: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.display = False
        self._marks = marks
        self._moved = moved
        self._toasts: list[Toast] = []
        self._room = Room(0, 0, 0, 0)
        self._place: tuple[int, int, int, int] | None = None

    def add(self, toast: Toast, cursor: Cursor) -> None:
        """Show one more; the oldest makes room for it."""
        self._toasts = [*self._toasts, toast][-MAX_TOASTS:]
        self.set_timer(SHOWN_SECONDS, lambda: self._expire(toast, cursor))
        self.refresh()
        self.keep_clear(cursor)

    def _expire(self, toast: Toast, cursor: Cursor) -> None:
        if any(one is toast for one in self._toasts):
            self._toasts = [one for one in self._toasts if one is not toast]
            self.refresh()
            self.keep_clear(cursor)

    def lay_out(self, room: Room, cursor: Cursor) -> None:
        """The window stands elsewhere."""
        self._room = room
        self.keep_clear(cursor)

    def keep_clear(self, cursor: Cursor) -> None:
        """Go where the cursor is not; cheap while there is nothing to show."""
        if not self._toasts and self._place is None:
            return
        place = self._find_place(cursor)
        if place == self._place:
            return
        self._place = place
        self.display = place is not None
        if place is not None:
            column, row, self.styles.width, self.styles.height = place
            self.styles.offset = (column, row)
        self._moved()

    def _find_place(self, cursor: Cursor) -> tuple[int, int, int, int] | None:
        room, count = self._room, len(self._toasts)
        row = rows_for(count, room, cursor)
        width = max((line.cell_len for line in self._lines()), default=0)
        if row is None or not 0 < width <= room.columns:
            return None
        return room.column + room.columns - width, row, width, count

    def _lines(self) -> list[Text]:
        widest = min(MAX_COLUMNS, self._room.columns)
        texts = [self._line(toast) for toast in self._toasts]
        width = min(widest, max((text.cell_len for text in texts), default=0))
        return [self._fitted(text, width) for text in texts]

    def _line(self, toast: Toast) -> Text:
        look = look_of(toast.state)
        return joined((f" {self._marks.of(toast.state)} ", look.style), (f"{toast.text} ", ""))

    def _fitted(self, text: Text, width: int) -> Text:
        row = cut(text, width, self._marks)
        row.pad_right(width - row.cell_len)
        row.stylize("reverse")
        return row

    @override
    def render(self) -> Text:
        return Text("\n", no_wrap=True).join(self._lines())

    def on_click(self, event: events.Click) -> None:
        """Go where it happened."""
        event.stop()
        index = int(event.screen_y) - self.region.y
        if 0 <= index < len(self._toasts):
            self.post_message(self.Opened(self._toasts[index].pane))

    def covers(self, column: int, row: int) -> bool:
        """Whether a line is seen at this cell of the terminal."""
        return self.display and self.region.contains(column, row)
