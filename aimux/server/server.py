"""The server: holds the parts together and hands what happens in one to the others."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable, Mapping

from aimux.commands.command import Source
from aimux.commands.effects import NO_WISH, LastWish
from aimux.commands.keymap import read_keymap
from aimux.commands.lifecycle import close_pane
from aimux.commands.queue import Queue
from aimux.commands.targets import MousePlace, Target
from aimux.data import load_data
from aimux.errors import CommandError
from aimux.events import Event, PaneExited
from aimux.ids import PaneId
from aimux.keys.mouse import MouseEvent
from aimux.link.listener import remove
from aimux.link.settings import ServerSettings
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.pane import Exit, Pane
from aimux.model.session import Link, Session
from aimux.model.state import State
from aimux.protocol.messages import Hello, Message
from aimux.pty.process import PtyProcess
from aimux.server.clients import Clients
from aimux.server.clock import Clock
from aimux.server.collector import collect_everything
from aimux.server.connection import Connection
from aimux.server.effects import ServerEffects
from aimux.server.facts import FactBook
from aimux.server.jobs import Jobs
from aimux.server.pane_events import PaneEvents
from aimux.server.pane_process import PaneProcess
from aimux.server.reading import language
from aimux.server.requesters import ConfigRequester, OneShotRequester
from aimux.server.requests import client_of, pane_of, words_of
from aimux.server.sizes import fit_windows
from aimux.server.supervision import guarded, supervised
from aimux.styles.draw import StyleRange
from aimux.vt.events import ScreenEvent

KEYMAPS = ("tmux", "aimux")
MAX_CONNECTIONS = 256
STOP_SECONDS = 2.0
OUR_FAULT = "internal error: see the server's log"
COLLECT_SECONDS = 1.0
AGAIN: Mapping[str, object] = {"type": "again"}

log = logging.getLogger(__name__)


class Server:
    """One server: its state, its panes' programs and its clients.

    Args:
        tasks: The group that everything runs in; its end is the server's.
    """

    def __init__(
        self, state: State, settings: ServerSettings, clock: Clock, tasks: asyncio.TaskGroup
    ) -> None:
        self.state = state
        self.processes: dict[int, PaneProcess] = {}
        self._popups: dict[int, Callable[[int], None]] = {}
        self._settings = settings
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self._configured = asyncio.Event()
        self._quiet = asyncio.Event()
        self._jobs = Jobs(tasks, changed=self.settle_soon)
        self._effects = ServerEffects(self, state, self._jobs, clock)
        self._language = language(state, self._effects)
        for options in (state.session_options, state.window_options):
            options.read_commands_with(self._language.read_string)
        self._facts = FactBook(state, clock, changed=self._facts_changed, later=self._later)
        self._events = PaneEvents(self, state, self._effects, self._facts, later=self._later)
        self._clients = Clients(
            state,
            self._effects,
            self._facts,
            clock,
            run=self._run_binding,
            settle=self.settle_soon,
            later=self._later,
        )
        self._requests: dict[Connection, Client] = {}
        self._requesters: dict[Connection, OneShotRequester] = {}
        self._ending = False
        self._connections: dict[Connection, None] = {}
        self._config = ConfigRequester()
        self._settling = False
        self._status_timer: asyncio.TimerHandle | None = None
        self._status_seconds = 0

    # ---- beginning and ending ----

    def load_keys(self) -> None:
        """Bind the default keys."""
        for name in KEYMAPS:
            keymap = load_data("keymaps", name)
            read_keymap(keymap, self._language.read_string, into=self.state.key_tables)

    async def run(self, listener: socket.socket) -> None:
        """Serve until the last session has ended or a signal says so."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self._loop.add_signal_handler(number, self.stop)
        self._loop.add_signal_handler(signal.SIGCHLD, guarded("SIGCHLD", self._reap))
        self._load_configuration()
        server = await asyncio.start_unix_server(self._accept, sock=listener)
        log.info("serving on %s", self.state.socket_path)
        await self._stopping.wait()
        server.close()
        remove(listener, self.state.socket_path, self._settings.socket_identity)
        self._end_everything()
        await self._say_goodbye()

    def stop(self) -> None:
        """End the server; commands that have run are answered once the socket has gone."""
        self._ending = True
        self._loop.call_soon(self._stopping.set)

    def _end_everything(self) -> None:
        log.info("ending")
        for attached in self._clients:
            self.detach_client(attached.client, "[server exited]")
        for process in list(self.processes.values()):
            process.close()
        self._jobs.stop()
        for connection, requester in list(self._requesters.items()):
            self._answer(connection, requester)

    async def _say_goodbye(self) -> None:
        """Let what was said to clients leave, a little while."""
        if self._connections:
            try:
                async with asyncio.timeout(STOP_SECONDS):
                    await self._quiet.wait()
            except TimeoutError:
                log.warning("%d connections did not end", len(self._connections))

    def _later(self, seconds: float, action: Callable[[], None]) -> None:
        self._loop.call_later(seconds, guarded("timer", action))

    # ---- configuration ----

    def _load_configuration(self) -> None:
        queue = Queue(self.state, self._effects, self._language, idle=self._configured.set)
        source = Source(self._config)
        found = []
        for path in self._settings.config_files:
            if os.path.exists(path):  # noqa: PTH110  # one stat
                found.append(path)
            elif not self._settings.config_required:
                continue
            try:
                text = self._effects.read_file(path)
                queue.append(self._language.read_file(text, source=path), source)
            except CommandError as error:
                self._config.error(str(error))
        self.state.config_files = tuple(found)
        queue.run()

    # ---- connections ----

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self, reader, writer)
        self._make_room(connection)
        self._connections[connection] = None
        try:
            await self._configured.wait()
            await supervised("connection", connection.serve())
        finally:
            del self._connections[connection]
            if not self._connections and self._stopping.is_set():
                self._quiet.set()

    def _make_room(self, new: Connection) -> None:
        """At the limit the oldest connection that said nothing goes, or else the new one."""
        if len(self._connections) >= MAX_CONNECTIONS:
            log.warning("too many connections")
            next((one for one in self._connections if one.silent), new).close()

    def run_request(self, connection: Connection, request: Mapping[str, object]) -> None:
        """Run a one-shot command's words."""
        if self._ending:
            connection.reply(AGAIN)
            connection.close()
            return
        words = words_of(request)
        client = client_of(request, self.state, now=self._clock.wall())
        self.state.clients[client.id] = client
        requester = OneShotRequester(connection.reply)
        self._requests[connection] = client
        self._requesters[connection] = requester
        queue = Queue(
            self.state,
            self._effects,
            self._language,
            idle=lambda: self._answered(connection, requester),
        )
        source = Source(requester, client=client, pane=pane_of(client, self.state))
        try:
            queue.append(self._language.read_words(words), source)
        except CommandError as error:
            requester.error(str(error))

        def failed() -> None:
            requester.error(OUR_FAULT)
            self._answered(connection, requester)

        guarded("a command", queue.run, failed=failed)()
        self.settle_soon()

    def _answered(self, connection: Connection, requester: OneShotRequester) -> None:
        """A one-shot command's queue has run empty: it has its answer, unless it is attached."""
        client = self._requests.get(connection)
        if client is None:
            return
        if self._clients.of(client) is None and not self._ending:
            self._answer(connection, requester)

    def _answer(self, connection: Connection, requester: OneShotRequester) -> None:
        self._forget_request(connection)
        connection.reply({"type": "exit", "status": requester.status, "message": ""})
        connection.close()
        self._end_if_empty()

    def _end_if_empty(self) -> None:
        """A server that was started for nothing leaves, unless it was told to stay."""
        stays = self._settings.foreground or not self.state.server_options.flag("exit-empty")
        if not (stays or self.state.sessions or self._requests):
            self.stop()

    def _forget_request(self, connection: Connection) -> Client | None:
        self._requesters.pop(connection, None)
        client = self._requests.pop(connection, None)
        if client is not None and self._clients.of(client) is None:
            self.state.clients.pop(client.id, None)
        return client

    def client_arrived(self, connection: Connection, hello: Hello) -> None:
        """A client's process showed its ticket."""
        self._clients.arrive(connection, hello)
        self.settle_soon()

    def client_message(self, connection: Connection, message: Message) -> None:
        """An attached client sent something."""
        self._clients.receive(connection, message)

    def connection_lost(self, connection: Connection) -> None:
        """A peer has gone: a guard or a client's process takes its attachment with it."""
        client = self._clients.lost(connection) or self._forget_request(connection)
        if client is not None and self._clients.of(client) is not None:
            self.detach_client(client, "[lost client]")

    # ---- clients ----

    def attach_client(self, client: Client) -> None:
        """Show a session on a client whose request runs now."""
        guard = next(one for one, other in self._requests.items() if other is client)
        attached = self._clients.attach(client, guard)
        # Not once the queue is empty: a command behind this one may hold it back, as prompts do.
        self._loop.call_soon(guarded("attaching", attached.introduce))
        fit_windows(self.state)
        self._clients.show_lines(client, self._config.take())

    def detach_client(self, client: Client, message: str, wish: LastWish = NO_WISH) -> None:
        """Take a client's session away; its guard prints the message."""
        attached = self._clients.detach(client, message, wish)
        self.state.clients.pop(client.id, None)
        if attached is not None:
            self._forget_request(attached.guard)
            self._loop.call_later(COLLECT_SECONDS, self._collect_unwatched)
        self.settle_soon()

    def _collect_unwatched(self) -> None:
        if len(self._clients) == 0:
            collect_everything()

    def suspend_client(self, client: Client) -> None:
        """Stop a client's process."""
        attached = self._clients.of(client)
        if attached is not None:
            attached.attachment.suspend()

    def toggle_sidebar(self, client: Client) -> None:
        """Show or hide a client's sidebar."""
        attached = self._clients.of(client)
        if attached is not None:
            attached.attachment.toggle_sidebar()

    def redraw_client(self, client: Client) -> None:
        """Send a client everything again."""
        attached = self._clients.of(client)
        if attached is not None:
            attached.attachment.refresh_all()

    def offer_clipboard(self, data: bytes) -> None:
        """Offer data to every attached terminal's clipboard."""
        for attached in self._clients:
            attached.attachment.offer_clipboard(data)

    def ring(self, session: Session, link: Link) -> None:
        """A bell rang in a window."""
        self._clients.ring(session, link)

    def status_ranges(self, client: Client) -> tuple[StyleRange, ...]:
        """What the mouse means in a client's status line."""
        return self._clients.status_ranges(client)

    def run_at(
        self,
        client: Client,
        commands: CommandBlock | str,
        *,
        current: Target,
        mouse: MousePlace | None,
        mouse_event: MouseEvent | None,
    ) -> None:
        """Run commands as if the person at a client had asked for them."""
        attached = self._clients.of(client)
        if attached is None:
            return
        requester = attached.requester
        try:
            if isinstance(commands, str):
                commands = self._language.read_string(commands)
        except CommandError as error:
            requester.error(str(error))
            return
        source = Source(requester, client=client, mouse=mouse, mouse_event=mouse_event)
        self._run_binding(commands, source, current)

    def _run_binding(
        self, block: CommandBlock, source: Source, current: Target | None = None
    ) -> None:
        queue = Queue(self.state, self._effects, self._language, idle=self.settle_soon)
        queue.current = current
        queue.append(block, source)
        guarded("a binding", queue.run, failed=lambda: source.requester.error(OUR_FAULT))()

    # ---- panes ----

    def adopt(self, pane: Pane, process: PtyProcess) -> None:
        """A pane has a program now."""
        self.processes[pane.id] = PaneProcess(
            self, pane, process, exited=lambda status: self._exited(pane, status)
        )

    def adopt_popup(self, pane: Pane, process: PtyProcess, ended: Callable[[int], None]) -> None:
        """A popup has a program now."""
        self._popups[pane.id] = ended
        self.adopt(pane, process)

    def move_in(self, pane: Pane, identity: PaneId) -> None:
        """The program of a popup is a pane's from now on."""
        del self._popups[pane.id]
        self.processes[identity] = self.processes.pop(pane.id)
        pane.id = identity

    def _reap(self) -> None:
        """SIGCHLD: collect the programs that have ended."""
        for process in list(self.processes.values()):
            status = process.process.reap()
            if status is not None:
                process.ended(status)

    def _exited(self, pane: Pane, status: int) -> None:
        process = self.processes.pop(pane.id, None)
        popup_ended = self._popups.pop(pane.id, None)
        if popup_ended is not None:
            popup_ended(abs(os.waitstatus_to_exitcode(status)))
            self.settle_soon()
            return
        if process is None or pane.id not in self.state.panes:
            self._facts.forget(pane)
            return
        code = os.waitstatus_to_exitcode(status)
        exit_status, exit_signal = (code, None) if code >= 0 else (None, -code)
        pane.exited = Exit(exit_status, exit_signal, self._clock.wall())
        self.published(PaneExited(pane.id, exit_status, exit_signal))
        keep = pane.options.text("remain-on-exit")
        if keep == "on" or (keep == "failed" and code):
            self._mark_dead(pane)
        else:
            close_pane(self.state, self._effects, pane)
            self._facts.forget(pane)
        self.settle_soon()

    def _mark_dead(self, pane: Pane) -> None:
        """Write `remain-on-exit-format` in the last row of what the program left."""
        text = self._events.dead_text(pane)
        pane.screen.feed(f"\x1b[r\x1b[{pane.rows};1H\n{text}\x1b[m".encode())
        self.draw_pane(pane)

    def draw_pane(self, pane: Pane) -> None:
        """Send what changed on a pane's screen to the clients that show it."""
        self._clients.flush_pane(pane)

    def pane_printed(self, pane: Pane) -> None:
        """A program wrote something. What one in a popup does concerns no window."""
        if pane.id not in self._popups:
            self._events.printed(pane)

    def pane_event(self, pane: Pane, event: ScreenEvent) -> None:
        """A program asked for something that is not drawn. One in a popup asks in vain."""
        if pane.id not in self._popups:
            self._events.handle(pane, event)

    def pane_failed(self, pane: Pane) -> None:
        """Our code failed on a pane: it is shown as it is, and gets no more output."""
        pane.screen.feed(b"\r\naimux: this pane failed, see the log\r\n")
        self.draw_pane(pane)

    def published(self, event: Event) -> None:
        """Something happened; the log has it."""
        log.info("%s", event)

    # ---- drawing ----

    def settle_soon(self) -> None:
        """Look, once in this turn of the loop, at what has to be sent."""
        if not self._settling:
            self._settling = True
            self._loop.call_soon(guarded("settling", self._settle))

    def _settle(self) -> None:
        self._settling = False
        fit_windows(self.state)
        self._events.settle()
        self._schedule_status()
        for process in self.processes.values():
            process.fit()
        self._clients.flush_all()

    def _facts_changed(self) -> None:
        self._clients.facts_changed()

    def _schedule_status(self) -> None:
        """Draw the status line every `status-interval` seconds while somebody looks."""
        seconds = self._clients.status_interval()
        if seconds == self._status_seconds:
            return
        self._status_seconds = seconds
        if self._status_timer is not None:
            self._status_timer.cancel()
            self._status_timer = None
        if seconds:
            self._status_timer = self._loop.call_later(seconds, guarded("timer", self._status_due))

    def _status_due(self) -> None:
        self._status_seconds = 0
        self._status_timer = None
        self.settle_soon()
