"""The server: holds the parts together and hands what happens in one to the others."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Mapping

from aimux.commands.sizes import fit_windows
from aimux.events import (
    ClientAttached,
    ClientDetached,
    ClientSessionChanged,
    Event,
    SessionCreated,
    SessionWindowChanged,
)
from aimux.link.settings import ServerSettings
from aimux.model.changes import Changes
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.protocol.facts import AgentFact
from aimux.server.agent_files import Files
from aimux.server.agent_followers import AgentFollowers
from aimux.server.alerts import Alerts
from aimux.server.autosave import Autosave
from aimux.server.bindings import Bindings
from aimux.server.clients import Clients
from aimux.server.clock import Clock
from aimux.server.connection import Connection
from aimux.server.connections import Connections
from aimux.server.control_clients import ControlClients
from aimux.server.deferred import Deferred
from aimux.server.effects import ServerEffects
from aimux.server.exchange import ServerExchange
from aimux.server.exit_options import ExitOptions
from aimux.server.facts import FactBook
from aimux.server.file_watch import FileWatch
from aimux.server.fleet import ServerFleet
from aimux.server.focus import Focus
from aimux.server.history_file import load_history, save_history
from aimux.server.hooks import HookRequester, Hooks
from aimux.server.idle_locks import IdleLocks
from aimux.server.jobs import Jobs
from aimux.server.listening import Listening
from aimux.server.mail import AGAIN_SECONDS, Mail
from aimux.server.notices import Notices
from aimux.server.one_shots import OneShots
from aimux.server.pane_events import PaneEvents
from aimux.server.pane_pipe import Pipes
from aimux.server.pane_programs import PanePrograms
from aimux.server.process_watch import ProcessWatch
from aimux.server.reading import bind_default_keys, language, read_options_with
from aimux.server.recording import Recording
from aimux.server.requesters import ConfigRequester
from aimux.server.start_up import StartUp
from aimux.server.status_clock import StatusClock
from aimux.server.storage import Storage
from aimux.server.supervision import guarded, supervised
from aimux.server.toasts import Toasts

STOP_SECONDS = 2.0
STARTER_SECONDS = 10.0

log = logging.getLogger(__name__)


class Server:
    """One server: makes its parts, begins and ends, and tells them what changed.

    Args:
        tasks: The group that everything runs in; its end is the server's.
    """

    def __init__(
        self, state: State, settings: ServerSettings, clock: Clock, tasks: asyncio.TaskGroup
    ) -> None:
        self.state = state
        self._settings = settings
        self._stopping = asyncio.Event()
        self._tasks, self._loop = tasks, asyncio.get_running_loop()
        self._deferred = Deferred()
        later, settle = self._deferred.later, self.settle_soon
        self._jobs = Jobs(tasks, changed=settle)
        pipes = Pipes()
        storage = Storage(
            settings.environment, soon=self._deferred.from_thread, troubled=self._store_troubled
        )
        self._recording = Recording(
            state,
            storage,
            clock,
            publish=self.published,
            changed=self._facts_changed,
            soon=self._deferred.soon,
        )
        self._fleet = ServerFleet(state, storage, clock, tasks)
        self._exchange = ServerExchange(
            state,
            storage,
            clock,
            later=later,
            warned=self._warn,
            write=self._write,
            run=self._jobs.run,
            shown=self._traffic_changed,
            fleet=self._fleet,
        )
        effects = self._effects = ServerEffects(
            self,
            state,
            self._jobs,
            pipes,
            clock,
            records=self._recording,
            exchange=self._exchange,
            as_tmux=settings.as_tmux,
        )
        self._language = language(state, effects)
        read_options_with(self._language, state)
        facts = self.facts = FactBook(
            state,
            Files(FileWatch(self._loop), ProcessWatch(self._loop), clock, later, set()),
            changed=self._facts_changed,
            turned=self._agent_turned,
            noted=self._agent_noted,
            records=self._recording.book,
            traffic=self._exchange.traffic,
            elsewhere=self._exchange.fleet.agents,
            log_line=self._exchange.log_line,
        )
        self._recording.know(facts)
        self._exchange.know(facts)
        self.bindings = Bindings(state, effects, self._language, settle=settle)
        clients = self.clients = Clients(
            state, effects, facts, clock, run=self.bindings.run, settle=settle, later=later
        )
        self._mail = Mail(
            clients,
            clock,
            pane_of=self._exchange.pane_of,
            told=self._exchange.told_people,
            again=lambda: later(AGAIN_SECONDS, self._tell_mail),
        )
        toasts = Toasts(state, clients, monotonic=clock.monotonic)
        self.controls = ControlClients(
            self, state, effects, self._language, clock, tasks, later=later
        )
        self._alerts = Alerts(
            state, effects, clients, monotonic=clock.monotonic, later=later, changed=settle
        )
        self._events = PaneEvents(
            state, effects, facts, self._alerts, belled=toasts.bell, settle=settle, later=later
        )
        self.programs = PanePrograms(
            state,
            effects,
            facts,
            clients,
            self.controls,
            self._events,
            pipes=pipes,
            clock=clock,
            ended=self._exchange.pane_gone,
            settle=settle,
        )
        notices = Notices(
            state,
            clients,
            toasts,
            self._alerts,
            clock,
            agent=facts.agent,
            publish=self.published,
            later=later,
        )
        self.config = ConfigRequester()
        self._followers = AgentFollowers(
            state,
            effects,
            facts,
            notices,
            self._exchange,
            clock,
            bindings=self.bindings,
            requester=HookRequester(self.config),
            change=self._recording.store,
            settle=settle,
            later=later,
        )
        self._focus = Focus(state, effects)
        self._idle_locks = IdleLocks(state, now=clock.wall, later=later, lock=effects.lock)
        self.one_shots = OneShots(
            state,
            effects,
            self._language,
            clock,
            clients,
            self.controls,
            settle=settle,
            idle=self._end_if_empty,
        )
        self._start_up = StartUp(
            state, settings, effects, self._language, self.config, run=self._run_postponed
        )
        self._connections = Connections(
            state,
            effects,
            self._start_up,
            self.one_shots,
            clients,
            self.controls,
            settle=settle,
            left=self._recording.book.look_again,
        )
        self._exits = ExitOptions(
            state,
            effects,
            self.one_shots,
            self._start_up,
            foreground=settings.foreground,
            stop=self.stop,
        )
        self._changes = Changes()
        self._hooks = Hooks(
            state,
            effects,
            self._language,
            HookRequester(self.config),
            later=self._deferred.soon,
            settle=settle,
        )
        self._autosave = Autosave(state, effects, later=later)
        self._settling = self._ticked = False
        self._status_clock = StatusClock(clients.status_interval, self._status_due)

    # ---- beginning and ending ----

    def load_keys(self) -> None:
        """Bind the default keys."""
        bind_default_keys(self._language, self.state)

    async def run(self, listener: socket.socket) -> None:
        """Serve until the last session has ended or a signal says so."""
        for number in (signal.SIGTERM, signal.SIGINT):
            self._loop.add_signal_handler(number, self.stop)
        self._loop.add_signal_handler(signal.SIGCHLD, guarded("SIGCHLD", self.programs.reap))
        self._exits.await_starter()
        self._deferred.later(STARTER_SECONDS, self._exits.give_up_starter)
        self._start_up.load()
        load_history(self.state, self._effects)
        identity = self._settings.socket_identity
        accept = self._connections.accept
        listening = Listening(listener, self.state.socket_path, identity, accept)
        await listening.start()
        self._loop.add_signal_handler(signal.SIGUSR1, self._recreate, listening)
        log.info("serving on %s", self.state.socket_path)
        await self._stopping.wait()
        listening.close()
        await self._run_last_hooks()
        self._end_everything()
        await self._connections.end(STOP_SECONDS)

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
        self.one_shots.leaving = True
        self._loop.call_soon(self._stopping.set)

    def _end_everything(self) -> None:
        log.info("ending")
        save_history(self.state, self._effects)
        self._autosave.end()
        for attached in self.clients:
            self._effects.detach(attached.client, "[server exited]")
        self.look()
        self.controls.end()
        self.programs.close()
        self._jobs.stop()
        self._fleet.stop()
        self.one_shots.answer_all()
        self._recording.close()

    # ---- what its parts tell it ----

    def _store_troubled(self, text: str) -> None:
        """Nothing can be stored, or it can be again: say so to everybody who is there."""
        for attached in self.clients:
            attached.requester.error(text or "the database works again")

    def _warn(self, client: Client, text: str) -> None:
        self.clients.show_message(client, text)

    def _write(self, pane: Pane, data: bytes) -> None:
        self._effects.write(pane, data)

    def _tell_mail(self) -> None:
        self._mail.look(self._exchange.traffic().messages)

    def _traffic_changed(self) -> None:
        self._tell_mail()
        self.clients.facts_changed()
        self.settle_soon()

    def _run_postponed(self, connection: Connection, request: Mapping[str, object]) -> None:
        self._connections.run_request(connection, request)

    def _end_if_empty(self) -> None:
        self._exits.end_if_empty()

    def control_ended(self, connection: Connection) -> None:
        """A control client has left."""
        self.one_shots.forget(connection)
        self._end_if_empty()

    def hold_panes(self) -> None:
        """Let those programs wait, and only those, that no client reads."""
        self.programs.hold(self.controls.held(self.state.panes))

    def published(self, event: Event) -> None:
        """Something happened; the log has it, and its hook runs soon."""
        log.info("%s", event)
        self.controls.happened(event)
        self._hooks.happened(event)
        match event:
            case SessionWindowChanged() if event.window in self.state.windows:
                self._alerts.seen(self.state.windows[event.window])
            case SessionCreated() if self._start_up.loaded:
                self.config.show(self.state, self.state.sessions[event.session])
            case ClientSessionChanged() | ClientDetached():
                self._exits.client_left()
            case ClientAttached():
                self._tell_mail()

    def look(self) -> None:
        """Publish what changed since the last look."""
        for event in self._changes.look(self.state):
            self.published(event)
        self._exits.end_unattached()

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
        self.facts.settle()
        self._focus.settle()
        self._idle_locks.settle()
        self._fleet.settle()
        self._autosave.settle()
        self.look()
        self.controls.settle()
        self.hold_panes()
        self._status_clock.schedule()
        self.programs.fit()
        self.clients.flush_all(ticked=self._ticked)
        self._ticked = False

    def _facts_changed(self) -> None:
        self.clients.facts_changed()

    def _agent_turned(self, pane: Pane, agent: AgentFact | None) -> None:
        self._followers.turned(pane, agent)

    def _agent_noted(self, pane: Pane, agent: AgentFact | None) -> None:
        self._followers.noted(pane, agent)

    def _status_due(self) -> None:
        self._ticked = True
        self.settle_soon()
