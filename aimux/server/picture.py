"""What a client is to show: its layout, its status line and its cursor, from the state alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from msgspec import Struct, structs

from aimux.commands.border_labels import Label, border_format, labels_of
from aimux.commands.client_view import View, status_rows, view_of
from aimux.commands.effects import Effects
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.commands.later_tmux import is_later
from aimux.commands.modes import obey_position_format, obey_styles
from aimux.commands.one_pane import tab_rows, tabs
from aimux.commands.scrollbars import slider_of
from aimux.commands.targets import Target
from aimux.errors import OptionError
from aimux.ids import PaneId
from aimux.model.borders import BorderView, border_cells
from aimux.model.client import Client
from aimux.model.cursor_colour import cursor_colour
from aimux.model.cursor_shapes import CURSOR_SHAPES
from aimux.model.layout_cell import Box
from aimux.model.mark import Mark
from aimux.model.options import Options
from aimux.model.options_table import ROWS
from aimux.model.overlay import Overlay
from aimux.model.pane import Pane
from aimux.model.popup import Popup
from aimux.model.prompt import Prompt
from aimux.model.session import Session
from aimux.model.state import State
from aimux.model.window import Window
from aimux.protocol.messages import Cells, Cursor, Look, PaneBox
from aimux.security.clean import clean
from aimux.server.covering import StripRows, anchored, cover_strips
from aimux.server.floating_drawing import FloatBorder, FloatingDrawing, border_lines
from aimux.server.hints import hint_row, hint_strips, hints_of
from aimux.server.overlay_drawing import NumberedPane, OverlayDrawing
from aimux.server.pane_colours import colours_over
from aimux.server.placed import Placed, covers, with_gutter
from aimux.server.scrollbar_drawing import cut, scrollbar_rows
from aimux.server.tab_row import TabRow, draw_tabs, tab_look
from aimux.styles.colour import parse_colour
from aimux.styles.draw import StyleRange, draw
from aimux.styles.sgr import NO_COLOURS, sgr
from aimux.styles.style import PLAIN, REVERSE, Style, parse_style
from aimux.styles.style import overlay as with_colours
from aimux.styles.width import text_width

PATCH = -1
"""What stands for a pane's identity where a client is told of the patch."""
GUTTERS = 1 << 30
"""What is added to a pane's identity where a client is told of its scrollbar."""
LOOK_ROLES = ("accent", "attention", "failure", "quiet", "text", "background")
HIDDEN = Cursor(0, 0, visible=False, shape=0)


class Picture(Struct, frozen=True):
    """Where everything stands on a client's screen.

    Attributes:
        first_row: The window's first row on the screen: 1 or more below a status line on top.
        view: What is shown of the window.
        status_rows: The rows of the status line.
        tabs: The row of tabs of a narrow terminal, just above the window; None where there is none.
        patch: The rows of the window that an overlay or a floating pane stands on. They are drawn
            as whole rows, so that no pane's edge cuts what stands on it; what `placed` has there
            is not seen.
        patched_borders: The borders in these rows.
        floats: The floating panes, the front one first; the client is not told of them.
        hint: Where the client's hints stand, which are strips as an overlay is.
    """

    columns: int
    rows: int
    first_row: int
    view: View
    placed: tuple[Placed, ...]
    borders: tuple[Cells, ...]
    status_rows: tuple[int, ...]
    patch: Box | None = None
    patched_borders: tuple[Cells, ...] = ()
    floats: tuple[Placed, ...] = ()
    tabs: TabRow | None = None
    hint: Box | None = None

    def shows(self, pane: Pane) -> bool:
        """Whether a part of a pane is on the screen."""
        return self.of(pane) is not None

    def of(self, pane: Pane) -> Placed | None:
        """Where a pane stands; None if no part of it is on the screen."""
        return next((one for one in (*self.floats, *self.placed) if one.pane is pane), None)

    def tab_at(self, column: int, row: int) -> PaneId | None:
        """The pane whose tab stands at a cell of the terminal."""
        if self.tabs is None or row != self.first_row - 1:
            return None
        return self.tabs.pane_at(column)

    @property
    def boxes(self) -> tuple[PaneBox, ...]:
        """The patch and the panes below it, as the client is told of them."""
        patch = () if self.patch is None else ((PATCH, self.patch),)
        panes = ((one.pane.id, one) for one in self.placed)
        gutters = (
            (GUTTERS + one.pane.id, one.gutter) for one in self.placed if one.gutter is not None
        )
        return tuple(
            PaneBox(number, box.column, box.row, box.columns, box.rows, active=False)
            for number, box in (*patch, *panes, *gutters)
        )

    def is_patched(self, row: int) -> bool:
        """Whether a row of the terminal belongs to the patch."""
        patch = self.patch
        return patch is not None and patch.row <= row < patch.row + patch.rows


