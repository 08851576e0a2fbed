"""The Textual app of one attached client: messages of the server in, what was typed out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import ExitStack
from functools import singledispatchmethod
from typing import Any, Literal

from msgspec import structs
from rich.console import Console
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message as TextualMessage
from textual.screen import Screen
from typing_extensions import override

from aimux.abilities.features import MONOCHROME
from aimux.abilities.questions import Told
from aimux.client import sequences
from aimux.client.canvas import Area, Canvas, Change
from aimux.client.driver import TerminalDriver
from aimux.client.link import Link
from aimux.client.opening import Opened
from aimux.client.painting import Ability, painted
from aimux.client.palette_look import palette_colours
from aimux.client.palettes import Palettes
from aimux.client.router import Router
from aimux.client.screen import ClientScreen
from aimux.client.sidebar.look import NO_LOOK
from aimux.client.sidebar.marks import SHAPES, Marks
from aimux.client.sidebar.placing import Placing
from aimux.client.sidebar.sidebar import Sidebar
from aimux.client.textual_events import EventMaker, report_of_event
from aimux.client.textual_keys import key_of_event
from aimux.client.toasts import Toasts
from aimux.errors import OpeningError
from aimux.keys.tokenizer import Token
from aimux.protocol.client_messages import (
    ClipboardTold,
    FrameShown,
    Hello,
    LinkRefused,
    PaneOpened,
    Resized,
    TerminalTold,
)
from aimux.protocol.message import Message
from aimux.protocol.palette_messages import PaletteClosed, PaletteOpened, PaletteTyped
from aimux.protocol.picture_messages import Cursor, Frame, Layout
from aimux.protocol.server_messages import (
    BellRung,
    ClipboardOffered,
    ClipboardWanted,
    Facts,
    Farewell,
    LinkOpened,
    Look,
    Notice,
    OuterModes,
    SidebarFocused,
    SidebarKey,
    SidebarSettings,
    SidebarToggled,
    Suspended,
    TitleSet,
    Toast,
)

log = logging.getLogger(__name__)

_NO_FRAME, _BLOCKED = "no frame yet", "terminal blocked"

_COLOUR_SYSTEMS: dict[int, Literal["256", "truecolor"]] = {256: "256", 1 << 24: "truecolor"}

LOST = 1  # exit status when the server or the terminal is gone


class ClientApp(App[None], inherit_bindings=False):
    """What is attached to one session on one terminal.

    Nothing is painted before the first frame has come, since the guard has painted one already, nor
    while the terminal does not take what was painted before.

    Args:
        link: Connected; `hello` has been said.
        hello: What the server knows of this client.
        placing: Where the sidebar goes.
        clock: Seconds since the epoch.
        marks: What the terminal can show.
        driver_class: The terminal's driver; None for the one that TEXTUAL_DRIVER names.
    """

    COMMAND_PALETTE_BINDING = ""
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(
        self,
        link: Link,
        hello: Hello,
        placing: Placing,
        clock: Callable[[], float],
        *,
        marks: Marks = SHAPES,
        driver_class: type[Driver] | None = TerminalDriver,
    ) -> None:
        super().__init__(driver_class=driver_class, ansi_color=True)
        self.animation_level = "none"
        self.error_console = Console(quiet=True)  # the guard prints what went wrong, on its screen
        self.failure: Exception | None = None
        self.canvas = Canvas()
        self.window_screen = ClientScreen(self.canvas, clock, marks, self._place_cursor)
        self.router = Router(link.send, self)
        self.palettes = Palettes(self, link.send, self._place_cursor)
        self._link = link
        self._placing = placing
        self._size_told = (hello.columns, hello.rows, hello.sidebar_columns)
        self._terminal: TerminalDriver | None = None
        self._holds: set[str] = set()
        self._sidebar_has_keys = False
        self._batch = ExitStack()
        self._needs_repaint = False
        self._undrawn = 0  # frames that Textual has been given and has not drawn
        self._was_covered = False  # whether Textual has yet to draw what something lay over
        self._missed = False  # whether there were any while nothing was drawn
        self._opened = Opened()
        self._unacknowledged: int | None = None
        self._title: str | None = None
        self._has_title = True
        self._depth = 0
        self._events = EventMaker(self._post_input)

    # ---- Textual ----

    @override
    def get_default_screen(self) -> Screen[None]:
        return self.window_screen

    @override
    def get_theme_variable_defaults(self) -> dict[str, str]:
        return palette_colours(NO_LOOK)

    def on_mount(self) -> None:
        """Everything is there: take what the server has sent."""
        asyncio.get_running_loop().set_exception_handler(self._fail)
        self._hold(_NO_FRAME)
        self._arrange(self.size)
        self._link.open(self)

    def on_resize(self, event: events.Resize) -> None:
        """Tell the server; the picture for the new size comes from there."""
        self._needs_repaint = True
        self._arrange(event.size)

    def on_key(self, event: events.Key) -> None:
        """A key that no terminal sent; a terminal's keys are tokens and never events here."""
        if len(self.screen_stack) > 1 or self.takes_keys():
            return
        if event.character is not None and event.is_printable:
            self.router.type(event.character)
        else:
            self.router.press(key_of_event(event))

    def on_paste(self, event: events.Paste) -> None:
        """A paste that no terminal sent."""
        if len(self.screen_stack) == 1 and not self.takes_keys():
            self.router.paste(event.text)

    def on_mouse_event(self, event: events.MouseEvent) -> None:
        """The mouse where no terminal reported it."""
        if not self.covers(int(event.screen_x), int(event.screen_y)):
            self.router.point(report_of_event(event))

    on_mouse_down = on_mouse_up = on_mouse_move = on_mouse_event
    on_mouse_scroll_up = on_mouse_scroll_down = on_mouse_event

    # ---- the server ----

    @singledispatchmethod
    def receive(self, message: Message) -> None:
        """Do what a message of the server says; the welcome asks for nothing."""

    @receive.register
    def _(self, message: Layout) -> None:
        self.canvas.take_layout(message)

    @receive.register
    def _(self, message: Frame) -> None:
        change = self.canvas.take_frame(message)
        self.window_screen.toasts.keep_clear(self.canvas.cursor)
        self._place_cursor()
        if change.whole:
            self._arrange(self.size)
            self._release(_NO_FRAME)
        if self._paint(change):
            self._acknowledge(message.number)
        else:
            self._undrawn += 1
            self._was_covered &= not change.whole
            self._missed |= bool(self._holds)
            self.window_screen.show(change)
            self.call_after_refresh(self._drawn, message.number)

    @receive.register
    def _(self, message: Facts) -> None:
        self.window_screen.sidebar.take_facts(message)

    @receive.register
    def _(self, message: Look) -> None:
        if self._terminal is not None:
            self._terminal.write_only_ascii(only=not message.utf8)
        self.window_screen.sidebar.take_look(message)
        self.call_later(self.palettes.take_look, message)

    @receive.register(PaletteOpened)
    @receive.register(PaletteTyped)
    @receive.register(PaletteClosed)
    def _(self, message: Message) -> None:
        self.call_later(self.palettes.take, message)

    @receive.register
    def _(self, _message: SidebarToggled) -> None:
        self._placing.toggle(self.size.width)
        self._arrange_anew()

    @receive.register
    def _(self, message: SidebarFocused) -> None:
        self._sidebar_has_keys = message.focused
        self._placing.borrow(focused=message.focused)
        self._arrange_anew()
        self.window_screen.sidebar.take_focus(focused=message.focused)

    @receive.register
    def _(self, message: SidebarKey) -> None:
        self.window_screen.sidebar.press(message.name)

    @receive.register
    def _(self, message: SidebarSettings) -> None:
        self._placing.configure(
            width=message.width,
            minimum=message.minimum,
            shown=message.side != "off",
            left=message.side == "left",
        )
        self.window_screen.sidebar.take_panels(message.panels)
        self._arrange_anew()

    @receive.register
    def _(self, message: Toast) -> None:
        if not self.window_screen.sidebar.tells(message):
            self.window_screen.toasts.add(message, self.canvas.cursor)

    @receive.register
    def _(self, message: OuterModes) -> None:
        if self._terminal is not None:
            self._terminal.ask_for(message)
            self._terminal.wait_after_escape(message.escape_seconds)
        if message.depth:
            self._has_title = "title" in message.features
            self._draw_with(message.depth)

    @receive.register
    def _(self, message: TitleSet) -> None:
        self._title = message.title
        self._write_title()

    @receive.register
    def _(self, _message: BellRung) -> None:
        self._write_now(sequences.BELL)

    @receive.register
    def _(self, message: Notice) -> None:
        self._write_now(sequences.notification(message.form, message.text))

    @receive.register
    def _(self, message: ClipboardOffered) -> None:
        self._write_now(sequences.clipboard(message.data))

    @receive.register
    def _(self, message: LinkOpened) -> None:
        try:
            self._opened.open(message.target)
        except OpeningError as error:
            self._link.send(LinkRefused(str(error)))

    @receive.register
    def _(self, _message: ClipboardWanted) -> None:
        if self._terminal is not None:
            self._terminal.ask_clipboard()

    @receive.register
    def _(self, _message: Suspended) -> None:
        if self._terminal is not None:
            self._terminal.suspend()

    @receive.register
    def _(self, _message: Farewell) -> None:
        self._link.close()
        self.exit()

    def link_lost(self, error: Exception | None) -> None:
        """The server is gone."""
        if error is not None:
            log.warning("connection lost: %s", error)
        self.exit(return_code=LOST)

    def link_full(self) -> None:
        """The server does not read: leave what is typed in the terminal's queue."""
        if self._terminal is not None:
            self._terminal.pause_input()

    def link_ready(self) -> None:
        """The server reads again."""
        if self._terminal is not None:
            self._terminal.resume_input()

    # ---- the terminal ----

    def terminal_opened(self, driver: TerminalDriver) -> None:
        """The terminal can be written to."""
        self._terminal = driver

    def take_token(self, token: Token) -> None:
        """Something was typed, pressed or pointed at."""
        self.router.take(token)

    def clipboard_told(self, data: bytes) -> None:
        """The terminal answered what its clipboard holds."""
        self._link.send(ClipboardTold(data))

    def terminal_told(self, told: Told) -> None:
        """The terminal said what it can do; the server decides what of it is made use of."""
        features, lacks = sorted(told.features), sorted(told.lacks)
        self._link.send(TerminalTold(tuple(features), tuple(lacks), told.name))

    def terminal_gone(self) -> None:
        """The terminal hung up: leave, so that the server detaches this client."""
        self.exit(return_code=LOST)

    def terminal_blocked(self) -> None:
        """The terminal does not take what was drawn: draw nothing more."""
        self._hold(_BLOCKED)

    def terminal_drained(self) -> None:
        """The terminal has everything: draw the newest picture and ask for more."""
        self._release(_BLOCKED)
        if self._title is not None:
            self._write_title()
        if self._unacknowledged is not None:
            self._acknowledge(self._unacknowledged)

    def terminal_resumed(self) -> None:
        """The process was stopped, and others have drawn on the terminal."""
        self._place_cursor()
        self.window_screen.show_all()

    # ---- what lies over the panes ----

    def on_sidebar_asked(self, event: Sidebar.Asked) -> None:
        """A row of the sidebar was opened or answered."""
        self._link.send(event.message)

    def on_toasts_opened(self, event: Toasts.Opened) -> None:
        """A toast was clicked on."""
        self._link.send(PaneOpened(event.pane))

    def column_of(self, row: int) -> int:
        """The column of the terminal in which this row of what the server lays out begins."""
        return self.window_screen.column_of(row)

    def takes_keys(self) -> bool:
        """Whether a widget of the client has the keyboard; keys of the palette come back."""
        if self.palettes.is_open:
            return False
        screens = self.screen_stack
        return len(screens) > 1 or any(screen.focused is not None for screen in screens)

    def covers(self, column: int, row: int) -> bool:
        """Whether something of the client, and not the window, is seen at this cell."""
        return len(self.screen_stack) > 1 or self.window_screen.covers(column, row)

    def overlay_take(self, token: Token) -> None:
        """Give a token to the client's widgets."""
        self._events.take(token)

    # ---- inside ----

    def _draw_with(self, depth: int) -> None:
        """Let the client's own widgets use so many colours; Rich only knows the environment."""
        if depth == self._depth:
            return
        self._depth = depth
        self.console = Console(
            color_system=_COLOUR_SYSTEMS.get(depth, "standard"),
            file=self.console.file,
            force_terminal=True,
            legacy_windows=False,
            no_color=depth == MONOCHROME or None,
            emoji=False,
            highlight=False,
            safe_box=False,
            soft_wrap=False,
        )
        self.window_screen.sidebar.refresh(layout=True)

    def _post_input(self, event: TextualMessage) -> None:
        if self._terminal is not None:
            self._terminal.process_message(event)

    def _arrange(self, size: Size) -> None:
        place = self._placing.place(size.width)
        self.window_screen.lay_out(size, place)
        told = (size.width, size.height, place.beside)
        if told != self._size_told:
            self._size_told = told
            self._link.send(Resized(*told))

    def _arrange_anew(self) -> None:
        self._arrange(self.size)
        self.window_screen.show_all()
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        self._was_covered |= not self._is_uncovered()
        if self._terminal is not None:
            cursor = self._cursor()
            taken = self.takes_keys() or self._sidebar_has_keys
            hidden = taken or self.covers(cursor.column, cursor.row)
            self._terminal.show_cursor(self._palette_cursor() if hidden else cursor)

    def _palette_cursor(self) -> Cursor | None:
        place = self.palettes.cursor
        return None if place is None else Cursor(place.y, place.x, visible=True, shape=0)

    def _cursor(self) -> Cursor:
        """The cursor in cells of the terminal."""
        cursor = self.canvas.cursor
        shift = self.window_screen.column_of(cursor.row)
        return structs.replace(cursor, column=cursor.column + shift) if shift else cursor

    def _paint(self, change: Change) -> bool:
        """Draw past Textual if nothing lies over the rows; whether it was done.

        What was drawn before decides what is written now: not while Textual has rows to draw.
        """
        terminal = self._terminal
        if terminal is None or change.whole or self._holds or self._undrawn:
            return False
        if not self._is_uncovered():
            return False
        if self._was_covered:
            self._was_covered = False
            self.window_screen.show_all()
            return False
        terminal.write("".join(map(self._painted, change.areas)))
        terminal.flush()
        self.window_screen.forget(change)
        return True

    def _painted(self, area: Area) -> str:
        has_margins = self._terminal is not None and self._terminal.has_margins
        shift = self.window_screen.column_of(area.slots[0].row)
        return painted(area, Ability(self.size.width, has_margins=has_margins), shift)

    def _is_uncovered(self) -> bool:
        fits = self.size == (self.canvas.columns, self.canvas.rows)
        return fits and len(self.screen_stack) == 1 and not self.window_screen.window_is_covered

    def _drawn(self, number: int) -> None:
        """Textual has drawn a frame, unless it is held."""
        self._undrawn -= 1
        self._acknowledge(number)

    def _acknowledge(self, number: int) -> None:
        """Tell the server that a frame has left, or do it when the terminal has drained."""
        self._unacknowledged = number
        if self._terminal is None or not self._terminal.backlog:
            self._unacknowledged = None
            self._link.send(FrameShown(number))

    def _hold(self, reason: str) -> None:
        if not self._holds:
            self._batch.enter_context(self.batch_update())
        self._holds.add(reason)
        self._missed |= self._undrawn > 0

    def _release(self, reason: str) -> None:
        if reason not in self._holds:
            return
        self._holds.discard(reason)
        if self._holds:
            return
        self._batch.close()
        if self._missed:
            # Textual forgets nothing, but may draw after what is painted past it from here on.
            self._missed = False
            self.window_screen.show_all()
        if self._needs_repaint:
            self._needs_repaint = False
            self.window_screen.refresh()
        self.screen.check_idle()

    def _write_title(self) -> None:
        if not self._has_title:
            self._title = None
        if self._title is not None and self._write_now(sequences.title(self._title)):
            self._title = None

    def _write_now(self, text: str) -> bool:
        """Write what is not part of the picture, unless the terminal is behind."""
        if self._terminal is None or self._terminal.backlog:
            return False
        self._terminal.write(text)
        return True

    @override
    def _handle_exception(self, error: Exception) -> None:
        """Keep a bug for whoever runs the app; Textual ends the app in any case."""
        self.failure = self.failure or error
        super()._handle_exception(error)

    def _fail(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A callback of the event loop failed: end as after an error in a handler of Textual's."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self._handle_exception(error)
