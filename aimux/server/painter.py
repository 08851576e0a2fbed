"""What a client is to show: its layout, its status line and its cursor, from the state alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from aimux.commands.client_view import View, status_rows, view_of
from aimux.commands.effects import Effects
from aimux.commands.formats import expand
from aimux.commands.modes import obey_position_format, obey_styles
from aimux.commands.one_pane import tab_rows, tabs
from aimux.commands.scrollbars import slider_of
from aimux.model.client import Client
from aimux.model.layout_cell import Box
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.model.window import Window
from aimux.protocol.picture_messages import Cells, Cursor
from aimux.protocol.server_messages import Look
from aimux.security.clean import clean
from aimux.server.covering import StripRows, cover_strips
from aimux.server.cursor_place import HIDDEN, overlay_cursor, pane_cursor
from aimux.server.floating_drawing import FloatingDrawing
from aimux.server.hints import hint_row, hint_strips, hints_of
from aimux.server.overlay_drawing import NumberedPane, OverlayDrawing
from aimux.server.pane_borders import PaneBorders, pane_indexes
from aimux.server.pane_colours import colours_over
from aimux.server.picture import Picture
from aimux.server.placed import Placed, with_gutter
from aimux.server.redraw_context import RedrawContext
from aimux.server.scrollbar_drawing import cut, scrollbar_rows
from aimux.server.status_line import StatusLine
from aimux.server.tab_row import TabRow, draw_tabs, tab_look
from aimux.styles.sgr import NO_COLOURS, sgr
from aimux.styles.style import PLAIN, Style, parse_style

LOOK_ROLES = ("accent", "attention", "failure", "quiet", "text", "background")


class Painter:
    """Makes the picture of one client.

    Args:
        client: An attached client.

    Attributes:
        status_line: Draws the rows of its status line.
    """

    def __init__(self, state: State, effects: Effects, client: Client) -> None:
        self._state = state
        self._client = client
        self._redraw = RedrawContext(state, effects, client)
        self.status_line = StatusLine(self._redraw)
        self._borders = PaneBorders(self._redraw)
        self._overlays = OverlayDrawing(self._mode_style)
        self._floats = FloatingDrawing(self._borders.floating, self.scrollbar)

    # ---- the window ----

    def view(self) -> View:
        """What the client shows of the window."""
        return view_of(self._client)

    def picture(self) -> Picture:
        """The picture as the state is now."""
        client, session = self._client, self._redraw.session
        options, window = session.options, session.window
        view = self.view()
        count = min(status_rows(options), max(0, client.rows - 1))
        covered = int(not count and self._covers_status())
        on_top = options.text("status-position") == "top"
        tab_row = self._tab_row(client.rows - count)
        first = (count if on_top else 0) + int(tab_row is not None)
        lines = max(count, covered)
        status = range(lines) if on_top else range(client.rows - lines, client.rows)
        hidden = set(status)
        floats = tuple(self._placed(window, window.drawn_floats, first, view, hidden=hidden))
        placed = tuple(self._placed(window, window.drawn_tiled, first, view, hidden=hidden))
        hint = self._hint_box(floats, placed, hidden, on_top=on_top)
        patch = self._patch(hidden, [*(one.frame for one in floats), *([hint] if hint else [])])
        borders = self._borders.tiled(window, first, view)
        if tab_row is not None:
            borders = (*borders, Cells(first - 1, 0, client.columns, tab_row.text))
        return Picture(
            columns=client.columns,
            rows=client.rows,
            first_row=first,
            view=view,
            placed=placed,
            borders=tuple(one for one in borders if not _is_within(one, patch)),
            status_rows=tuple(status),
            patch=patch,
            patched_borders=tuple(one for one in borders if _is_within(one, patch)),
            floats=floats,
            tabs=tab_row,
            hint=hint,
        )

    def _tab_row(self, rows: int) -> TabRow | None:
        """The tabs, if the client has them and room for them above a row of the window."""
        if rows < 2 or not tab_rows(self._client):
            return None
        look = tab_look(self._state.theme.chrome, self._redraw.depth)
        return draw_tabs(tabs(self._redraw.effects, self._client), self._client.columns, look)

    def _hint_box(
        self, floats: Sequence[Placed], tiled: Sequence[Placed], status: set[int], *, on_top: bool
    ) -> Box | None:
        """Where hints stand: beside the status line, or as near to it as the cursor lets them."""
        texts = hints_of(self._client)
        if not texts:
            return None
        cursor = HIDDEN
        if self._client.prompt is None:
            cursor = pane_cursor(self._redraw.active, floats, tiled)
        row = hint_row(
            len(texts),
            first=max(status, default=-1) + 1 if on_top else 0,
            end=self._client.rows if on_top else min(status, default=self._client.rows),
            cursor=cursor.row if cursor.visible else None,
            on_top=on_top,
        )
        return None if row is None else Box(0, row, self._client.window_columns, len(texts))

    def _patch(self, status: set[int], drawn: Sequence[Box]) -> Box | None:
        """All of the window's rows that the overlay, floating panes and hints stand on."""
        overlay = self._client.overlay
        boxes = (*drawn, *(overlay.boxes if overlay is not None else ()))
        if not boxes:
            return None
        first = max(0, min(box.row for box in boxes))
        end = min(self._client.rows, max(box.row + box.rows for box in boxes))
        rows = [row for row in range(first, end) if row not in status]
        return Box(0, rows[0], self._client.window_columns, len(rows)) if rows else None

    def _covers_status(self) -> bool:
        """Whether a prompt or a message needs a row, which without a status line is a window's."""
        return self._client.prompt is not None or self._client.message is not None

    def _placed(
        self, window: Window, panes: Sequence[Pane], first: int, view: View, *, hidden: set[int]
    ) -> Iterator[Placed]:
        panes = [one for one in panes if view.only in (None, one.id)]
        for pane in panes:
            place = first + pane.row - view.row
            start, end = max(first, place), min(first + view.rows, place + pane.rows)
            start += start in hidden
            end -= end - 1 in hidden
            across = pane.column - view.column
            edge = min(view.columns, max(window.columns, window.layout.columns) - view.column)
            column, stop = max(0, across), min(edge, across + pane.columns)
            if stop > column and end > start:
                size = stop - column, end - start
                skipped = start - place, column - across
                colours = self._colours(window, pane)
                placed = Placed(pane, column, start, *size, *skipped, colours)
                yield with_gutter(placed, edge) if pane.gutter else placed

    def scrollbar(self, placed: Placed) -> list[str]:
        """What is seen of a pane's scrollbar, row by row."""
        pane = placed.pane
        if pane.scrollbar is None or placed.gutter is None:
            return []
        style = self._redraw.style(pane.options, "pane-scrollbars-style", PLAIN, pane)
        texts = scrollbar_rows(
            pane.scrollbar, slider_of(pane), rows=pane.rows, style=style, depth=self._redraw.depth
        )
        start = placed.gutter_start
        texts = texts[placed.top : placed.top + placed.rows]
        return cut(texts, pane.scrollbar, start, start + placed.gutter.columns, self._redraw.depth)

    def _colours(self, window: Window, pane: Pane) -> str:
        """What `window-style`, and for the active pane `window-active-style`, say of a pane."""
        style = self._redraw.style(pane.options, "window-style", PLAIN, pane)
        active = PLAIN
        if pane is window.active:
            active = self._redraw.style(pane.options, "window-active-style", PLAIN, pane)
        return sgr(colours_over(style, active), self._client.depth)

    def refresh_modes(self) -> None:
        """What the modes of the visible panes show may be others, or look otherwise."""
        for pane in self._redraw.session.window.visible_panes:
            if pane.mode is not None:
                obey_styles(pane)
                obey_position_format(self._state, pane, self._expander(pane))
                pane.mode.refresh()

    def _expander(self, pane: Pane) -> Callable[[str], str]:
        return lambda text: expand(text, self._redraw.format_context(pane))

    def title(self) -> str:
        """The outer terminal's title: empty unless `set-titles` is on."""
        options = self._redraw.session.options
        if not options.flag("set-titles"):
            return ""
        plain = replace(self._redraw.format_context(), drawn=False)
        return clean(expand(options.text("set-titles-string"), plain, time=True))

    def look(self) -> Look:
        """How the client draws what is its own."""
        client, colours = self._client, self._state.theme.colours
        allowed = client.drawn_depth != NO_COLOURS
        given = {role: colours.get(role, "") for role in LOOK_ROLES} if allowed else {}
        return Look(**given, colours=allowed, utf8=client.utf8)

    # ---- what lies over it ----

    def over(self, picture: Picture) -> StripRows:
        """Floating panes, the client's overlay and its hints as strips over the terminal's rows."""
        over = self._above(picture)
        if not picture.floats:
            return over
        window, view = self._redraw.session.window, picture.view
        area = Box(
            0,
            picture.first_row,
            min(view.columns, window.columns - view.column),
            min(view.rows, window.rows - view.row),
        )
        below = self._floats.strips(picture.floats, area, self._redraw.depth)
        return cover_strips(below, over, self._redraw.depth)

    def _above(self, picture: Picture) -> StripRows:
        overlay, box, depth = self._client.overlay, picture.hint, self._redraw.depth
        strips = self._overlays.strips(overlay, lambda: self._numbered(picture), depth)
        if box is None:
            return strips
        base = parse_style(self._state.theme.chrome.strip)
        texts = hints_of(self._client)
        return cover_strips(strips, hint_strips(texts, box, base, depth), depth)

    def _mode_style(self) -> Style:
        return self._redraw.style(self._redraw.session.window.options, "mode-style", PLAIN)

    def _numbered(self, picture: Picture) -> Iterator[NumberedPane]:
        """The visible panes as display-panes numbers them."""
        session = self._redraw.session
        window, options = session.window, session.options
        indexes = pane_indexes(window)
        for one in (*picture.placed, *reversed(picture.floats)):
            name = "active-" if one.pane is window.active else ""
            yield NumberedPane(
                column=one.column,
                row=one.row,
                columns=one.columns,
                rows=one.rows,
                index=indexes[one.pane.id],
                size=f"{one.pane.columns}x{one.pane.rows}",
                colour=options.text(f"display-panes-{name}colour"),
            )

    # ---- the cursor ----

    def cursor(self, picture: Picture) -> Cursor:
        """Where the cursor stands: in the prompt, in a mode, or where the program has it."""
        if self._client.prompt is not None and picture.status_rows:
            return self.status_line.cursor(picture, self._client.prompt)
        if self._client.overlay is not None:
            return overlay_cursor(self._client.overlay)
        return pane_cursor(self._redraw.active, picture.floats, picture.placed)


def _is_within(cells: Cells, patch: Box | None) -> bool:
    return patch is not None and patch.row <= cells.row < patch.row + patch.rows
