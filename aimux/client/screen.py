"""The one screen: window, status line and sidebar, and where they stand."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from typing_extensions import override

from aimux.client.canvas import Canvas, Change
from aimux.client.canvas_view import CanvasView
from aimux.client.sidebar.marks import Marks
from aimux.client.sidebar.placing import Place
from aimux.client.sidebar.sidebar import Sidebar
from aimux.client.toasts import Room, Toasts
from aimux.protocol.picture_messages import Cursor


class ClientScreen(Screen[None], inherit_bindings=False):
    """Places the widgets by the canvas's layout, and redraws what a frame changed.

    Args:
        canvas: What the server sent.
        clock: Seconds since the epoch.
        marks: What the terminal can show.
        on_covered: Called when something comes to lie over this screen, or goes.
    """

    AUTO_FOCUS = ""
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ClientScreen { layers: base over toasts; background: ansi_default; color: ansi_default; }
    """

    def __init__(
        self,
        canvas: Canvas,
        clock: Callable[[], float],
        marks: Marks,
        on_covered: Callable[[], None],
    ) -> None:
        super().__init__()
        self.window = CanvasView(canvas)
        self.upper_status = CanvasView(canvas)
        self.lower_status = CanvasView(canvas)
        self.sidebar = Sidebar(clock, marks)
        self.toasts = Toasts(marks, on_covered)
        self._canvas = canvas
        self._on_covered = on_covered
        self._views = (self.window, self.upper_status, self.lower_status)
        self._place = Place()

    @override
    def compose(self) -> ComposeResult:
        yield from self._views
        yield self.sidebar
        yield self.toasts

    def on_screen_suspend(self) -> None:
        """Another screen has the keyboard."""
        self._on_covered()

    def on_screen_resume(self) -> None:
        """This screen has the keyboard again."""
        self._on_covered()

    @property
    def window_is_covered(self) -> bool:
        """Whether the sidebar or a toast lies over a part of the window."""
        return self._place.over > 0 or self.toasts.display

    def column_of(self, row: int) -> int:
        """The terminal column in which a row of the canvas begins."""
        return 0 if row in self._canvas.status_rows else self._place.window_column

    @property
    def cursor(self) -> Cursor:
        """The cursor in cells of the terminal."""
        cursor = self._canvas.cursor
        shift = self.column_of(cursor.row)
        return structs.replace(cursor, column=cursor.column + shift) if shift else cursor

    def lay_out(self, size: Size, place: Place) -> None:
        """Give every widget its place on a terminal of this size."""
        self._place = place
        above, below = _status_rows(self._canvas.status_rows, size.height)
        rows = size.height - above - below
        self.upper_status.place(first_row=0, rows=above, columns=size.width)
        columns, column = size.width - place.beside, place.window_column
        self.window.place(first_row=above, rows=rows, columns=columns, first_column=column)
        self.lower_status.place(first_row=above + rows, rows=below, columns=size.width)
        self._arrange_sidebar(size, first_row=above, rows=rows)
        free = 0 if place.page else rows  # the page of agents says all that a toast would
        room = Room(column, above, columns - place.over, free)
        self.toasts.lay_out(room, self._canvas.cursor)

    def show(self, change: Change) -> None:
        """Redraw what changed, through Textual."""
        if change.whole:
            self.show_all()
            return
        rows = {slot.row for slot in change.slots}
        for view in self._views:
            view.redraw(rows)

    def show_all(self) -> None:
        """Redraw every cell of the terminal."""
        for view in self._views:
            view.forget_all()
        self.refresh()

    def forget(self, change: Change) -> None:
        """Remember that rows changed which were drawn past Textual."""
        rows = {slot.row for slot in change.slots}
        for view in self._views:
            view.forget(rows)

    def covers(self, column: int, row: int) -> bool:
        """Whether the sidebar or a toast is seen at this cell."""
        sidebar = self.sidebar
        covered = sidebar.display and sidebar.region.contains(column, row)
        return covered or self.toasts.covers(column, row)

    def _arrange_sidebar(self, size: Size, *, first_row: int, rows: int) -> None:
        place, columns = self._place, self._place.columns
        shown = columns > 0 and rows > 0
        if shown:
            column = 0 if place.left else size.width - columns
            self.sidebar.styles.offset = (column, first_row)
            self.sidebar.styles.width = columns
            self.sidebar.styles.height = rows
            self.sidebar.stand(left=place.left, page=place.page)
        self.sidebar.show(shown=shown, page=place.page)


def _status_rows(status_rows: tuple[int, ...], height: int) -> tuple[int, int]:
    """How many rows the status line takes at the top and at the bottom."""
    rows = {row for row in status_rows if row < height}
    above = next((row for row in range(height) if row not in rows), 0)
    below = next((row for row in range(height) if height - 1 - row not in rows), 0)
    return above, below
