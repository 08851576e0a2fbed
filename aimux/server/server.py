"""The server: holds the parts together and hands what happens in one to the others."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Callable, Mapping, Sequence

from aimux.commands.agent_book import AgentProcess
from aimux.commands.command import Source
from aimux.commands.effects import NO_WISH, LastWish
from aimux.commands.groups import ends_unattached
from aimux.commands.keymap import read_keymap
from aimux.commands.lifecycle import close_pane, close_session
from aimux.commands.queue import Queue, require_permission
from aimux.commands.sizes import fit_windows
from aimux.commands.targets import MousePlace, Target
from aimux.data import load_data
from aimux.errors import CommandError
from aimux.events import (
    ClientAttached,
    ClientDetached,
    ClientSessionChanged,
    Event,
    PaneDied,
    PaneExited,
    SessionCreated,
    SessionWindowChanged,
)
from aimux.ids import PaneId
from aimux.keys.mouse import MouseEvent
from aimux.link.settings import ServerSettings
from aimux.model.changes import Changes
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.pane import Exit, Pane
from aimux.model.state import State
from aimux.protocol.client_messages import Hello
from aimux.protocol.facts import AgentFact
from aimux.protocol.message import Message
from aimux.pty.process import PtyProcess
from aimux.server.agent_files import Files
from aimux.server.agent_sessions import AgentSessions
from aimux.server.agents import AgentBook
from aimux.server.alerts import Alerts
from aimux.server.auto_continue import AutoContinue
from aimux.server.autosave import Autosave
from aimux.server.clients import Clients
from aimux.server.clock import Clock
from aimux.server.collector import collect_everything
from aimux.server.connection import Connection
from aimux.server.control_clients import ControlClients
from aimux.server.effects import ServerEffects
from aimux.server.exchange import ServerExchange
from aimux.server.facts import FactBook
from aimux.server.file_watch import FileWatch
from aimux.server.fleet import ServerFleet
from aimux.server.focus import Focus
from aimux.server.history_file import load_history, save_history
from aimux.server.hooks import HookRequester, Hooks
from aimux.server.idle_locks import IdleLocks
from aimux.server.jobs import Jobs
from aimux.server.key_input import KEY_CLOSES
from aimux.server.listening import Listening
from aimux.server.mail import AGAIN_SECONDS, Mail
from aimux.server.notices import Notices
from aimux.server.one_shots import OUR_FAULT, OneShots
from aimux.server.pane_events import PaneEvents
from aimux.server.pane_pipe import Pipes
from aimux.server.pane_process import PaneProcess
from aimux.server.process_watch import ProcessWatch
from aimux.server.reading import language
from aimux.server.recording import Recording
from aimux.server.requesters import ConfigRequester
from aimux.server.start_up import StartUp
from aimux.server.status_clock import StatusClock
from aimux.server.storage import Storage
from aimux.server.supervision import guarded, supervised
from aimux.server.toasts import Toasts
from aimux.styles.draw import StyleRange
from aimux.vt.events import ScreenEvent

KEYMAPS = ("tmux", "aimux")
MAX_CONNECTIONS = 256
STOP_SECONDS = 2.0
COLLECT_SECONDS = 1.0
STARTER_SECONDS = 10.0
SIGNALLED = 128

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
        self._stopping, self._quiet = asyncio.Event(), asyncio.Event()
        self._tasks = tasks
        self._jobs = Jobs(tasks, changed=self.settle_soon)
        self._pipes = Pipes()
        storage = Storage(
            settings.environment, soon=self._from_thread, troubled=self._store_troubled
        )
        self._recording = Recording(
            state,
            storage,
            clock,
            publish=self.published,
            changed=self._facts_changed,
            soon=self._soon,
        )
        self._fleet = ServerFleet(state, storage, clock, tasks)
        self._exchange = ServerExchange(
            state,
            storage,
            clock,
            later=self._later,
            warned=self._warn,
            write=self._write,
            run=self._jobs.run,
            shown=self._traffic_changed,
            fleet=self._fleet,
        )
        self._effects = ServerEffects(
            self,
            state,
            self._jobs,
            self._pipes,
            clock,
            records=self._recording,
            exchange=self._exchange,
            as_tmux=settings.as_tmux,
        )
        self._language = language(state, self._effects)
        for options in (state.session_options, state.window_options):
            options.read_commands_with(self._language.read_string)
        self._facts = FactBook(
            state,
            Files(FileWatch(self._loop), ProcessWatch(self._loop), clock, self._later, set()),
            changed=self._facts_changed,
            turned=self._agent_turned,
            noted=self._agent_noted,
            records=self._recording.book,
            traffic=self._exchange.traffic,
            elsewhere=self._exchange.fleet.agents,
            tasks_elsewhere=self._exchange.fleet.task_facts,
            log_line=self._exchange.log_line,
        )
        self._recording.know(self._facts)
        self._exchange.know(self._facts)
        self._clients = Clients(
            state,
            self._effects,
            self._facts,
            clock,
            run=self._run_binding,
            settle=self.settle_soon,
            later=self._later,
        )
        self._mail = Mail(
            self._clients,
            clock,
            pane_of=self._exchange.pane_of,
            told=self._exchange.told_people,
            again=lambda: self._later(AGAIN_SECONDS, self._tell_mail),
        )
        self._toasts = Toasts(state, self._clients, monotonic=clock.monotonic)
        self._controls = ControlClients(
            self, state, self._effects, self._language, clock, tasks, later=self._later
        )
        self._alerts = Alerts(
            state,
            self._effects,
            self._clients,
            monotonic=clock.monotonic,
            later=self._later,
            changed=self.settle_soon,
        )
        self._events = PaneEvents(
            self,
            state,
            self._effects,
            self._facts,
            self._alerts,
            belled=self._toasts.bell,
            later=self._later,
        )
        self._auto_continue = AutoContinue(
            state,
            clock,
            agent=self._facts.agent,
            go_on=self._continue_agent,
            later=self._later,
        )
        self._sessions = AgentSessions(
            clock,
            process=self._agent_with_path,
            change=self._recording.store,
        )
        self._notices = Notices(
            state,
            self._clients,
            self._toasts,
            self._alerts,
            clock,
            agent=self._facts.agent,
            publish=self.published,
            later=self._later,
        )
        self._focus = Focus(state, self._effects)
        self._idle_locks = IdleLocks(
            state, now=clock.wall, later=self._later, lock=self.lock_client
        )
        self._one_shots = OneShots(
            state,
            self._effects,
            self._language,
            clock,
            self._clients,
            self._controls,
            settle=self.settle_soon,
            idle=self._end_if_empty,
        )
        self._connections: dict[Connection, None] = {}
        self._config = ConfigRequester()
        self._start_up = StartUp(
            state, settings, self._effects, self._language, self._config, run=self.run_request
        )
        self._changes = Changes()
        self._hooks = Hooks(
            state,
            self._effects,
            self._language,
            HookRequester(self._config),
            later=self._soon,
            settle=self.settle_soon,
        )
        self._autosave = Autosave(state, self._effects, later=self._later)
        self._settling = self._ticked = self._client_left = False
        self._status_clock = StatusClock(self._clients.status_interval, self._status_due)

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
        self.state.awaits_starter = not self._settings.foreground
        self._later(STARTER_SECONDS, self._give_up_starter)
        self._start_up.load()
        load_history(self.state, self._effects)
        identity = self._settings.socket_identity
        listening = Listening(listener, self.state.socket_path, identity, self._accept)
        await listening.start()
        self._loop.add_signal_handler(signal.SIGUSR1, self._recreate, listening)
        log.info("serving on %s", self.state.socket_path)
        await self._stopping.wait()
        listening.close()
        await self._run_last_hooks()
        self._end_everything()
        await self._say_goodbye()

    def _recreate(self, listening: Listening) -> None:
        """SIGUSR1: the socket's file is made anew."""
        self._tasks.create_task(supervised("SIGUSR1", listening.recreate()))

    async def _run_last_hooks(self) -> None:
        """The hooks of the last session's end still run, and what they start may end.

        A server that was told to leave (kill-server, a signal) does so at once.
        """
        if not self.state.sessions:
            self.look()
            self._hooks.stop()
            await self._jobs.finish(STOP_SECONDS)
        self._hooks.stop()

    def stop(self) -> None:
        """End the server; commands that have run are answered once the socket has gone."""
        self._one_shots.leaving = True
        self._loop.call_soon(self._stopping.set)

    def _end_everything(self) -> None:
        log.info("ending")
        save_history(self.state, self._effects)
        self._autosave.end()
        for attached in self._clients:
            self.detach_client(attached.client, "[server exited]")
        self.look()
        self._controls.end()
        for process in list(self.processes.values()):
            process.close()
        self._jobs.stop()
        self._fleet.stop()
        self._one_shots.answer_all()
        self._recording.close()

    async def _say_goodbye(self) -> None:
        """Let what was said to clients leave, a little while."""
        if self._connections:
            try:
                async with asyncio.timeout(STOP_SECONDS):
                    await self._quiet.wait()
            except TimeoutError:
                log.warning("%d connections did not end", len(self._connections))

    def _soon(self, action: Callable[[], None]) -> None:
        self._loop.call_soon(guarded("hooks", action))

    def _from_thread(self, action: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits any more
            self._loop.call_soon_threadsafe(guarded("storage", action))

    def _store_troubled(self, text: str) -> None:
        """Nothing can be stored, or it can be again: say so to everybody who is there."""
        for attached in self._clients:
            attached.requester.error(text or "the database works again")

    def _later(self, seconds: float, action: Callable[[], None]) -> None:
        self._loop.call_later(seconds, guarded("timer", action))

    def _warn(self, client: Client, text: str) -> None:
        self._clients.show_message(client, text)

    def _write(self, pane: Pane, data: bytes) -> None:
        self._effects.write(pane, data)

    def _tell_mail(self) -> None:
        self._mail.look(self._exchange.traffic().messages)

    def _traffic_changed(self) -> None:
        self._tell_mail()
        self._clients.facts_changed()
        self.settle_soon()

    def _give_up_starter(self) -> None:
        """The process that started the server has not come."""
        if self.state.awaits_starter and not self._start_up.waited_for:
            self.state.awaits_starter = False
            self._end_if_empty()

    # ---- connections ----

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self, reader, writer)
        self._make_room(connection)
        self._connections[connection] = None
        try:
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

    def admits(self, user: int) -> bool:
        """Whether a user may connect (`server-access`)."""
        return self.state.access.admits(user)

    def run_request(self, connection: Connection, request: Mapping[str, object]) -> None:
        """Run a one-shot command's words."""
        if not self._one_shots.leaving and self._start_up.postpone(connection, request):
            return
        if self._start_up.loaded:
            self.state.awaits_starter = False
        self._one_shots.run(connection, request)

    def input_arrived(self, connection: Connection, data: bytes, *, last: bool) -> None:
        """A one-shot command's process sent a piece of its standard input."""
        self._one_shots.input_arrived(connection, data, last=last)

    def _end_if_empty(self) -> None:
        """A server that was started for nothing leaves, unless it was told to stay."""
        options = self.state.server_options
        stays = self._settings.foreground or not options.flag("exit-empty")
        if stays or self.state.awaits_starter:
            return
        sessions = self.state.sessions and not options.flag("exit-unattached")
        if not (sessions or self._one_shots.running or self.state.attached()):
            self.stop()

    def control_ended(self, connection: Connection) -> None:
        """A control client has left."""
        self._one_shots.forget(connection)
        self._end_if_empty()

    def client_arrived(self, connection: Connection, hello: Hello) -> None:
        """A client's process showed its ticket."""
        self._clients.arrive(connection, hello)
        self.settle_soon()

    def client_message(self, connection: Connection, message: Message) -> None:
        """An attached client sent something."""
        self._clients.receive(connection, message)

    def connection_lost(self, connection: Connection) -> None:
        """A peer has gone: a guard or a client's process takes its attachment with it."""
        self._controls.lost(connection)
        self._start_up.lost(connection)
        of_request = self._one_shots.lost(connection)
        self._recording.book.look_again()
        client = self._clients.lost(connection) or of_request
        if client is not None and self._clients.of(client) is not None:
            self.detach_client(client, "[lost client]")

    # ---- clients ----

    def attach_client(self, client: Client) -> None:
        """Show a session on a client whose request runs now."""
        if client.control is not None:
            self._controls.attached(client)
            fit_windows(self.state)
            return
        attached = self._clients.attach(client, self._one_shots.guard_of(client))
        # Not once the queue is empty: a command behind this one may hold it back, as prompts do.
        self._loop.call_soon(guarded("attaching", attached.introduce))
        fit_windows(self.state)
        if client.session is not None:
            self._config.show(self.state, client.session)

    def detach_client(self, client: Client, message: str, wish: LastWish = NO_WISH) -> None:
        """Take a client's session away; its guard prints the message."""
        attached = self._clients.detach(client, message, wish)
        self._controls.leave(client)
        self.state.clients.pop(client.id, None)
        if attached is not None:
            self._one_shots.forget(attached.guard)
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

    def lock_client(self, client: Client, command: str) -> None:
        """Let a command have a client's terminal."""
        attached = self._clients.of(client)
        if attached is not None:
            attached.lock(command)

    def toggle_sidebar(self, client: Client) -> None:
        """Show or hide a client's sidebar."""
        attached = self._clients.of(client)
        if attached is not None:
            attached.attachment.toggle_sidebar()

    def focus_sidebar(self, client: Client, *, focused: bool) -> None:
        """Let a client's sidebar have its keys, or no longer."""
        attached = self._clients.of(client)
        if attached is not None:
            attached.attachment.focus_sidebar(focused=focused)

    def agent(self, pane: Pane) -> AgentFact | None:
        """What is known of the agent in a pane."""
        return self._facts.agent(pane)

    def agent_process(self, pane: Pane) -> AgentProcess | None:
        """The process of the agent in a pane."""
        return self._facts.agent_process(pane)

    @property
    def agent_book(self) -> AgentBook:
        """What agents tell, and why their states are what they are."""
        return self._facts.book

    def agent_states(self) -> Sequence[str]:
        """The states of all agents."""
        return self._facts.agent_states()

    def agents(self) -> Sequence[AgentFact]:
        """The agents of all panes."""
        return self._facts.agents()

    def open_link(self, client: Client, target: str) -> None:
        """Open a link where a client runs."""
        attached = self._clients.of(client)
        if attached is not None:
            attached.attachment.open_link(target)

    def press(self, client: Client, key: str) -> None:
        """A command presses a key at a client."""
        attached = self._clients.of(client)
        if client.session is None:
            return
        if attached is not None:
            attached.press(key)
        else:
            self._controls.press(client, key)

    def redraw_client(self, client: Client) -> None:
        """Send a client everything again."""
        attached = self._clients.of(client)
        if attached is not None:
            attached.attachment.refresh_all()

    def offer_clipboard(self, data: bytes, *, client: Client | None = None) -> None:
        """Offer data to the clipboard of a client's terminal, or of every attached one."""
        for attached in self._clients:
            if client in (None, attached.client):
                attached.attachment.offer_clipboard(data)

    def ask_clipboard(self, client: Client) -> None:
        """Ask a client's terminal for its clipboard."""
        attached = self._clients.of(client)
        if attached is not None:
            attached.attachment.ask_clipboard()

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
        try:
            if source.client is not None:
                require_permission(source.client, block)
            queue.append(block, source, current)
        except CommandError as error:
            source.requester.error(str(error))
        guarded("a binding", queue.run, failed=lambda: source.requester.error(OUR_FAULT))()

    # ---- panes ----

    def adopt(self, pane: Pane, process: PtyProcess) -> None:
        """A pane has a program now."""
        self.processes[pane.id] = PaneProcess(
            self, pane, process, exited=lambda status: self._exited(pane, status)
        )

    def began(self, pane: Pane, text: str, *, trusted: bool) -> None:
        """A pane's program is one command."""
        self._facts.began(pane, text, trusted=trusted)

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
        self._pipes.reap()
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
        code = os.waitstatus_to_exitcode(status)
        self._facts.ended(pane, code if code >= 0 else SIGNALLED - code)
        self._exchange.pane_gone(pane)
        if process is None or pane.id not in self.state.panes:
            self._facts.forget(pane)
            return
        self._pipes.close(pane)
        exit_status, exit_signal = (code, None) if code >= 0 else (None, -code)
        pane.exited = Exit(exit_status, exit_signal, self._clock.wall())
        keep = pane.options.text("remain-on-exit")
        if keep in ("on", KEY_CLOSES) or (keep == "failed" and code):
            self._mark_dead(pane)
            self.published(PaneDied(pane.id, exit_status, exit_signal))
        else:
            self.published(PaneExited(pane.id, exit_status, exit_signal))
            close_pane(self.state, self._effects, pane)
            self._facts.forget(pane)
        self.settle_soon()

    def _mark_dead(self, pane: Pane) -> None:
        """Write `remain-on-exit-format` in the last row of what the program left."""
        text = self._events.dead_text(pane)
        pane.screen.feed(f"\x1b[r\x1b[{pane.rows};1H\n{text}\x1b[m\r\x1b[?25l".encode())
        self.draw_pane(pane)

    def draw_pane(self, pane: Pane) -> None:
        """Send what changed on a pane's screen to the clients that show it."""
        self._clients.flush_pane(pane)

    def pane_printed(self, pane: Pane) -> None:
        """A program wrote something. What one in a popup does concerns no window."""
        if pane.id not in self._popups:
            self._events.printed(pane)

    def pane_output(self, pane: Pane, data: bytes) -> None:
        """The bytes that a program wrote."""
        self._controls.output(pane, data)

    def hold_panes(self) -> None:
        """Let those programs wait, and only those, that no client reads."""
        held = self._controls.held(self.state.panes)
        for process in list(self.processes.values()):
            process.hold_back(held=process.pane.id in held)

    def pane_event(self, pane: Pane, event: ScreenEvent) -> None:
        """A program asked for something that is not drawn. One in a popup asks in vain."""
        if pane.id not in self._popups:
            self._events.handle(pane, event)

    def pane_failed(self, pane: Pane) -> None:
        """Our code failed on a pane: it is shown as it is, and gets no more output."""
        pane.screen.feed(b"\r\naimux: this pane failed, see the log\r\n")
        self.draw_pane(pane)

    def published(self, event: Event) -> None:
        """Something happened; the log has it, and its hook runs soon."""
        log.info("%s", event)
        self._controls.happened(event)
        self._hooks.happened(event)
        match event:
            case SessionWindowChanged() if event.window in self.state.windows:
                self._alerts.seen(self.state.windows[event.window])
            case SessionCreated() if self._start_up.loaded:
                self._config.show(self.state, self.state.sessions[event.session])
            case ClientSessionChanged() | ClientDetached():
                self._client_left = True
            case ClientAttached():
                self._tell_mail()

    def look(self) -> None:
        """Publish what changed since the last look."""
        for event in self._changes.look(self.state):
            self.published(event)
        if self._client_left:
            self._client_left = False
            self._end_unattached()

    def _end_unattached(self) -> None:
        """A client has left a session: `destroy-unattached` and `exit-unattached`."""
        for session in list(self.state.sessions.values()):
            unwatched = not self.state.clients_of(session)
            if unwatched and ends_unattached(self.state, session):
                close_session(self.state, self._effects, session)
        self._end_if_empty()

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
        self._alerts.settle()
        self._facts.settle()
        self._focus.settle()
        self._idle_locks.settle()
        self._fleet.settle()
        self._autosave.settle()
        self.look()
        self._controls.settle()
        self.hold_panes()
        self._status_clock.schedule()
        for process in self.processes.values():
            process.fit()
        self._clients.flush_all(ticked=self._ticked)
        self._ticked = False

    def _facts_changed(self) -> None:
        self._clients.facts_changed()

    def _agent_turned(self, pane: Pane, agent: AgentFact | None) -> None:
        """An agent is in another state, or has gone: status lines and borders may say so."""
        self._notices.turned(pane, agent)
        self._exchange.turned(pane)
        self.settle_soon()

    def _agent_noted(self, pane: Pane, agent: AgentFact | None) -> None:
        """Something is known of an agent that was not."""
        self._notices.news(pane, agent)
        self._sessions.noted(pane, agent)
        self._auto_continue.noted(pane, agent)

    def _continue_agent(self, pane: Pane) -> None:
        """Tell an agent to go on, by a command that stands in the audit."""
        words = ("agent", "prompt", "--after-limit", "-t", f"%{pane.id}", "continue")
        source = Source(HookRequester(self._config), in_hook=True)
        self._run_binding(self._language.read_words(words), source)

    def _agent_with_path(self, pane: Pane) -> tuple[AgentProcess, str] | None:
        """A pane's agent and the directory that it works in."""
        found = self._facts.agent_process(pane)
        path = self._effects.foreground_path(pane) or pane.path or pane.start_path
        return None if found is None else (found, path)

    def _status_due(self) -> None:
        self._ticked = True
        self.settle_soon()