class Painter:
    """Makes the picture of one client.

    Args:
        client: An attached client.
    """

    def __init__(self, state: State, effects: Effects, client: Client) -> None:
        self._state = state
        self._effects = effects
        self._client = client
        self._overlays = OverlayDrawing(self._mode_style)
        self._floats = FloatingDrawing(self._float_border, self.scrollbar)

    @property
    def session(self) -> Session:
        """The session that the client shows."""
        session = self._client.session
        if session is None:
            raise AssertionError(f"client {self._client.name} shows no session")
        return session

    @property
    def _active(self) -> Pane:
        """The pane that the client's keys go to."""
        return self._client.pane or self.session.window.active

    def context(self, pane: Pane | None = None) -> StateContext:
        """What format variables mean on this client, for a pane or the active one."""
        link = self.session.current_link
        target = Target(self.session, link, link.window, pane or self._active)
        return StateContext(self._state, self._effects, target, client=self._client, drawn=True)

    # ---- the window ----

    def view(self) -> View:
        """What the client shows of the window."""
        return view_of(self._client)

    def picture(self) -> Picture:
        """The picture as the state is now."""
        client, options, window = self._client, self.session.options, self.session.window
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
        borders = self._borders(window, first, view)
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
        look = tab_look(self._state.theme.chrome, self.depth)
        return draw_tabs(tabs(self._effects, self._client), self._client.columns, look)

    def _hint_box(
        self, floats: Sequence[Placed], tiled: Sequence[Placed], status: set[int], *, on_top: bool
    ) -> Box | None:
        """Where hints stand: beside the status line, or as near to it as the cursor lets them."""
        texts = hints_of(self._client)
        if not texts:
            return None
        cursor = HIDDEN if self._client.prompt is not None else self._pane_cursor(floats, tiled)
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
        style = self.style(pane.options, "pane-scrollbars-style", PLAIN, pane)
        texts = scrollbar_rows(
            pane.scrollbar, slider_of(pane), rows=pane.rows, style=style, depth=self.depth
        )
        start = placed.gutter_start
        texts = texts[placed.top : placed.top + placed.rows]
        return cut(texts, pane.scrollbar, start, start + placed.gutter.columns, self.depth)

    def _colours(self, window: Window, pane: Pane) -> str:
        """What `window-style`, and for the active pane `window-active-style`, say of a pane."""
        style = self.style(pane.options, "window-style", PLAIN, pane)
        active = PLAIN
        if pane is window.active:
            active = self.style(pane.options, "window-active-style", PLAIN, pane)
        return sgr(colours_over(style, active), self._client.depth)

    def refresh_modes(self) -> None:
        """What the modes of the visible panes show may be others, or look otherwise."""
        for pane in self.session.window.visible_panes:
            if pane.mode is not None:
                obey_styles(pane)
                obey_position_format(self._state, pane, self._expander(pane))
                pane.mode.refresh()

    def _expander(self, pane: Pane) -> Callable[[str], str]:
        return lambda text: expand(text, self.context(pane))

    def _borders(self, window: Window, first: int, shown: View) -> tuple[Cells, ...]:
        if shown.only is not None:
            return ()
        labels = self._labels(window)
        view = BorderView(
            boxes={pane.id: pane.box for pane in window.drawn_tiled},
            active=self._active.id if self._active in window.drawn_tiled else None,
            columns=window.columns,
            rows=window.rows,
            indexes=self._indexes(window),
            lines=window.options.text("pane-border-lines"),
            indicators=window.options.text("pane-border-indicators"),
            border_status=window.border_status,
            marked=self._marked(window),
            fill=window.options.text("fill-character"),
            offset=(shown.column, shown.row),
            urgent=self._urgent(window),
            labels={pane: label.columns for pane, label in labels.items()},
        )
        pieces = border_cells(
            view,
            columns=self._client.window_columns,
            rows=shown.rows,
            style_for=self._border_style,
            status_for=partial(self._border_text, labels),
        )
        return tuple(Cells(one.row + first, one.column, one.columns, one.text) for one in pieces)

    def _urgent(self, window: Window) -> frozenset[PaneId]:
        """The panes whose border calls for attention."""
        return frozenset(
            pane.id
            for pane in window.drawn_tiled
            if self.style(pane.options, "pane-attention-border-style", PLAIN, pane) != PLAIN
        )

    def _indexes(self, window: Window) -> dict[PaneId, int]:
        base = window.options.number("pane-base-index")
        return {pane.id: index for index, pane in enumerate(window.panes, base)}

    def _marked(self, window: Window) -> PaneId | None:
        mark = self._state.valid_mark
        return mark.pane.id if mark is not None and self._is_here(mark, window) else None

    def _is_here(self, mark: Mark, window: Window) -> bool:
        """Whether a mark is in the place that the client shows."""
        here = mark.session is self.session and mark.link is self.session.current
        return here and mark.link.window is window

    def _float_border(self, placed: Placed) -> FloatBorder:
        """How the border of a floating pane looks."""
        window, pane = self.session.window, placed.pane
        name = "pane-active-border-style" if pane is self._active else "pane-border-style"
        style = self.style(pane.options, name, PLAIN, pane)
        if pane.id == self._marked(window):
            style = replace(style, attributes=style.attributes ^ REVERSE)
        status, title = window.border_status, ""
        if status != "off":
            title = expand(border_format(pane.options), self.context(pane))
        elif (label := self._labels(window).get(pane.id)) is not None:
            title = label.text
        lines = window.options.text("pane-border-lines")
        return FloatBorder(
            border_lines(lines, self._indexes(window).get(pane.id, 0)),
            style,
            title,
            title_below=status == "bottom",
        )

    def _border_style(self, identity: PaneId | None, reverse: bool) -> str:
        window = self.session.window
        pane = window.pane(identity) if identity is not None else None
        name = "pane-active-border-style" if pane is self._active else "pane-border-style"
        options = pane.options if pane is not None else window.options
        style = self._border_look(pane, name) if pane is not None else None
        style = style or self.style(options, name, PLAIN, pane)
        text = sgr(style, self.depth)
        codes = ";".join(part for part in (text, "7" if reverse else "") if part)
        return f"\x1b[{codes}m" if codes else ""

    def _border_look(self, pane: Pane, name: str) -> Style:
        """A pane's border by that option, and by what calls for attention."""
        style = self.style(pane.options, name, PLAIN, pane)
        return self.style(pane.options, "pane-attention-border-style", style, pane)

    def _labels(self, window: Window) -> Mapping[PaneId, Label]:
        """What stands in the borders above panes that have no line of their own."""
        return labels_of(self._effects, self._client, window, self._state.theme)

    def _border_text(self, labels: Mapping[PaneId, Label], identity: PaneId, line: str) -> str:
        """A pane's label, or its own line in the border."""
        pane = self.session.window.pane(identity)
        if pane is None:
            return line
        name = "pane-active-border-style" if pane is self._active else "pane-border-style"
        base = self._border_look(pane, name)
        label = labels.get(identity)
        text = label.text if label else expand(border_format(pane.options), self.context(pane))
        drawn = draw(f"{text}#[default]{line}", columns=len(line), base=base, depth=self.depth)
        return anchored(drawn.text, len(line), self.depth)

    def title(self) -> str:
        """The outer terminal's title: empty unless `set-titles` is on."""
        options = self.session.options
        if not options.flag("set-titles"):
            return ""
        plain = replace(self.context(), drawn=False)
        return clean(expand(options.text("set-titles-string"), plain, time=True))

    def look(self) -> Look:
        """How the client draws what is its own."""
        client, colours = self._client, self._state.theme.colours
        allowed = client.drawn_depth != NO_COLOURS
        given = {role: colours.get(role, "") for role in LOOK_ROLES} if allowed else {}
        return Look(**given, colours=allowed, utf8=client.utf8)

    @property
    def depth(self) -> int:
        """Colours of what is drawn here; panes' rows are not."""
        return self._client.drawn_depth

    def style(self, options: Options, name: str, base: Style, pane: Pane | None = None) -> Style:
        """A style option's value on top of `base`; what cannot be read changes nothing."""
        text = options.text(name)
        if "#{" in text:
            text = expand(text, self.context(pane))
        try:
            return parse_style(text, base, base)
        except OptionError:
            return base

    # ---- what lies over it ----

    def over(self, picture: Picture) -> StripRows:
        """Floating panes, the client's overlay and its hints as strips over the terminal's rows."""
        over = self._above(picture)
        if not picture.floats:
            return over
        window, view = self.session.window, picture.view
        area = Box(
            0,
            picture.first_row,
            min(view.columns, window.columns - view.column),
            min(view.rows, window.rows - view.row),
        )
        below = self._floats.strips(picture.floats, area, self.depth)
        return cover_strips(below, over, self.depth)

    def _above(self, picture: Picture) -> StripRows:
        overlay, box = self._client.overlay, picture.hint
        strips = self._overlays.strips(overlay, lambda: self._numbered(picture), self.depth)
        if box is None:
            return strips
        base = parse_style(self._state.theme.chrome.strip)
        texts = hints_of(self._client)
        return cover_strips(strips, hint_strips(texts, box, base, self.depth), self.depth)

    def _mode_style(self) -> Style:
        return self.style(self.session.window.options, "mode-style", PLAIN)

    def _numbered(self, picture: Picture) -> Iterator[NumberedPane]:
        """The visible panes as display-panes numbers them."""
        window, options = self.session.window, self.session.options
        indexes = self._indexes(window)
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
            return self._prompt_cursor(picture, self._client.prompt)
        if self._client.overlay is not None:
            return _overlay_cursor(self._client.overlay)
        return self._pane_cursor(picture.floats, picture.placed)

    def _pane_cursor(self, floats: Sequence[Placed], tiled: Sequence[Placed]) -> Cursor:
        active = self._active
        placed = next((one for one in (*floats, *tiled) if one.pane is active), None)
        if placed is None:
            return HIDDEN
        cursor = self._cursor_of(active, placed)
        above = floats[: floats.index(placed)] if placed in floats else floats
        is_covered = any(covers(one.frame, cursor.column, cursor.row) for one in above)
        return HIDDEN if is_covered else cursor

    def _cursor_of(self, active: Pane, placed: Placed) -> Cursor:
        if active.mode is not None:
            place = active.mode.cursor()
            return self._cursor_at(placed, *place, shape=0) if place is not None else HIDDEN
        screen = active.screen
        if not screen.cursor_visible:
            return HIDDEN
        at = self._cursor_at(placed, screen.cursor_y, screen.cursor_x, shape=_shape_of(active))
        return structs.replace(at, colour=_colour_of(active)) if at.visible else at

    def _cursor_at(self, placed: Placed, row: int, column: int, *, shape: int) -> Cursor:
        row, column = row - placed.top, column - placed.left
        if not (0 <= row < placed.rows and 0 <= column < placed.columns):
            return HIDDEN
        return Cursor(placed.row + row, placed.column + column, visible=True, shape=shape)

    def _prompt_cursor(self, picture: Picture, prompt: Prompt) -> Cursor:
        before = text_width(prompt.label) + text_width(prompt.shown[: prompt.cursor])
        column = min(before - self._prompt_skip(prompt), self._client.columns - 1)
        row = picture.status_rows[self._message_line(len(picture.status_rows))]
        name = "prompt-command-cursor-style" if prompt.commands else "prompt-cursor-style"
        shape = CURSOR_SHAPES[self.session.options.text(name)]
        colour = cursor_colour(self.session.options.text("prompt-cursor-colour"))
        return Cursor(row, column, visible=True, shape=shape, colour=colour)

    def _message_line(self, count: int) -> int:
        """The row of so many that messages take: the last one, as tmux 3.7 by `message-line`."""
        wanted = int(self.session.options.text("message-line"))
        version = self._state.server_options.text("tmux-version")
        return min(wanted, count - 1) if wanted or is_later(version) else count - 1

    def _prompt_skip(self, prompt: Prompt) -> int:
        """Cells of label and text that are left of the screen."""
        before = text_width(prompt.label) + text_width(prompt.shown[: prompt.cursor])
        return max(0, before - self._client.columns + 1)

    # ---- the status line ----

    def status(self, picture: Picture) -> tuple[list[str], tuple[StyleRange, ...]]:
        """The status line's rows, and what the mouse means in the first one."""
        count = len(picture.status_rows)
        if not count:
            return [], ()
        options = self.session.options
        base = self._status_style(options)
        formats = options.items("status-format")
        drawn = []
        for index in range(count):
            text = expand(str(formats.get(index, "")), self.context(), time=True)
            drawn.append(draw(text, columns=picture.columns, base=base, depth=self.depth))
        rows = [line.text for line in drawn]
        overlay = self._overlay(picture)
        if overlay is not None:
            rows[self._message_line(count)] = overlay
        rows = [anchored(row, picture.columns, self.depth) for row in rows]
        return rows, drawn[0].ranges

    def _status_style(self, options: Options) -> Style:
        """`status-style`, with the colours of `status-fg` and `status-bg` if they are set."""
        style = self.style(options, "status-style", PLAIN)
        fg, bg = (parse_colour(options.text(f"status-{part}")) for part in ("fg", "bg"))
        return with_colours(style, Style(fg=fg, bg=bg))

    def _overlay(self, picture: Picture) -> str | None:
        """The prompt or the message that covers the status line."""
        client, options = self._client, self.session.options
        if client.prompt is not None:
            commands = client.prompt.commands
            name = "message-command-style" if commands else "message-style"
            base = self.style(options, name, PLAIN)
            text = client.prompt.label + client.prompt.shown
            skip = self._prompt_skip(client.prompt)
            return draw(
                text[skip:].replace("#", "##"), columns=picture.columns, base=base, depth=self.depth
            ).text
        if client.message is not None:
            base = self.style(options, "message-style", PLAIN)
            text = self._formatted_message(client.message)
            return draw(text, columns=picture.columns, base=base, depth=self.depth).text
        return None

    def _formatted_message(self, message: str) -> str:
        """A message as `message-format` shows it, whose default is what `message-style` says."""
        template = self.session.options.text("message-format")
        if template == ROWS["message-format"].default:
            return message
        extra = {"message": message, "command_prompt": "0"}
        return expand(template, replace(self.context(), extra=extra))


def _overlay_cursor(overlay: Overlay) -> Cursor:
    """A popup's program has a cursor, unless the popup's menu is open."""
    if not isinstance(overlay, Popup) or overlay.menu is not None:
        return HIDDEN
    screen, box, border = overlay.pane.screen, overlay.box, overlay.border
    row, column = box.row + border + screen.cursor_y, box.column + border + screen.cursor_x
    inside = screen.cursor_y < box.rows - 2 * border and screen.cursor_x < box.columns - 2 * border
    if not screen.cursor_visible or not inside:
        return HIDDEN
    return Cursor(row, column, visible=True, shape=screen.cursor_shape)


def _shape_of(pane: Pane) -> int:
    """What its program asked for, or else `cursor-style`."""
    return pane.screen.cursor_shape or CURSOR_SHAPES[pane.options.text("cursor-style")]


def _colour_of(pane: Pane) -> int:
    """What its program asked for (OSC 12), or else `cursor-colour`."""
    colours = pane.screen.colours
    if colours.is_changed(12):
        return colours.cursor
    return cursor_colour(pane.options.text("cursor-colour"))


def _is_within(cells: Cells, patch: Box | None) -> bool:
    return patch is not None and patch.row <= cells.row < patch.row + patch.rows
