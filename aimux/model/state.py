"""Everything that the server remembers, and the few operations that keep it whole."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from aimux.ids import ClientId, PaneId, SessionId, WindowId
from aimux.model.access import AccessList
from aimux.model.buffers import Buffers
from aimux.model.client import Client
from aimux.model.environment import Environment
from aimux.model.key_tables import KeyTables
from aimux.model.mark import Mark
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.theme import PLAIN_THEME, Theme
from aimux.model.wait_channels import WaitChannels
from aimux.model.window import Window

MAX_MESSAGES = 1000


@dataclass(slots=True)
class Counters:
    """The next free identities; tmux counts from 0."""

    session: int = 0
    window: int = 0
    pane: int = 0
    popup: int = 0
    client: int = 0
    point: int = 0


@dataclass(slots=True, eq=False)
class State:
    """The server's memory.

    Attributes:
        server_options: The server's own options.
        session_options: The global session options, parents of every session's.
        window_options: The global window options, parents of every window's and so of panes'.
        environment: The global environment.
        mark: The marked pane, and where it was marked.
        messages: What was said lately: (wall-clock seconds, text), the oldest first.
        prompt_history: Answers given to prompts, by prompt type.
        theme: How everything looks that nobody has set otherwise.
        palette_uses: How often each line of the palette was chosen, by its identity.
        access: Which other users may connect.
        wait_channels: What `wait-for` waits for.
        socket_path: Where the server listens.
        pid: The server's process id.
        started: Wall-clock seconds.
        awaits_starter: The process that started the server has not had its turn: until then the
            server does not end with its last session.
        is_configured: Whether the configuration has run; false only while the server starts.
    """

    key_tables: KeyTables
    environment: Environment
    socket_path: str
    pid: int
    started: float
    server_options: Options = field(default_factory=lambda: Options(None))
    session_options: Options = field(default_factory=lambda: Options(None))
    window_options: Options = field(default_factory=lambda: Options(None))
    buffers: Buffers = field(default_factory=Buffers)
    sessions: dict[SessionId, Session] = field(default_factory=dict)
    windows: dict[WindowId, Window] = field(default_factory=dict)
    panes: dict[PaneId, Pane] = field(default_factory=dict)
    clients: dict[ClientId, Client] = field(default_factory=dict)
    mark: Mark | None = None
    config_files: tuple[str, ...] = ()
    awaits_starter: bool = False
    is_configured: bool = True
    messages: deque[tuple[float, str]] = field(default_factory=lambda: deque(maxlen=MAX_MESSAGES))
    prompt_history: dict[str, list[str]] = field(default_factory=dict)
    theme: Theme = PLAIN_THEME
    palette_uses: dict[str, int] = field(default_factory=dict)
    access: AccessList = field(default_factory=lambda: AccessList(os.geteuid()))
    wait_channels: WaitChannels = field(default_factory=WaitChannels)
    counters: Counters = field(default_factory=Counters)

    def new_session_id(self) -> SessionId:
        """A session's identity that was never used."""
        self.counters.session += 1
        return SessionId(self.counters.session - 1)

    def new_window_id(self) -> WindowId:
        """A window's identity that was never used."""
        self.counters.window += 1
        return WindowId(self.counters.window - 1)

    def new_pane_id(self) -> PaneId:
        """A pane's identity that was never used."""
        self.counters.pane += 1
        return PaneId(self.counters.pane - 1)

    def new_popup_id(self) -> PaneId:
        """An identity for a popup's screen, which no pane has."""
        self.counters.popup += 1
        return PaneId(-self.counters.popup)

    def new_client_id(self) -> ClientId:
        """A client's identity that was never used."""
        self.counters.client += 1
        return ClientId(self.counters.client - 1)

    def new_point(self) -> int:
        """A number greater than any before: orders the selections of panes."""
        self.counters.point += 1
        return self.counters.point

    def session_named(self, name: str) -> Session | None:
        """The session of exactly that name."""
        return next((one for one in self.sessions.values() if one.name == name), None)

    def sessions_by_name(self) -> list[Session]:
        """The sessions as `list-sessions` orders them."""
        return sorted(self.sessions.values(), key=lambda session: session.name)

    def window_of(self, pane: Pane) -> Window | None:
        """The window that holds `pane`; None once it has gone."""
        return next((one for one in self.windows.values() if pane in one.panes), None)

    def links_of(self, window: Window) -> Iterator[tuple[Session, Link]]:
        """Every place that a window is linked at."""
        for session in self.sessions.values():
            for link in session.ordered():
                if link.window is window:
                    yield session, link

    def clients_of(self, session: Session) -> list[Client]:
        """The clients that show `session`, in the order they came."""
        return [client for client in self.clients.values() if client.session is session]

    @property
    def valid_mark(self) -> Mark | None:
        """The mark, if the pane is still where it was marked."""
        mark = self.mark
        if mark is None or not mark.holds or self.sessions.get(mark.session.id) is not mark.session:
            return None
        return mark

    @property
    def marked(self) -> Pane | None:
        """The marked pane."""
        mark = self.valid_mark
        return None if mark is None else mark.pane

    def attached(self) -> list[Client]:
        """The clients that show a session."""
        return [client for client in self.clients.values() if client.session is not None]

    def forget_pane(self, pane: Pane) -> None:
        """Take a pane out of the tables; its window is the caller's."""
        self.panes.pop(pane.id, None)
        if self.mark is not None and self.mark.pane is pane:
            self.mark = None

    def forget_window(self, window: Window) -> None:
        """Take a window and its panes out of the tables; its links are the caller's."""
        self.windows.pop(window.id, None)
        for pane in window.panes:
            self.forget_pane(pane)
