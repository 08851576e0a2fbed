"""The server: holds the parts together and hands what happens in one to the others."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import socket
from collections.abc import Mapping, Sequence

from aimux import __version__
from aimux.commands.command import Source
from aimux.commands.keymap import read_keymap
from aimux.commands.lifecycle import close_pane
from aimux.commands.modes import show_lines
from aimux.commands.queue import Queue
from aimux.data import load_data
from aimux.errors import AimuxError, CommandError, ProtocolError
from aimux.events import Event, PaneExited
from aimux.ids import ClientId, PaneId
from aimux.link.framing import number_field, text_field
from aimux.link.listener import remove
from aimux.link.settings import ServerSettings
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.pane import Exit, Pane
from aimux.model.state import State
from aimux.protocol.messages import Hello, Message, OuterModes
from aimux.pty.process import PtyProcess
from aimux.server.attachment import Attachment
from aimux.server.clients import AttachedClient
from aimux.server.clock import Clock
from aimux.server.connection import Connection
from aimux.server.effects import ServerEffects
from aimux.server.facts import FactBook
from aimux.server.jobs import Jobs
from aimux.server.pane_events import PaneEvents
from aimux.server.pane_process import PaneProcess
from aimux.server.picture import Painter
from aimux.server.reading import language
from aimux.server.requesters import ClientRequester, ConfigRequester, OneShotRequester
from aimux.server.sizes import fit_windows
from aimux.server.supervision import supervised
from aimux.vt.events import ScreenEvent

KEYMAP = "tmux"
MAX_CONNECTIONS = 256
FACTS_SECONDS = 0.2
STOP_SECONDS = 2.0

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
        self._settings = settings
        self._tasks = tasks
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self._jobs = Jobs(tasks, changed=self.settle_soon)
        self._effects = ServerEffects(self, state, self._jobs, clock)
        self._language = language(state, self._effects)
        self._clock = clock
        self._facts = FactBook(state, clock, changed=self._facts_changed, later=self._later)
        self._events = PaneEvents(self, state, self._effects, self._facts, later=self._later)
        self._clients: dict[ClientId, AttachedClient] = {}
        self._by_connection: dict[Connection, AttachedClient] = {}
        self._requests: dict[Connection, Client] = {}
        self._connections = 0
        self._config = ConfigRequester()
        self._ready = asyncio.Event()
        self._settling = False
        self._facts_due = False
        self._status_timer: asyncio.TimerHandle | None = None

    def load_keys(self) -> None:
        """Bind the default keys."""
        read_keymap(
            load_data("keymaps", KEYMAP), self._language.read_string, into=self.state.key_tables
        )

    # ---- running ----

    async def run(self, listener: socket.socket) -> None:
        """Serve until the last session has ended or a signal says so."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self._loop.add_signal_handler(number, self.stop)
        self._loop.add_signal_handler(signal.SIGCHLD, self._reap)
        self._load_configuration()
        server = await asyncio.start_unix_server(self._accept, sock=listener)
        log.info("serving on %s", self.state.socket_path)
        await self._stopping.wait()
        server.close()
        remove(listener, self.state.socket_path, self._settings.socket_identity)
        self._end_everything()
        await self._drain()

    async def _drain(self) -> None:
        """Let what was said to clients leave, a little while."""
        deadline = self._loop.time() + STOP_SECONDS
        while self._connections and self._loop.time() < deadline:
            await asyncio.sleep(0.01)

    def _end_everything(self) -> None:
        for attached in list(self._clients.values()):
            self.detach_client(attached.client, "[server exited]")
        for process in list(self.processes.values()):
            process.close()
        self._jobs.stop()
        for connection, client in list(self._requests.items()):
            if client.session is None:
                connection.reply({"type": "exit", "status": 0, "message": ""})
                connection.close()

    def stop(self) -> None:
        """End the server once the running commands have been answered."""
        if not self._stopping.is_set():
            log.info("stopping")
            self._loop.call_soon(self._stopping.set)

    def _later(self, seconds: float, action: object) -> None:
        if not callable(action):
            raise AssertionError("an action can be called")
        self._loop.call_later(seconds, action)

    # ---- configuration ----

    def _load_configuration(self) -> None:
        queue = Queue(self.state, self._effects, self._language, idle=self._configured)
        source = Source(self._config)
        for path in self._settings.config_files:
            try:
                text = self._effects.read_file(path)
                queue.append(self._language.read_file(text, source=path), source)
            except CommandError as error:
                if self._settings.config_required or os.path.exists(path):  # noqa: PTH110  # one stat
                    self._config.error(str(error))
        self.state.config_files = tuple(
            path
            for path in self._settings.config_files
            if os.path.exists(path)  # noqa: PTH110
        )
        queue.run()

    def _configured(self) -> None:
        self._ready.set()

    # ---- connections ----

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._connections >= MAX_CONNECTIONS:
            log.warning("too many connections")
            writer.close()
            return
        self._connections += 1
        try:
            await self._ready.wait()
            await supervised("connection", Connection(self, reader, writer).serve())
        finally:
            self._connections -= 1

    def run_request(self, connection: Connection, request: Mapping[str, object]) -> None:
        """Run a one-shot command's words."""
        client = self._client_of(request)
        self.state.clients[client.id] = client
        self._requests[connection] = client
        requester = OneShotRequester(connection.reply)
        queue = Queue(
            self.state,
            self._effects,
            self._language,
            idle=lambda: self._answered(connection, client, requester),
        )
        source = Source(requester, client=client, pane=self._pane_of(client))
        try:
            queue.append(self._read_words(request), source)
        except CommandError as error:
            requester.error(str(error))
        queue.run()
        self.settle_soon()

    def _read_words(self, request: Mapping[str, object]) -> CommandBlock:
        words = request.get("argv")
        if not isinstance(words, list):
            raise ProtocolError("no words")
        return self._language.read_words([str(word) for word in words] or ["new-session"])

    def _client_of(self, request: Mapping[str, object]) -> Client:
        terminal = request.get("terminal")
        screen: Mapping[str, object] = terminal if isinstance(terminal, dict) else {}
        environment = request.get("environment")
        values = environment if isinstance(environment, dict) else {}
        flags = request.get("flags")
        options: Mapping[str, object] = flags if isinstance(flags, dict) else {}
        now = self._clock.wall()
        pid = number_field(request, "pid")
        return Client(
            id=self.state.new_client_id(),
            name=text_field(screen, "tty") or f"client-{pid}",
            pid=pid,
            created=now,
            activity=now,
            terminal=bool(screen),
            term=text_field(screen, "term"),
            columns=max(1, min(1000, number_field(screen, "columns") or 80)),
            rows=max(1, min(500, number_field(screen, "rows") or 24)),
            depth=number_field(screen, "depth") or 16,
            path=text_field(request, "cwd"),
            read_only=bool(options.get("read_only")),
            environment={str(name): str(value) for name, value in values.items()},
            sidebar_columns=self._sidebar_columns(number_field(screen, "columns")),
        )

    def _sidebar_columns(self, columns: int) -> int:
        options = self.state.session_options
        if options.text("sidebar") == "off" or columns < options.number("sidebar-minimum"):
            return 0
        return options.number("sidebar-width")

    def _pane_of(self, client: Client) -> Pane | None:
        text = client.environment.get("AIMUX_PANE", "").removeprefix("%")
        return self.state.panes.get(PaneId(int(text))) if text.isdigit() else None

    def _answered(
        self, connection: Connection, client: Client, requester: OneShotRequester
    ) -> None:
        """A one-shot command's queue has run empty."""
        if self._requests.get(connection) is not client:
            return
        attached = self._clients.get(client.id)
        if attached is not None:
            attached.introduce()
            return
        self._forget_request(connection)
        connection.reply({"type": "exit", "status": requester.status, "message": ""})
        connection.close()

    def _forget_request(self, connection: Connection) -> None:
        client = self._requests.pop(connection, None)
        if client is not None and client.id not in self._clients:
            self.state.clients.pop(client.id, None)

    def client_arrived(self, connection: Connection, hello: Hello) -> None:
        """A client's process showed its ticket."""
        for attached in self._clients.values():
            if secrets.compare_digest(attached.ticket, hello.ticket) and not attached.arrived:
                self._by_connection[connection] = attached
                attached.arrive(connection, hello)
                self.settle_soon()
                return
        raise ProtocolError("unknown ticket")

    def client_message(self, connection: Connection, message: Message) -> None:
        """An attached client sent something."""
        attached = self._by_connection.get(connection)
        if attached is not None and attached.client.session is not None:
            attached.receive(message)

    def connection_lost(self, connection: Connection) -> None:
        """A peer has gone: a guard or a client's process takes its attachment with it."""
        attached = self._by_connection.pop(connection, None)
        client = self._requests.get(connection)
        if attached is None and client is not None:
            attached = self._clients.get(client.id)
        self._requests.pop(connection, None)
        if client is not None and client.id not in self._clients:
            self.state.clients.pop(client.id, None)
        if attached is not None:
            self.detach_client(attached.client, "[lost client]")

    # ---- clients ----

    def attach_client(self, client: Client) -> None:
        """Show a session on a client whose request runs now."""
        connection = next(one for one, other in self._requests.items() if other is client)
        painter = Painter(self.state, self._effects, client)
        attachment = Attachment(
            client,
            painter,
            outer=lambda: self._outer_modes(client),
            facts=lambda: self._facts.message(client, self._effects),
            title=lambda: painter.title(),
        )
        requester = ClientRequester(self.state, client, show_message=self._show_message)
        self._clients[client.id] = AttachedClient(
            client=client,
            attachment=attachment,
            guard=connection,
            state=self.state,
            effects=self._effects,
            requester=requester,
            run=self._run_binding,
            monotonic=self._clock.monotonic,
            changed=self.settle_soon,
        )
        fit_windows(self.state)
        self._show_configuration_errors(client)
        self._schedule_status()

    def _show_configuration_errors(self, client: Client) -> None:
        if self._config.lines and client.session is not None:
            show_lines(self.state, client.session.window.active, self._config.lines)
            self._config.lines.clear()

    def _show_message(self, client: Client, text: str) -> None:
        client.message = text
        session = client.session
        milliseconds = session.options.number("display-time") if session is not None else 750
        self.state.messages.append((self._clock.wall(), f"{client.name} message: {text}"))
        if milliseconds:
            self._effects.after(milliseconds / 1000, lambda: _end_message(client, text))
        self.settle_soon()

    def _run_binding(self, block: CommandBlock, source: Source) -> None:
        queue = Queue(self.state, self._effects, self._language, idle=self.settle_soon)
        queue.append(block, source)
        queue.run()

    def _outer_modes(self, client: Client) -> OuterModes:
        session = client.session
        if session is None:
            return OuterModes(mouse=0, kitty_flags=0)
        modes = session.window.active.screen.modes
        mouse = modes.mouse_protocol
        if session.options.flag("mouse"):
            mouse = max(mouse, 1002)
        kitty = modes.kitty_flags if self.state.server_options.text("extended-keys") != "off" else 0
        return OuterModes(mouse=0 if mouse == 9 else mouse, kitty_flags=kitty)

    def detach_client(self, client: Client, message: str) -> None:
        """Take a client's session away; its guard prints the message."""
        attached = self._clients.pop(client.id, None)
        self.state.clients.pop(client.id, None)
        if client.session is not None:
            client.last_session, client.session = client.session, None
        if attached is not None:
            self._requests.pop(attached.guard, None)
            attached.leave(message)
        self.settle_soon()

    def suspend_client(self, client: Client) -> None:
        """Stop a client's process."""
        attached = self._clients.get(client.id)
        if attached is not None:
            attached.attachment.suspend()

    def toggle_sidebar(self, client: Client) -> None:
        """Show or hide a client's sidebar."""
        attached = self._clients.get(client.id)
        if attached is not None:
            attached.attachment.toggle_sidebar()

    def redraw_client(self, client: Client) -> None:
        """Send a client everything again."""
        attached = self._clients.get(client.id)
        if attached is not None:
            attached.attachment.refresh_all()

    def offer_clipboard(self, data: bytes) -> None:
        """Offer data to every attached terminal's clipboard."""
        for attached in self._clients.values():
            attached.attachment.offer_clipboard(data)

    def ring(self, session: object, link: object) -> None:
        """Ring the bells of the clients of a session, as `bell-action` says."""
        for attached in self._clients.values():
            shown = attached.client.session
            if shown is None or shown is not session:
                continue
            action = shown.options.text("bell-action")
            current = shown.current is link
            if action == "any" or action == ("current" if current else "other"):
                attached.attachment.ring()

    # ---- panes ----

    def adopt(self, pane: Pane, process: PtyProcess) -> None:
        """A pane has a program now."""
        self.processes[pane.id] = PaneProcess(
            self, pane, process, exited=lambda status: self._exited(pane, status)
        )

    def _reap(self) -> None:
        """SIGCHLD: collect the programs that have ended."""
        for process in list(self.processes.values()):
            status = process.process.reap()
            if status is not None:
                process.ended(status)

    def _exited(self, pane: Pane, status: int) -> None:
        process = self.processes.get(pane.id)
        if process is None or process.pane is not pane:
            return
        del self.processes[pane.id]
        if pane.id not in self.state.panes:
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
        for attached in self._clients.values():
            session = attached.client.session
            if session is not None and pane in session.window.panes:
                attached.attachment.flush(pane)

    def pane_printed(self, pane: Pane) -> None:
        """A program wrote something."""
        self._events.printed(pane)

    def pane_event(self, pane: Pane, event: ScreenEvent) -> None:
        """A program asked for something that is not drawn."""
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
            self._loop.call_soon(self._settle)

    def _settle(self) -> None:
        self._settling = False
        fit_windows(self.state)
        for process in self.processes.values():
            process.fit()
        for attached in list(self._clients.values()):
            if attached.client.session is not None:
                attached.attachment.layout_changed()
                attached.attachment.flush()
        self._facts_changed()

    def _facts_changed(self) -> None:
        if not self._facts_due and self._clients:
            self._facts_due = True
            self._loop.call_later(FACTS_SECONDS, self._send_facts)

    def _send_facts(self) -> None:
        self._facts_due = False
        for attached in self._clients.values():
            attached.attachment.facts_changed()
            attached.attachment.flush()

    def _schedule_status(self) -> None:
        """Draw the status line every `status-interval` seconds while somebody looks."""
        seconds = self.state.session_options.number("status-interval")
        if self._status_timer is None and self._clients and seconds:
            self._status_timer = self._loop.call_later(seconds, self._status_due)

    def _status_due(self) -> None:
        self._status_timer = None
        self.settle_soon()
        self._schedule_status()


def _end_message(client: Client, text: str) -> None:
    if client.message is text:
        client.message = None


def peer_text(error: AimuxError) -> Sequence[str]:
    """What a peer is told of an error."""
    return (str(error), __version__)
