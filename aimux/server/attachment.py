"""An attached client: what it has been sent, and so what it must be sent next.

Everything is found by comparing the picture of now with what was sent, so a client that does not
read costs nothing: at most two frames are unacknowledged, and what happens meanwhile is one
difference later. A row that the client has in another place is not sent again.
"""

from __future__ import annotations

from collections.abc import Callable

from aimux import __version__
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.protocol.framing import encode
from aimux.protocol.message import PROTOCOL_MAX, Message
from aimux.protocol.picture_messages import Cells, Frame, Layout
from aimux.protocol.server_messages import (
    BellRung,
    ClipboardOffered,
    ClipboardWanted,
    Facts,
    Farewell,
    LinkOpened,
    Notice,
    OuterModes,
    SidebarFocused,
    SidebarKey,
    SidebarToggled,
    Suspended,
    TitleSet,
    Toast,
    Welcome,
)
from aimux.server.first_paint import first_paint
from aimux.server.painter import Painter
from aimux.server.palette import Palette
from aimux.server.picture import Picture
from aimux.server.sent_rows import SentRows
from aimux.server.sidebar_input import OPEN, sidebar_settings
from aimux.server.terminal_fit import fitted
from aimux.styles.draw import StyleRange

MAX_UNSEEN_FRAMES = 2
Send = Callable[[bytes], None]


