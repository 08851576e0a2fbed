"""An attached client's three ends: its guard's connection, its process's, and its input."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable

from aimux.abilities.features import FEATURES
from aimux.abilities.questions import Told
from aimux.commands.clipboard import take_clipboard
from aimux.commands.command import Requester, Source
from aimux.commands.effects import Effects, LastWish
from aimux.model.chooser import Chooser
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.state import State
from aimux.protocol.client_messages import (
    ClipboardTold,
    FocusChanged,
    FrameShown,
    Hello,
    KeyPressed,
    LinkRefused,
    MouseReported,
    OutputOpened,
    PaneOpened,
    Pasted,
    PromptAnswered,
    Resized,
    RowAsked,
    RowKept,
    TerminalTold,
    TextTyped,
)
from aimux.protocol.message import Message
from aimux.protocol.palette_messages import PaletteAnswered, PaletteMoved
from aimux.security.clean import clean
from aimux.server.attachment import Attachment
from aimux.server.connection import Connection
from aimux.server.key_input import KeyInput
from aimux.server.opening import Opening
from aimux.server.sidebar_input import MAX_HELD, OPEN
from aimux.server.terminal_fit import learn

OPENING = (PaneOpened, OutputOpened, PromptAnswered, RowAsked, RowKept)
TYPED = (KeyPressed, TextTyped, Pasted, MouseReported)
MAX_COLUMNS = 1000
MAX_ROWS = 500
MAX_NAME = 64
MAX_REASON = 256


class AttachedClient:
    """A client that shows a session.

    Args:
        guard: The connection of the one-shot command that attached it.
        run: Queues a binding's commands.
        opening: Does what is asked for in the sidebar.

    Attributes:
        ticket: What the client's process proves itself with.
        requester: The person at the client, as commands answer to them.
    """

    def __init__(  # noqa: PLR0913  # it is where a client's parts meet
        self,
        *,
        client: Client,
        attachment: Attachment,
        guard: Connection,
        state: State,
        effects: Effects,
        requester: Requester,
        run: Callable[[CommandBlock, Source], None],
        monotonic: Callable[[], float],
        changed: Callable[[], None],
        opening: Opening,
    ) -> None:
        self.client = client
        self.attachment = attachment
        self.guard = guard
        self.requester = requester
        self.ticket = secrets.token_hex(16)
        self._state = state
        self._effects = effects
        self._changed = changed
        self._opening = opening
        self._held: list[Message] = []
        self._connection: Connection | None = None
        self._introduced = False
        self._input = KeyInput(
            state,
            effects,
            client,
            attachment,
            run=run,
            requester=requester,
            monotonic=monotonic,
            changed=changed,
        )

    @property
    def arrived(self) -> bool:
        """Whether the client's process has come."""
        return self._connection is not None

    def introduce(self) -> None:
        """Tell the guard that it is attached, and what to paint at once."""
        if self._introduced or self.client.session is None:
            return
        self._introduced = True
        options = self._state.session_options
        self.guard.reply(
            {
                "type": "attach",
                "ticket": self.ticket,
                "session": self.client.session.name,
                "paint": self.attachment.first_paint(),
                "columns": self.client.columns,
                "rows": self.client.rows,
                "sidebar_columns": self.client.sidebar_columns,
                "sidebar_width": options.number("sidebar-width"),
                "sidebar_minimum": options.number("sidebar-minimum"),
                "sidebar_side": options.text("sidebar"),
            }
        )

    def arrive(self, connection: Connection, hello: Hello) -> None:
        """The client's process is there."""
        self._connection = connection
        self.client.told_depth = hello.depth
        learn(self._state, self.client)
        self._resize(hello.columns, hello.rows, hello.sidebar_columns)
        self.attachment.connect(connection.send)

    def _resize(self, columns: int, rows: int, sidebar_columns: int) -> None:
        client = self.client
        before = client.window_columns, client.rows
        client.columns = max(1, min(MAX_COLUMNS, columns))
        client.rows = max(1, min(MAX_ROWS, rows))
        client.sidebar_columns = max(0, min(client.columns - 1, sidebar_columns))
        if before != (client.window_columns, client.rows):
            self._fit_overlay()
        self._changed()

    def _fit_overlay(self) -> None:
        client, overlay = self.client, self.client.overlay
        if overlay is not None and not overlay.fit(columns=client.window_columns, rows=client.rows):
            client.close_overlay()

    def press(self, name: str) -> None:
        """A key that a command presses here, by its canonical name."""
        self._input.press(name)

    def receive(self, message: Message) -> None:
        """One message of the client's process.

        What is typed behind an Enter in the sidebar or the palette waits until that has been done:
        it is meant for what was opened.
        """
        if self._awaits and isinstance(message, TYPED):
            self._held = [*self._held, message][:MAX_HELD]
        elif isinstance(message, OPENING):
            self._opened(message)
        elif isinstance(message, (PaletteMoved, PaletteAnswered)):
            self._hear_of_palette(message)
        else:
            self._take(message)

    @property
    def _awaits(self) -> bool:
        """Whether the client has still to say what a person has opened or chosen."""
        overlay = self.client.overlay
        return self.attachment.awaits_sidebar or (isinstance(overlay, Chooser) and overlay.awaits)

    def _opened(self, message: Message) -> None:
        answers_enter = not isinstance(message, (PromptAnswered, RowAsked)) or _is_enter(message)
        if answers_enter:
            self.attachment.awaits_sidebar = False
        self._opening.do(self.client, self.attachment, message)
        self._take_held()

    def _take_held(self) -> None:
        while self._held and not self._awaits and self.client.session is not None:
            self._take(self._held.pop(0))
        self._changed()

    def _hear_of_palette(self, message: PaletteMoved | PaletteAnswered) -> None:
        """What is current, or was chosen, in the palette that is still open here."""
        chooser = self.attachment.palette.known(message.number)
        is_open = self.client.overlay is chooser
        if chooser is not None and is_open:
            if isinstance(message, PaletteMoved):
                chooser.move(message.identity)
            else:
                chooser.choose(message.identity)
                if not message.stays:
                    self.client.close_overlay()
        self._take_held()

    def _take(self, message: Message) -> None:
        match message:
            case FrameShown(number=number):
                self.attachment.acknowledge(number)
            case TextTyped(raw=raw):
                self._input.text(raw)
            case KeyPressed(name=name, raw=raw):
                self._input.key(name, raw)
            case MouseReported(button=button, column=column, row=row, release=release):
                self._input.mouse(button, column, row, release=release)
            case Pasted(data=data, first=first, last=last):
                self._input.paste(data, first=first, last=last)
            case Resized(columns=columns, rows=rows, sidebar_columns=sidebar_columns):
                self._resize(columns, rows, sidebar_columns)
            case FocusChanged(focused=focused):
                self._input.focus(focused=focused)
            case _:
                self._hear(message)

    def _hear(self, message: Message) -> None:
        """What the client answers or says of its terminal, unlike what a person did there."""
        match message:
            case ClipboardTold(data=data):
                take_clipboard(self._state, self._effects, self.client, data)
            case TerminalTold(features=features, lacks=lacks, name=name):
                self._hear_of_terminal(features, lacks, name)
            case LinkRefused(reason=reason):
                self.requester.error(clean(reason[:MAX_REASON]))
            case _:
                pass

    def _hear_of_terminal(self, features: Iterable[str], lacks: Iterable[str], name: str) -> None:
        known = frozenset(FEATURES)
        name = clean(name, limit=MAX_NAME)
        self.client.told = Told(known & set(features), known & set(lacks), name, complete=True)
        self.look_at_terminal()

    def look_at_terminal(self) -> None:
        """What is made use of on the terminal may be something else: draw anew if it is."""
        if learn(self._state, self.client):
            self.attachment.refresh_all()

    def lock(self, command: str) -> None:
        """Let the guard run a command on the terminal; the client is stopped meanwhile."""
        self.guard.reply({"type": "lock", "command": command})

    def leave(self, message: str, wish: LastWish) -> None:
        """The client is detached: tell its process, then its guard."""
        self.attachment.farewell(message)
        self.attachment.disconnect()
        if self._connection is not None:
            self._connection.close()
        self.guard.reply(
            {
                "type": "exit",
                "status": 0,
                "message": message,
                "hangup_parent": wish.hangup_parent,
                "exec": wish.command,
                "shell": wish.shell,
            }
        )
        self.guard.close()


def _is_enter(message: Message) -> bool:
    return isinstance(message, RowAsked) and message.key == OPEN
