"""The clients that show a session: how they come, what they are told, how they leave."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace

from aimux.commands.command import Source
from aimux.commands.effects import Effects, LastWish
from aimux.errors import ProtocolError
from aimux.ids import ClientId
from aimux.keys.modes import InputModes, KittyFlags, MouseProtocol
from aimux.keys.user_keys import user_keys
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.pane import Pane
from aimux.model.popup import Popup
from aimux.model.state import State
from aimux.protocol.client_messages import Hello
from aimux.protocol.message import Message
from aimux.protocol.server_messages import OuterModes
from aimux.server.attached_client import AttachedClient
from aimux.server.attachment import Attachment
from aimux.server.clock import Clock
from aimux.server.connection import Connection
from aimux.server.facts import FactBook
from aimux.server.opening import Opening
from aimux.server.painter import Painter
from aimux.server.requesters import ClientRequester
from aimux.server.terminal_fit import learn
from aimux.styles.draw import StyleRange

BUTTON_EVENTS = 1002  # what `mouse on` needs: presses, releases and drags
FACTS_SECONDS = 0.2
BELL_SECONDS = 0.1  # terminals are rung no more often

Run = Callable[[CommandBlock, Source], None]


class Clients:
    """All attached clients.

    Args:
        run: Queues a binding's commands.
        settle: Called when something that is drawn may have changed.
        later: Calls an action after some seconds.
    """

    def __init__(  # noqa: PLR0913  # it is where the parts of clients meet
        self,
        state: State,
        effects: Effects,
        facts: FactBook,
        clock: Clock,
        *,
        run: Run,
        settle: Callable[[], None],
        later: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self._state = state
        self._effects = effects
        self._facts = facts
        self._clock = clock
        self._run = run
        self._settle = settle
        self._later = later
        self._opening = Opening(state, effects, facts)
        self._attached: dict[ClientId, AttachedClient] = {}
        self._by_connection: dict[Connection, AttachedClient] = {}
        self._facts_due = False
        self._rung: set[ClientId] = set()

    def __len__(self) -> int:
        return len(self._attached)

    def __iter__(self) -> Iterator[AttachedClient]:
        return iter(list(self._attached.values()))

    def of(self, client: Client) -> AttachedClient | None:
        """The attached client of a record; None if it shows no session."""
        return self._attached.get(client.id)

    # ---- coming ----

    def attach(self, client: Client, guard: Connection) -> AttachedClient:
        """Show a session on a client whose one-shot command runs now."""
        learn(self._state, client)
        painter = Painter(self._state, self._effects, client)
        attachment = Attachment(
            client,
            painter,
            outer=lambda: self._outer_modes(client),
            facts=lambda: self._facts.message(client, self._effects),
            title=painter.title,
        )
        attached = self._attached[client.id] = AttachedClient(
            client=client,
            attachment=attachment,
            guard=guard,
            state=self._state,
            effects=self._effects,
            requester=ClientRequester(self._state, client, show_message=self.show_message),
            run=self._run,
            monotonic=self._clock.monotonic,
            changed=self._settle,
            opening=self._opening,
        )
        return attached

    def arrive(self, connection: Connection, hello: Hello) -> None:
        """A client's process showed its ticket. Raises ProtocolError for one that nobody has."""
        for attached in self:
            known = secrets.compare_digest(attached.ticket, hello.ticket)
            if known and not attached.arrived:
                self._by_connection[connection] = attached
                attached.arrive(connection, hello)
                return
        raise ProtocolError("unknown ticket")

    def _outer_modes(self, client: Client) -> OuterModes:
        session, options = client.session, self._state.server_options
        if client.abilities is None:
            raise AssertionError(f"nothing is known of the terminal of client {client.name}")
        wanted = InputModes()
        if session is not None:
            wanted = _wanted_modes(client, client.pane or session.window.active)
        mouse = wanted.mouse_protocol.value
        if session is not None and session.options.flag("mouse"):
            follows = session.options.flag("focus-follows-mouse")
            mouse = max(mouse, MouseProtocol.MOTION if follows else BUTTON_EVENTS)
        flags, level = wanted.kitty_flags, wanted.modify_other_keys
        if options.text("extended-keys") != "off" or level:
            flags |= KittyFlags.DISAMBIGUATE
        return OuterModes(
            mouse=mouse if "mouse" in client.abilities.features else 0,
            kitty_flags=flags.value,
            escape_seconds=options.number("escape-time") / 1000,
            modify_other_keys=max(level, 1 if flags else 0),
            features=tuple(sorted(client.abilities.features)),
            depth=client.abilities.depth,
            user_keys=user_keys(options.items("user-keys")),
        )

    # ---- staying ----

    def receive(self, connection: Connection, message: Message) -> None:
        """An attached client sent something."""
        attached = self._by_connection.get(connection)
        if attached is not None and attached.client.session is not None:
            attached.receive(message)

    def flush_pane(self, pane: Pane) -> None:
        """Send what changed on a pane's screen to the clients that show it."""
        for attached in self._attached.values():
            session, overlay = attached.client.session, attached.client.overlay
            over = isinstance(overlay, Popup) and overlay.pane is pane
            if session is not None and (over or pane in session.window.panes):
                attached.attachment.flush(pane)

    def flush_all(self, *, ticked: bool = False) -> None:
        """Look at everything that clients are shown, and send what changed.

        Args:
            ticked: It is time for the status line, no more: nothing follows that sidebars should
                wait for, and an idle server wakes up once.
        """
        for attached in self:
            if attached.client.session is not None:
                attached.look_at_terminal()
                attached.attachment.layout_changed()
                attached.attachment.flush()
        if ticked:
            self._send_facts()
        else:
            self.facts_changed()

    def facts_changed(self) -> None:
        """Sidebars may show something else: look soon, at most every FACTS_SECONDS."""
        if not self._facts_due and self._attached:
            self._facts_due = True
            self._later(FACTS_SECONDS, self._send_facts)

    def _send_facts(self) -> None:
        self._facts_due = False
        for attached in self:
            if attached.client.session is not None:
                attached.attachment.facts_changed()
                attached.attachment.flush()

    def show_message(self, client: Client, text: str) -> None:
        """Show a text in a client's status line for `display-time`."""
        session = client.session
        milliseconds = session.options.number("display-time") if session is not None else 0
        self._state.messages.append((self._clock.wall(), f"{client.name} message: {text}"))
        client.message = text
        if milliseconds:
            self._effects.after(milliseconds / 1000, lambda: client.end_message(text))
        self._settle()

    def status_interval(self) -> int:
        """Seconds after which a status line has to be drawn again; 0 for never."""
        sessions = [one.client.session for one in self._attached.values()]
        intervals = [
            session.options.number("status-interval") for session in sessions if session is not None
        ]
        return min((seconds for seconds in intervals if seconds), default=0)

    def ring(self, client: Client) -> None:
        """Ring a client's bell, at most every BELL_SECONDS."""
        attached = self._attached.get(client.id)
        if attached is None or client.id in self._rung:
            return
        self._rung.add(client.id)
        self._later(BELL_SECONDS, lambda: self._rung.discard(client.id))
        attached.attachment.ring()

    # ---- for commands ----

    def status_ranges(self, client: Client) -> tuple[StyleRange, ...]:
        """What the mouse means in a client's status line, as it was drawn last."""
        attached = self.of(client)
        return attached.attachment.ranges if attached is not None else ()

    # ---- leaving ----

    def detach(self, client: Client, message: str, wish: LastWish) -> AttachedClient | None:
        """Take a client's session away; its guard prints the message."""
        attached = self._attached.pop(client.id, None)
        if client.session is not None:
            client.last_session, client.session = client.session, None
        client.close_overlay()
        client.sidebar_focused = False
        if attached is not None:
            attached.leave(message, wish)
        return attached

    def lost(self, connection: Connection) -> Client | None:
        """The process behind a connection has gone; the client that it was."""
        attached = self._by_connection.pop(connection, None)
        return attached.client if attached is not None else None


def _wanted_modes(client: Client, pane: Pane) -> InputModes:
    """The modes of the program that a client's keys go to; all motion where a menu follows it."""
    overlay = client.overlay
    if overlay is None:
        modes = pane.input_modes
    elif overlay.all_motion:
        modes = InputModes(mouse_protocol=MouseProtocol.MOTION)
    else:
        modes = overlay.modes or InputModes()
    if modes.mouse_protocol is MouseProtocol.X10:
        # Its reports have no release, which a drag of the sidebar would wait for.
        modes = replace(modes, mouse_protocol=MouseProtocol.CLICKS)
    return modes