class Attachment:
    """One attached client.

    Args:
        client: The client; it shows a session.
        painter: Makes its picture.
        outer: What its terminal is to be asked for now.
        facts: What its sidebar shows now.

    Attributes:
        awaits_sidebar: The client has still to say what a person opened in its sidebar.
        palette: What it has been told of an open chooser.
    """

    def __init__(
        self,
        client: Client,
        painter: Painter,
        *,
        outer: Callable[[], OuterModes],
        facts: Callable[[], Facts],
        title: Callable[[], str],
    ) -> None:
        self.client = client
        self.awaits_sidebar = False
        self.painter = painter
        self.palette = Palette()
        self.ranges: tuple[StyleRange, ...] = ()
        self.picture: Picture | None = None
        self._outer = outer
        self._facts = facts
        self._title = title
        self._send: Send | None = None
        self._generation = 0
        self._frame = 0
        self._seen = 0
        self._rows = SentRows(client, painter)
        self._bare_status: list[str] = []
        self._told: dict[type[Message], Message] = {}
        self._last_frame: Frame | None = None
        self._behind = False
        self._layout_due = True
        self._facts_due = True

    # ---- the connection ----

    def connect(self, send: Send) -> None:
        """The client's process is there: greet it and send everything."""
        self._send = send
        send(encode(Welcome(PROTOCOL_MAX, __version__)))
        self.palette.forget()
        self.refresh_all()

    def disconnect(self) -> None:
        """The client's process has gone."""
        self._send = None

    def acknowledge(self, number: int) -> None:
        """Everything up to a frame has left for the terminal."""
        self._seen = max(self._seen, min(number, self._frame))
        if self._behind and self._ready:
            self._behind = False
            self.flush()

    @property
    def _ready(self) -> bool:
        return self._send is not None and self._frame - self._seen < MAX_UNSEEN_FRAMES

    def _tell(self, message: Message) -> None:
        if self._send is not None:
            data = encode(message)
            self.client.written += len(data)
            self._send(data)

    # ---- what changed ----

    def layout_changed(self) -> None:
        """The layout, the status line or the modes may be others: look at the next flush."""
        self._layout_due = True

    def facts_changed(self) -> None:
        """The sidebar may show something else."""
        self._facts_due = True

    def refresh_all(self) -> None:
        """Send everything again."""
        self._told.clear()
        self._rows.forget()
        self.picture = None
        self._layout_due = self._facts_due = True
        self.flush()

    def flush(self, only: Pane | None = None) -> None:
        """Send what changed; of one pane only, if one is given: its rows, or a popup over all."""
        if not self._ready:
            self._behind = True
            return
        if self.picture is not None and self.picture.view.is_part:
            # What a program wrote may have moved the cursor out of what is seen.
            self._layout_due |= self.picture.view != self.painter.view()
        if self.picture is not None and self.picture.hint is not None:
            self._layout_due = True  # the cursor may have come to where the hints are
        if self._layout_due:
            self._layout_due = False
            self.painter.refresh_modes()
            self._flush_layout()
            only = None
        self._flush_frame(only)
        for message in self.palette.news(self.client.overlay):
            self._tell(message)
        if self._facts_due:
            self._facts_due = False
            self._tell_if_new(self._facts())

    def _flush_layout(self) -> None:
        picture = self.painter.picture()
        if picture != self.picture:
            self.picture = picture
            self._generation += 1
            self._rows.forget()
            self._tell(self._layout(picture))
        self._tell_if_new(self._outer())
        self._tell_settings()
        self._tell_if_new(self.painter.look())
        self._tell_if_new(TitleSet(self._title()))

    def _tell_settings(self) -> None:
        session = self.client.session
        if session is not None and not self.client.as_tmux:
            self._tell_if_new(sidebar_settings(session.options))

    def _layout(self, picture: Picture) -> Layout:
        terminal = self.client.abilities
        borders = (
            Cells(cells.row, cells.column, cells.columns, fitted(cells.text, terminal))
            for cells in picture.borders
        )
        return Layout(
            generation=self._generation,
            columns=picture.columns,
            rows=picture.rows,
            panes=picture.boxes,
            borders=tuple(borders),
            status_rows=picture.status_rows,
        )

    def _tell_if_new(self, message: Message) -> None:
        if self._told.get(type(message)) != message:
            self._told[type(message)] = message
            self._tell(message)

    def _flush_frame(self, only: Pane | None) -> None:
        picture, rows = self.picture, self._rows
        if picture is None:
            return
        rows.over = self.painter.over(picture)
        if only is None:
            self._bare_status, self.ranges = self.painter.status_line.draw(picture)
        rows_of = only if only is not None and picture.shows(only) else None
        panes = (*rows.panes(picture, rows_of), *rows.patch(picture))
        status = tuple(rows.status(picture, self._bare_status)) if rows_of is None else ()
        frame = Frame(
            self._frame + 1, self._generation, panes, status, self.painter.cursor(picture)
        )
        last = self._last_frame
        if not panes and not status and last is not None and last.cursor == frame.cursor:
            return
        self._frame += 1
        self._last_frame = Frame(frame.number, frame.generation, (), (), frame.cursor)
        self._tell(frame)

    def first_paint(self) -> str:
        """ANSI text that draws everything but the sidebar, for the guard."""
        text, self.ranges = first_paint(self.client, self.painter)
        return text

    # ---- other messages ----

    def toggle_sidebar(self) -> None:
        """Ask the client to show or hide its sidebar; one that has the keys is shown, and hides."""
        self._tell(SidebarToggled())
        self.focus_sidebar(focused=False)

    def focus_sidebar(self, *, focused: bool) -> None:
        """Let the client's sidebar have its keys, or no longer."""
        if self.client.sidebar_focused != focused:
            self.client.sidebar_focused = focused
            self._tell(SidebarFocused(focused))

    def sidebar_key(self, name: str) -> None:
        """A key for the sidebar; what Enter opened is told before anything else is done."""
        self.awaits_sidebar = name == OPEN
        self._tell(SidebarKey(name))

    def toast(self, toast: Toast) -> bool:
        """Say what happened where nobody looks; whether the client is told: not if it is behind."""
        if self._ready:
            self._tell(toast)
        return self._ready

    def notice(self, notice: Notice) -> None:
        """Let the outer terminal say it; a client that is behind is not told."""
        if self._ready:
            self._tell(notice)

    def open_link(self, target: str) -> None:
        """Ask the client to open a link."""
        self._tell(LinkOpened(target))

    def ring(self) -> None:
        """Ring the terminal's bell."""
        if self._ready:
            self._tell(BellRung())

    def offer_clipboard(self, data: bytes) -> None:
        """Hand data to the terminal's clipboard, if it has one."""
        if self._ready and self._has("clipboard"):
            self._tell(ClipboardOffered(data))

    def ask_clipboard(self) -> None:
        """Ask the terminal for its clipboard, if it has one."""
        if self._has("clipboard"):
            self._tell(ClipboardWanted())

    def _has(self, feature: str) -> bool:
        terminal = self.client.abilities
        return terminal is None or feature in terminal.features

    def suspend(self) -> None:
        """Make the client stop as ctrl-z would."""
        self._tell(Suspended())

    def farewell(self, reason: str) -> None:
        """Tell the client to leave."""
        self._tell(Farewell(reason))
