"""What the sidebar is told: a pane's commands, its directory, and the agents of all panes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aimux.agents.osc7501 import is_query, parse_report
from aimux.agents.recognise import recognise
from aimux.agents.state import AgentState
from aimux.commands.agent_book import AgentProcess
from aimux.commands.effects import Effects
from aimux.ids import PaneId
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.model.state import State
from aimux.protocol.facts import MAX_AGENTS, MAX_COMMANDS, AgentFact
from aimux.protocol.server_messages import Facts
from aimux.pty.processes import descendants, process
from aimux.security.clean import clean
from aimux.semantic.marks import (
    CommandEnd,
    CommandText,
    Directory,
    Mark,
    OutputStart,
    PromptStart,
    parse_mark,
)
from aimux.semantic.segments import MAX_RECORDS, CommandLog, CommandRecord, Moment
from aimux.server.agent_facts import agent_fact
from aimux.server.agent_files import Files
from aimux.server.agents import AgentBook
from aimux.server.command_facts import command_fact
from aimux.server.marked_text import text_before_cursor, text_between
from aimux.server.records import RecordBook
from aimux.server.traffic import Traffic
from aimux.vt.events import Osc

MARK_CODES = frozenset({133, 633})
AGENT_CODE = 7501
MAX_PATH = 4096
AGENT_CODES = frozenset({9, 777, 21337})
SEEN_SECONDS = 1.0  # a person who has a pane before them for so long has seen what is there
STATES_SECONDS = 1.0  # what nobody reports, such as the end of `starting`, is seen that late
LOOK_SECONDS = 1.0  # a pane's processes are looked at no more often, and only while it prints


@dataclass(slots=True)
class PaneFacts:
    """What is known of one pane."""

    log: CommandLog
    looked: float = -1e9


class FactBook:
    """What is known of every pane; fed by the server's events, never by a clock of its own.

    Args:
        files: How the files of agents are followed; its clock and its timer count here, too.
        changed: Called when a sidebar may show something else.
        turned: Called when a pane's agent has come into another state, or has gone.
        noted: Called when anything else of it is known, too.
        records: Told where commands begin and end, and knows what they said.
        traffic: The messages and tasks of the server.
        elsewhere: The agents of other hosts.
        log_line: Told of every line of an agent's log.
    """

    def __init__(  # noqa: PLR0913  # it is where everything that is known meets
        self,
        state: State,
        files: Files,
        *,
        changed: Callable[[], None],
        turned: Callable[[Pane, AgentFact | None], None],
        noted: Callable[[Pane, AgentFact | None], None],
        records: RecordBook,
        traffic: Callable[[], Traffic] = lambda: Traffic({}),
        elsewhere: Callable[[], Sequence[AgentFact]] = tuple,
        log_line: Callable[[Pane, bytes], None] = lambda _pane, _line: None,
    ) -> None:
        self._agents = AgentBook(
            files,
            turned=self._agent_turned,
            changed=self._agent_news,
            ended=self._look,
            log_line=log_line,
        )
        self._records = records
        self._traffic = traffic
        self._elsewhere = elsewhere
        self._state = state
        self._clock = files.clock
        self._changed = changed
        self._turned = turned
        self._noted = noted
        self._later = files.later
        self._panes: dict[int, PaneFacts] = {}
        self._looks: set[int] = set()
        self._before_person: set[int] = set()
        self._states: list[str] = []
        self._states_until = 0.0

    def of(self, pane: Pane) -> PaneFacts:
        """A pane's facts."""
        facts = self._panes.get(pane.id)
        if facts is None:
            log = CommandLog(read_text=lambda start, end: text_between(pane, start, end))
            facts = self._panes[pane.id] = PaneFacts(log)
        return facts

    def forget(self, pane: Pane) -> None:
        """A pane has gone."""
        self._panes.pop(pane.id, None)
        self._agents.forget(pane)
        self._looks.discard(pane.id)
        self._states_until = 0.0
        self._records.gone(pane, None)
        self._records.forget(pane)

    def is_at_prompt(self, pane: Pane) -> bool:
        """Whether the pane's own shell has said that it waits for a command line."""
        facts = self._panes.get(pane.id)
        return facts is not None and facts.log.is_integrated and facts.log.is_at_prompt

    def typed(self, pane: Pane) -> str | None:
        """What stands between the end of the pane's prompt and the cursor; None: nobody knows."""
        facts = self._panes.get(pane.id)
        start = facts.log.typed_from if facts is not None else None
        if start is None:
            return None
        screen = pane.screen
        row = screen.history.pushed + screen.cursor_y
        return text_before_cursor(pane, start, row, screen.cursor_x)

    def agent_state(self, pane: Pane) -> tuple[str, str]:
        """The name and the state of the agent in a pane; empty without one."""
        agent = self._agents.state(pane)
        return (agent.name, agent.state) if agent is not None else ("", "")

    # ---- programs that are one command ----

    def began(self, pane: Pane, text: str, *, trusted: bool) -> None:
        """A pane's program is a command and no shell: it is recorded as one.

        Args:
            pane: Where it runs.
            text: Its command line.
            trusted: Nothing that it prints may end the record: marks in its output are output.
        """
        row = pane.screen.history.pushed + pane.screen.cursor_y
        at = Moment(row, 0, self._clock.wall(), self._clock.monotonic())
        log = self.of(pane).log
        for mark in (
            Directory(pane.start_path, "", trusted),
            CommandText(text, trusted),
            OutputStart(trusted),
        ):
            log.feed(mark, at)
        self._records.marked(pane, log, row, 0)

    def ended(self, pane: Pane, exit_status: int) -> None:
        """A pane's program has ended: so has the command that ran."""
        facts = self._panes.get(pane.id)
        if facts is not None and facts.log.running is not None:
            screen = pane.screen
            at = Moment(
                screen.history.pushed + screen.cursor_y,
                screen.cursor_x,
                self._clock.wall(),
                self._clock.monotonic(),
            )
            facts.log.feed(CommandEnd(exit_status, facts.log.running.trusted), at)
            self._records.marked(pane, facts.log, at.row, at.column)
        self._records.gone(pane, exit_status)

    # ---- news ----

    def osc(self, pane: Pane, event: Osc) -> None:
        """A program sent a control string."""
        if event.code in MARK_CODES:
            self._mark(pane, event)
        elif event.code == AGENT_CODE and not is_query(event.payload):
            report = parse_report(event.payload)
            if report is not None:
                self._agents.reported(pane, report)
        elif event.code in AGENT_CODES:
            self._agents.sequence(pane, event.code, event.payload)

    def path(self, pane: Pane, payload: str) -> None:
        """A program said its directory by OSC 7."""
        mark = parse_mark(7, payload, nonce=pane.nonce)
        pane.path_said = clean(payload, limit=MAX_PATH)
        if isinstance(mark, Directory):
            pane.path = clean(mark.path, limit=MAX_PATH)
            self._changed()

    def _mark(self, pane: Pane, event: Osc) -> None:
        mark = parse_mark(event.code, event.payload, nonce=pane.nonce)
        if mark is None:
            return
        facts = self.of(pane)
        now = self._clock.monotonic()
        at = Moment(event.row, pane.screen.cursor_x, self._clock.wall(), now)
        facts.log.feed(mark, at)
        if mark.trusted or not facts.log.is_integrated:
            _keep_row(pane, mark, event.row)
        self._records.marked(pane, facts.log, at.row, at.column)
        if mark.trusted and isinstance(mark, PromptStart):
            self._look(pane)
            self._agents.prompt_returned(pane)
        elif mark.trusted and isinstance(mark, OutputStart):
            self._agents.command_started(pane)
            self._look_later(pane)
        if isinstance(mark, (CommandEnd, OutputStart, PromptStart)):
            self._changed()

    def printed(self, pane: Pane) -> None:
        """A program wrote something: another one may run."""
        if self._records.printed(pane):
            self._changed()
        self._agents.printed(pane)
        if pane.id not in self._looks:
            self._look_later(pane)

    def _look_later(self, pane: Pane) -> None:
        """Look at the pane's processes soon, at most every LOOK_SECONDS."""
        if pane.id in self._looks:
            return
        self._looks.add(pane.id)
        wait = self.of(pane).looked + LOOK_SECONDS - self._clock.monotonic()
        self._later(max(0.2, wait), lambda: self._look(pane))

    def _look(self, pane: Pane) -> None:
        self._looks.discard(pane.id)
        if pane.id not in self._state.panes or not pane.pid:
            return
        self.of(pane).looked = self._clock.monotonic()
        first = process(pane.pid)
        found = recognise([*([first] if first is not None else []), *descendants(pane.pid)])
        if self._agents.saw(pane, found):
            self._later(11.0, self._changed)  # `starting` turns into `unknown` without an input

    def _agent_turned(self, pane: Pane) -> None:
        """Tell who listens that an agent is in another state, or asks something else."""
        self._states_until = 0.0
        self._turned(pane, self.agent(pane))
        self._agent_news(pane)

    def _agent_news(self, pane: Pane) -> None:
        self._noted(pane, self.agent(pane))
        self._records.changed(pane)
        self._changed()

    def settle(self) -> None:
        """What a person has before them is seen after a while: what has finished there is idle."""
        for number in self._agents.unseen():
            pane = self._state.panes.get(PaneId(number))
            if pane is not None and number not in self._before_person and self._is_shown(pane):
                self._before_person.add(number)
                self._later(SEEN_SECONDS, lambda pane=pane: self._seen(pane))  # type: ignore[misc]  # mypy does not infer a lambda's default

    def _seen(self, pane: Pane) -> None:
        self._before_person.discard(pane.id)
        if self._is_shown(pane):
            self._agents.looked_at(pane)

    def _is_shown(self, pane: Pane) -> bool:
        return any(
            client.session is not None and pane in client.session.window.visible_panes
            for client in self._state.attached()
        )

    # ---- what others ask ----

    def agent(self, pane: Pane) -> AgentFact | None:
        """What is known of the agent in a pane, at the first place that its window is linked at."""
        agent = self._agents.state(pane)
        window = self._state.window_of(pane)
        if agent is None or window is None:
            return None
        session, link = next(self._state.links_of(window))
        return self._fact(pane, session, link, agent)

    def agent_now(self, pane: Pane) -> AgentState | None:
        """The agent in a pane and what it does; None if there is none."""
        return self._agents.state(pane)

    def agent_process(self, pane: Pane) -> AgentProcess | None:
        """The process of the agent in a pane; None if none has been seen."""
        if self._agents.process(pane) is None:
            self._look(pane)  # it may have spoken before anybody looked
        return self._agents.process(pane)

    def is_logged(self, pane: Pane) -> bool:
        """Whether the log of the agent in a pane is known."""
        return bool(self._agents.log(pane))

    def agent_states(self) -> list[str]:
        """The states of all agents, each pane's once; at most STATES_SECONDS old."""
        now = self._clock.monotonic()
        if now >= self._states_until:
            self._states = [agent.state for agent in self._agents.states()]
            self._states_until = now + STATES_SECONDS
        return self._states

    def agents(self) -> list[AgentFact]:
        """The agents of all panes, each once for every session that it is in."""
        return self._agent_facts() if self._agents.states() else []

    def record(self, pane: Pane, number: int) -> CommandRecord | None:
        """A command of a pane by its number; None once it is forgotten."""
        records = self.of(pane).log.last_commands(MAX_RECORDS + 1)
        return next((record for record in records if record.id == number), None)

    def keys_of_answer(self, pane: Pane, request: int, answer: str) -> bytes | None:
        """What to type for an answer, if the agent asks that very thing now; else None."""
        fact = self.agent(pane)
        if fact is None or fact.state != "waiting" or fact.request_id != request:
            return None
        return self._agents.keys_of_answer(pane, answer)

    @property
    def book(self) -> AgentBook:
        """Everything about agents, by pane."""
        return self._agents

    # ---- what a client is told ----

    def message(self, client: Client, effects: Effects) -> Facts:
        """The sidebar of a client."""
        session = client.session
        if session is None:
            raise AssertionError(f"client {client.name} shows no session")
        window = session.window
        pane = window.active
        facts = self.of(pane)
        index = window.index_of(pane) + window.options.number("pane-base-index")
        title = f"{index} {pane.title}".strip()
        path = effects.foreground_path(pane) or pane.path
        ran = {one.record.id: one for one in self._records.of(pane)}
        commands = tuple(
            command_fact(record, ran.get(record.id))
            for record in facts.log.last_commands(MAX_COMMANDS)
        )
        agents = (*self._agent_facts(), *self._elsewhere())[:MAX_AGENTS]
        traffic = self._traffic()
        return Facts(f"%{pane.id}", title, path, commands, agents, traffic.messages, traffic.tasks)

    def _agent_facts(self) -> list[AgentFact]:
        found = []
        for session in self._state.sessions_by_name():
            for link in session.ordered():
                for pane in link.window.panes:
                    agent = self._agents.state(pane)
                    if agent is not None:
                        found.append(self._fact(pane, session, link, agent))
        return found[:MAX_AGENTS]

    def _fact(self, pane: Pane, session: Session, link: Link, agent: AgentState) -> AgentFact:
        return agent_fact(pane, session, link, agent, book=self._agents, clock=self._clock)


def _keep_row(pane: Pane, mark: Mark, row: int) -> None:
    """Let copy mode find the rows where prompts and output began."""
    match mark:
        case PromptStart():
            pane.prompt_rows.append(row)
        case OutputStart():
            pane.output_rows.append(row)
