"""A small world for tests of the server's parts: real state, recorded effects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from aimux.agents.addresses import Caller, Member, caller_of
from aimux.agents.explanation import Explanation
from aimux.agents.sources.fields import Record
from aimux.commands.agent_book import AgentProcess, AgentWatcher
from aimux.commands.effects import NO_WISH, Battery, LastWish, Program, RunningJob, ShellResult
from aimux.commands.records import Answer, Requested, Watcher
from aimux.commands.targets import MousePlace, Target
from aimux.errors import CommandError, StoreError
from aimux.events import Event
from aimux.ids import PaneId
from aimux.keys.mouse import MouseEvent
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.environment import Environment
from aimux.model.key_tables import KeyTables
from aimux.model.layout import Layout
from aimux.model.option_row import Scope
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.model.state import State
from aimux.model.window import Window
from aimux.observe.suggestions import Suggestion
from aimux.persist.store import Store
from aimux.protocol.facts import AgentFact
from aimux.semantic.output import Ran
from aimux.styles.draw import StyleRange
from aimux.vt.engine import Engine


class NoAgents:
    """A world in which no agent says anything."""

    def explain(self, pane: Pane) -> Explanation | None:
        del pane
        return None

    def hooked(self, pane: Pane, kind: str, fields: Record) -> None:
        del pane, kind, fields

    def watch(self, watcher: AgentWatcher) -> None:
        del watcher


class NoRecords:
    """A world in which no shell reports anything, and without a store."""

    def of(self, pane: Pane) -> Sequence[Ran]:
        del pane
        return ()

    with_output = of

    def last(self, pane: Pane) -> Ran | None:
        del pane
        return None

    def last_text(self, pane: Pane) -> str:
        del pane
        return ""

    def person_typed(self, pane: Pane, data: bytes) -> None:
        del pane, data

    def person_answered(self, pane: Pane, answer: str) -> None:
        del pane, answer

    def asked_by(self, pane: Pane, agent: str) -> None:
        del pane, agent

    def suggest(
        self, pane: Pane, done: Callable[[Sequence[Suggestion] | StoreError], None]
    ) -> None:
        del pane
        done(())

    def requested(self, request: Requested) -> None:
        del request

    def watch(self, pane: Pane, watcher: Watcher) -> None:
        del pane, watcher

    def is_at_prompt(self, pane: Pane) -> bool:
        del pane
        return False

    def agent_state(self, pane: Pane) -> str:
        del pane
        return ""

    agent_name = agent_state

    def typed(self, pane: Pane) -> str | None:
        del pane
        return None

    def ask(
        self, question: Callable[[Store], Answer], done: Callable[[Answer | StoreError], None]
    ) -> None:
        del question
        done(StoreError("no store"))

    change = ask


class NoExchange:
    """Nobody is there, and nothing is stored."""

    server = "/nowhere"

    def caller(self, client: Client | None) -> Caller:
        del client
        return caller_of(None, ())

    def roster(self) -> list[Member]:
        return []

    def repository(self, path: str) -> str:
        del path
        return ""

    revision = repository

    def may_send(self, caller: Caller) -> bool:
        del caller
        return True

    def claimed(self, expires: float) -> None:
        pass

    def unread(self, mailbox: str) -> int:
        del mailbox
        return 0

    def changed(self, *topics: str) -> None:
        pass

    def watch(self, topics: Sequence[str], watcher: Callable[[], bool]) -> None:
        raise CommandError("nothing happens here")

    def warn(self, panes: Sequence[int], text: str) -> None:
        pass

    def hooked(self, pane: Pane) -> None:
        pass

    def plugin_asks(self, pane: Pane, *, waits: bool) -> None:
        pass

    def handed(self, pane: Pane, numbers: Sequence[int]) -> None:
        pass


@dataclass
class RecordedEffects:
    """Effects that note what was asked for; time stands still until it is moved."""

    time: float = 1000.0
    written: list[tuple[int, bytes]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    timers: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    asked: list[tuple[str, object]] = field(default_factory=list)
    known_battery: Battery | None = None
    command: str = "sh"
    popups: dict[int, Callable[[int], None]] = field(default_factory=dict)
    ranges: tuple[StyleRange, ...] = ()
    known_agents: list[AgentFact] = field(default_factory=list)
    processes: dict[int, AgentProcess] = field(default_factory=dict)

    def now(self) -> float:
        return self.time

    def spawn(self, pane: Pane, program: Program) -> None:
        self.asked.append(("spawn", (pane.id, program)))

    def run_popup(self, pane: Pane, program: Program, *, ended: Callable[[int], None]) -> None:
        self.asked.append(("run_popup", (pane.id, program)))
        self.popups[pane.id] = ended

    def move_in(self, pane: Pane, identity: PaneId) -> None:
        self.asked.append(("move_in", (pane.id, identity)))
        pane.id = identity

    def status_ranges(self, client: Client) -> tuple[StyleRange, ...]:
        del client
        return self.ranges

    def run_at(
        self,
        client: Client,
        commands: CommandBlock | str,
        *,
        current: Target,
        mouse: MousePlace | None,
        mouse_event: MouseEvent | None,
    ) -> None:
        del current, mouse, mouse_event
        text = commands if isinstance(commands, str) else commands.text
        self.asked.append(("run_at", (client.name, text)))

    def press(self, client: Client, keys: Sequence[str]) -> None:
        self.asked.append(("press", (client.name, list(keys))))

    def kill(self, pane: Pane) -> None:
        self.asked.append(("kill", pane.id))

    def write(self, pane: Pane, data: bytes) -> None:
        self.written.append((pane.id, data))

    def foreground_command(self, pane: Pane) -> str:
        del pane
        return self.command

    def restart_words(self, pane: Pane) -> tuple[str, ...]:
        del pane
        return ("vim", "a file")

    def foreground_path(self, pane: Pane) -> str:
        del pane
        return "/tmp"

    def battery(self) -> Battery | None:
        return self.known_battery

    def replace_file(self, path: str, text: str) -> None:
        self.asked.append(("replace_file", (path, text)))

    def state_file(self, name: str) -> str:
        return f"/state/{name}"

    def own_command(self, words: Sequence[str]) -> str:
        return f"aimux {' '.join(words)}"

    def publish(self, event: Event) -> None:
        self.events.append(event)

    def look(self) -> None:
        pass

    def attach(self, client: Client, session: Session) -> None:
        self.asked.append(("attach", (client.name, session.name)))

    def detach(self, client: Client, message: str, wish: LastWish = NO_WISH) -> None:
        self.asked.append(("detach", (client.name, message, wish)))

    def suspend(self, client: Client) -> None:
        self.asked.append(("suspend", client.name))

    def lock(self, client: Client, command: str) -> None:
        self.asked.append(("lock", (client.name, command)))

    def toggle_sidebar(self, client: Client) -> None:
        self.asked.append(("toggle_sidebar", client.name))

    def focus_sidebar(self, client: Client, *, focused: bool) -> None:
        self.asked.append(("focus_sidebar", (client.name, focused)))
        client.sidebar_focused = focused

    def agent(self, pane: Pane) -> AgentFact | None:
        return next((fact for fact in self.known_agents if fact.pane == pane.id), None)

    def agent_process(self, pane: Pane) -> AgentProcess | None:
        return self.processes.get(pane.id)

    def hang_up_agent(self, pane: Pane) -> None:
        self.asked.append(("hang_up_agent", pane.id))

    def agent_states(self) -> Sequence[str]:
        return [fact.state for fact in self.known_agents]

    def agents(self) -> Sequence[AgentFact]:
        return self.known_agents

    @property
    def agent_book(self) -> NoAgents:
        return NoAgents()

    def redraw(self, client: Client) -> None:
        self.asked.append(("redraw", client.name))

    def run_shell(
        self,
        command: str,
        *,
        path: str,
        session: Session | None,
        done: Callable[[ShellResult], None],
        with_errors: bool = False,
    ) -> None:
        del path, session, with_errors
        self.asked.append(("run_shell", command))
        done(ShellResult(0, ""))

    def pipe_text(self, command: str, text: str, *, session: Session | None) -> None:
        del session
        self.asked.append(("pipe_text", (command, text)))

    def open_pipe(
        self, pane: Pane, command: str, *, session: Session, to_command: bool, to_pane: bool
    ) -> None:
        del session
        self.asked.append(("open_pipe", (pane.id, command, to_command, to_pane)))

    def close_pipe(self, pane: Pane) -> None:
        self.asked.append(("close_pipe", pane.id))

    def format_job(self, command: str, *, path: str, session: Session | None) -> str:
        del path, session
        self.asked.append(("format_job", command))
        return ""

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        self.timers.append((seconds, action))

    def read_file(self, path: str) -> str:
        self.asked.append(("read_file", path))
        return ""

    def write_file(self, path: str, text: str, *, append: bool) -> None:
        self.asked.append(("write_file", (path, text, append)))

    def matching_files(self, pattern: str, *, path: str) -> list[str]:
        del path
        return [pattern]

    def new_file(self, data: bytes) -> str:
        self.asked.append(("new_file", data))
        return "/nowhere/new"

    def take_file(self, path: str) -> bytes | None:
        self.asked.append(("take_file", path))
        return None

    def open_link(self, client: Client, target: str) -> None:
        self.asked.append(("open_link", (client, target)))

    def ask_clipboard(self, client: Client) -> None:
        self.asked.append(("ask_clipboard", client))

    def jobs(self) -> list[RunningJob]:
        return []

    def set_clipboard(self, data: bytes, *, client: Client | None = None) -> None:
        self.asked.append(("clipboard", data))

    @property
    def records(self) -> NoRecords:
        return NoRecords()

    @property
    def exchange(self) -> NoExchange:
        return NoExchange()

    def shutdown(self) -> None:
        self.asked.append(("shutdown", None))


@dataclass
class World:
    """One session with one window with one pane."""

    state: State
    effects: RecordedEffects
    session: Session
    window: Window
    pane: Pane

    def client(self, *, columns: int = 80, rows: int = 24, sidebar_columns: int = 0) -> Client:
        """One more client that shows the session."""
        identity = self.state.new_client_id()
        client = Client(
            id=identity,
            name=f"/dev/pts/{100 + identity}",
            pid=1,
            created=0,
            activity=0,
            columns=columns,
            rows=rows,
            sidebar_columns=sidebar_columns,
            session=self.session,
        )
        self.state.clients[identity] = client
        return client


def make_world(*, columns: int = 80, rows: int = 23) -> World:
    """A fresh world."""
    state = State(
        key_tables=KeyTables(),
        environment=Environment({}),
        socket_path="/tmp/socket",
        pid=1,
        started=0.0,
        server_options=Options.with_defaults(Scope.SERVER),
        session_options=Options.with_defaults(Scope.SESSION),
        window_options=Options.with_defaults(Scope.WINDOW),
    )
    window_options = Options(state.window_options)
    pane = Pane(state.new_pane_id(), Engine(columns, rows), Options(window_options))
    window = Window(
        id=state.new_window_id(),
        name="one",
        columns=columns,
        rows=rows,
        layout=Layout.single(pane.id, columns=columns, rows=rows),
        panes=[pane],
        active=pane,
        options=window_options,
        created=0.0,
        activity=0.0,
    )
    session = Session(
        id=state.new_session_id(),
        name="work",
        path="/tmp",
        options=Options(state.session_options),
        environment=Environment({}),
        created=0.0,
        activity=0.0,
    )
    session.select(session.link(window, index=0))
    state.sessions[session.id] = session
    state.windows[window.id] = window
    state.panes[pane.id] = pane
    return World(state, RecordedEffects(), session, window, pane)
