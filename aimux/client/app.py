"""The Textual app of one attached client: messages of the server in, what was typed out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import singledispatchmethod

from textual import events
from textual.driver import Driver
from textual.message import Message as TextualMessage
from textual.screen import Screen
from typing_extensions import override

from aimux.abilities.questions import Told
from aimux.client import sequences
from aimux.client.arrangement import Arrangement
from aimux.client.canvas import Canvas
from aimux.client.console import console_of_depth
from aimux.client.driver import TerminalDriver
from aimux.client.failing_app import FailingApp
from aimux.client.frames import BLOCKED, NO_FRAME, Frames
from aimux.client.link import Link
from aimux.client.opening import Opened
from aimux.client.osc import OscWriter
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
    Hello,
    LinkRefused,
    PaneOpened,
    TerminalTold,
)
from aimux.protocol.message import Message
from aimux.protocol.palette_messages import PaletteClosed, PaletteOpened, PaletteTyped
from aimux.protocol.picture_messages import Frame, Layout
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

LOST = 1  # exit status when the server or the terminal is gone


class ClientApp(FailingApp, inherit_bindings=False):
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
        super().__init__(driver_class=driver_class)
        self.animation_level = "none"
        self.canvas = Canvas()
        self.window_screen = ClientScreen(self.canvas, clock, marks, self._place_cursor)
        self.router = Router(link.send, self)
        self.palettes = Palettes(self, link.send, self._place_cursor)
        self._link = link
        self._arrangement = Arrangement(self.window_screen, placing, hello, link.send)
        self._terminal: TerminalDriver | None = None
        self._frames = Frames(self, self.canvas, self.window_screen, link.send)
        self._osc = OscWriter()
        self._sidebar_has_keys = False
        self._opened = Opened()
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
        self.catch_callbacks()
        self._frames.hold(NO_FRAME)
        self._arrangement.arrange(self.size)
        self._link.open(self)

    def on_resize(self, event: events.Resize) -> None:
        """Tell the server; the picture for the new size comes from there."""
        self._frames.repaint()
        self._arrangement.arrange(event.size)

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
            self._arrangement.arrange(self.size)
            self._frames.release(NO_FRAME)
        self._frames.draw(message.number, change)

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
        self._arrangement.toggle_sidebar(self.size)
        self._arrange_anew()

    @receive.register
    def _(self, message: SidebarFocused) -> None:
        self._sidebar_has_keys = message.focused
        self._arrangement.lend_sidebar(focused=message.focused)
        self._arrange_anew()
        self.window_screen.sidebar.take_focus(focused=message.focused)

    @receive.register
    def _(self, message: SidebarKey) -> None:
        self.window_screen.sidebar.press(message.name)

    @receive.register
    def _(self, message: SidebarSettings) -> None:
        self._arrangement.set_sidebar(message)
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
            self._osc.has_title = "title" in message.features
            self._draw_with(message.depth)

    @receive.register
    def _(self, message: TitleSet) -> None:
        self._osc.set_title(message.title)

    @receive.register
    def _(self, _message: BellRung) -> None:
        self._osc.write(sequences.BELL)

    @receive.register
    def _(self, message: Notice) -> None:
        self._osc.write(sequences.notification(message.form, message.text))

    @receive.register
    def _(self, message: ClipboardOffered) -> None:
        self._osc.write(sequences.clipboard(message.data))

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
        self._terminal = self._frames.terminal = self._osc.terminal = driver

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
        self._frames.hold(BLOCKED)

    def terminal_drained(self) -> None:
        """The terminal has everything: draw the newest picture and ask for more."""
        self._frames.release(BLOCKED)
        self._osc.drained()
        self._frames.drained()

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
        """Let the client's own widgets use so many colours."""
        if depth == self._depth:
            return
        self._depth = depth
        self.console = console_of_depth(depth, self.console.file)
        self.window_screen.sidebar.refresh(layout=True)

    def _post_input(self, event: TextualMessage) -> None:
        if self._terminal is not None:
            self._terminal.process_message(event)

    def _arrange_anew(self) -> None:
        self._arrangement.arrange(self.size)
        self.window_screen.show_all()
        self.call_after_refresh(self._place_cursor)

    def _place_cursor(self) -> None:
        self._frames.look_for_covers()
        if self._terminal is not None:
            cursor = self.window_screen.cursor
            taken = self.takes_keys() or self._sidebar_has_keys
            hidden = taken or self.covers(cursor.column, cursor.row)
            self._terminal.show_cursor(self.palettes.cursor if hidden else cursor)
