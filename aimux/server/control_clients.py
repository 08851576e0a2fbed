"""All clients in control mode: how they come, what they are told, how they leave."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from aimux.commands.build import Language
from aimux.commands.command import Source
from aimux.commands.effects import Effects
from aimux.commands.queue import Queue, require_permission
from aimux.errors import CommandError
from aimux.events import Event
from aimux.ids import PaneId
from aimux.integrations.control_mode import (
    NOTIFICATIONS,
    Listener,
    changed_subscriptions,
    notification,
)
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.control import Control
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.server.clock import Clock
from aimux.server.connection import Connection
from aimux.server.control_client import LINGER_SECONDS, TOO_FAR_BEHIND, ControlClient
from aimux.server.key_input import KeyInput
from aimux.server.mouse_input import NoScreen
from aimux.server.requests import pane_of
from aimux.server.supervision import guarded, supervised

SUBSCRIPTION_SECONDS = 1.0
END_SECONDS = 1.0  # that the end of the server leaves a client that does not read
MAX_EVENTS = 10_000  # that nobody was told of yet; the turn of the loop that makes them tells them


class Host(Protocol):
    """The server as its control clients see it."""

    def control_ended(self, connection: Connection) -> None:
        """A client has left."""
        ...

    def hold_panes(self) -> None:
        """Programs may have to wait, or to go on."""
        ...

    def settle_soon(self) -> None:
        """There may be something to tell."""
        ...


class ControlClients:
    """The control clients of one server.

    Args:
        tasks: The group that they are written to in.
        later: Calls an action after some seconds.
    """

    def __init__(  # noqa: PLR0913  # it is where the parts of clients meet
        self,
        host: Host,
        state: State,
        effects: Effects,
        language: Language,
        clock: Clock,
        tasks: asyncio.TaskGroup,
        *,
        later: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self._host = host
        self._state = state
        self._effects = effects
        self._language = language
        self._clock = clock
        self._tasks = tasks
        self._later = later
        self._numbers = itertools.count(1)
        self._clients: dict[Connection, ControlClient] = {}
        self._queues: dict[Connection, Queue] = {}
        self._inputs: dict[Connection, KeyInput] = {}
        self._events: list[Event] = []
        self._watching = False
        self._lingering = LINGER_SECONDS

    def of(self, client: Client) -> ControlClient | None:
        """The control client of a record."""
        return next((one for one in self._clients.values() if one.client is client), None)

    # ---- coming ----

    def arrive(
        self, connection: Connection, client: Client, control: Control, words: Sequence[str]
    ) -> None:
        """Run the words that a client was started with; it stays if they attach it."""
        one = ControlClient(
            client,
            control,
            connection,
            self._clock,
            numbers=self._numbers,
            hopeless=lambda: self._give_up(one),
            wrote=self._host.hold_panes,
        )
        self._clients[connection] = one
        queue = Queue(
            self._state,
            self._effects,
            self._language,
            idle=lambda: self._idle(one),
            guards=one,
        )
        self._queues[connection] = queue
        self._tasks.create_task(supervised("control client", one.write()))
        source = Source(one, client=client, pane=pane_of(client, self._state))
        try:
            block = self._language.read_words(words)
            require_permission(client, block)
            queue.append(block, source)
        except CommandError as error:
            one.error(str(error))
        self._run(one, queue)

    def _run(self, one: ControlClient, queue: Queue) -> None:
        guarded("a control client's command", queue.run, failed=lambda: self._fail(one))()
        self._host.settle_soon()

    def _fail(self, one: ControlClient) -> None:
        one.status = 1
        self._leave(one)

    def _idle(self, one: ControlClient) -> None:
        """All that it asked for has run: who is not attached now ends."""
        if one.client.session is None:
            one.leaving = True
            self._host.settle_soon()

    def attached(self, client: Client) -> None:
        """A client shows its first session: from here on it may type."""
        one = self.of(client)
        if one is not None:
            one.connection.reply({"type": "read", "what": "stdin"})

    # ---- what they type ----

    def receive(self, connection: Connection, data: bytes, *, last: bool) -> None:
        """A piece of a client's standard input; an empty line, or its end, is the end."""
        one = self._clients.get(connection)
        if one is None or one.leaving:
            return
        queue = self._queues[connection]
        ends = last
        for line in one.lines(data):
            if not line:
                ends = True
                break
            self._queue_line(one, queue, line)
        self._run(one, queue)
        if ends:
            self._leave(one)

    def _queue_line(self, one: ControlClient, queue: Queue, line: str) -> None:
        source = Source(one, client=one.client, typed=True)
        try:
            block = self._language.read_string(line)
        except CommandError as error:
            self._run(one, queue)  # what came before answers before
            one.refuse(f"parse error: {error}", source)
            return
        try:
            # As in tmux, who is read-only by choice may type anything; another user may not.
            if not self._state.access.may_write(one.client.user):
                require_permission(one.client, block)
            queue.append(block, source)
        except CommandError as error:
            one.refuse(str(error), source)

    def press(self, client: Client, key: str) -> None:
        """A command presses a key at a client, which has no other way to press one."""
        one = self.of(client)
        if one is None:
            return
        if one.connection not in self._inputs:
            self._inputs[one.connection] = KeyInput(
                self._state,
                self._effects,
                client,
                NoScreen(),
                run=lambda block, source: self._run_binding(one, block, source),
                requester=one,
                monotonic=self._clock.monotonic,
                changed=self._host.settle_soon,
            )
        self._inputs[one.connection].press(key)

    def _run_binding(self, one: ControlClient, block: CommandBlock, source: Source) -> None:
        queue = self._queues[one.connection]
        try:
            require_permission(one.client, block)
            queue.append(block, source)
        except CommandError as error:
            one.error(str(error))
        self._run(one, queue)

    # ---- what they are told ----

    def happened(self, event: Event) -> None:
        """Tell of an event once what runs now has ended."""
        if self._clients and type(event) in NOTIFICATIONS and len(self._events) < MAX_EVENTS:
            self._events.append(event)

    def output(self, pane: Pane, data: bytes) -> None:
        """A pane's program wrote something: those hear it whose session holds the pane."""
        if not self._clients:
            return
        window = self._state.window_of(pane)
        if window is None:
            return
        now = self._clock.monotonic()
        for one in list(self._clients.values()):
            session = one.client.session
            if session is not None and session.link_of(window) is not None:
                one.control.output(pane.id, data, now=now)
                one.wake()
                if one.control.hopeless:
                    self._give_up(one)
        self._host.hold_panes()

    def held(self, panes: Iterable[PaneId]) -> set[PaneId]:
        """The panes whose programs are to wait, since only clients look that do not read.

        As in tmux: a client with a screen, and a control client that hears nothing, hold nobody.
        """
        controls = [client.control for client in self._state.attached()]
        alone = [one for one in controls if one is not None]
        if not alone or len(alone) < len(controls):
            return set()
        return {pane for pane in panes if all(one.holds(pane) for one in alone)}

    def settle(self) -> None:
        """Tell what happened, then end those that leave."""
        events, self._events = self._events, []
        for one in list(self._clients.values()):
            listener = Listener(one.client, self._state, self._effects)
            for event in events:
                line = notification(event, listener)
                if line is not None:
                    one.control.say(line)
            one.control.forget_all_but(self._state.panes.keys(), self._state.windows.keys())
            one.wake()
            if one.leaving:
                self._finish(one)
        self._watch()

    # ---- subscriptions ----

    def _watch(self) -> None:
        """Look at what is subscribed to every second, while anything is."""
        if not self._watching and any(one.control.subscriptions for one in self._subscribers()):
            self._watching = True
            self._later(SUBSCRIPTION_SECONDS, self._look)

    def _subscribers(self) -> Iterator[ControlClient]:
        return (one for one in self._clients.values() if not one.leaving)

    def _look(self) -> None:
        self._watching = False
        for one in self._subscribers():
            for line in changed_subscriptions(Listener(one.client, self._state, self._effects)):
                one.control.say(line)
            one.wake()
        self._watch()

    # ---- leaving ----

    def leave(self, client: Client) -> None:
        """A client was detached."""
        one = self.of(client)
        if one is not None:
            one.leaving = True

    def lost(self, connection: Connection) -> None:
        """A client's process has gone."""
        one = self._clients.get(connection)
        if one is not None:
            self._leave(one)

    def end(self) -> None:
        """The server ends: all leave, at once."""
        self._lingering = END_SECONDS
        for one in list(self._clients.values()):
            self._leave(one)
        self.settle()

    def _give_up(self, one: ControlClient) -> None:
        """A client does not read."""
        one.reason = TOO_FAR_BEHIND
        self._leave(one)

    def _leave(self, one: ControlClient) -> None:
        if not one.leaving:
            one.leaving = True
            self._effects.detach(one.client, "")

    def _finish(self, one: ControlClient) -> None:
        del self._clients[one.connection]
        del self._queues[one.connection]
        self._inputs.pop(one.connection, None)
        one.finish(linger_seconds=self._lingering)
        self._host.control_ended(one.connection)
