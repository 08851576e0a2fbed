"""The agents of all panes: listens to their sources, keeps states, requests and numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aimux.agents.answers import Answer, request_of
from aimux.agents.context import Context, assume_window
from aimux.agents.explanation import Explanation
from aimux.agents.osc7501 import AgentReport
from aimux.agents.recognise import Recognised
from aimux.agents.screen_rules import ScreenFinding, read_screen
from aimux.agents.sources.claude_status_line import is_status_line, parse_status_line
from aimux.agents.sources.fields import Record
from aimux.agents.sources.hooks import age_of, parse_event
from aimux.agents.state import AgentState, AgentTracker
from aimux.agents.state_claims import Claim, Source, is_told
from aimux.agents.title_rules import read_sequence, read_title
from aimux.commands.agent_book import AgentProcess, AgentWatcher
from aimux.errors import CommandError
from aimux.model.pane import Pane
from aimux.server.agent_file_news import FileNews, follow_files
from aimux.server.agent_files import Files, Log
from aimux.server.pane_agent import (
    PaneAgent,
    asked_by,
    claim_of_screen,
    context_of,
    is_its_own,
    process_of,
)
from aimux.server.screen_looks import ScreenLooks
from aimux.vt.render import row_text

MAX_WATCHERS = 100


class AgentBook:
    """Follows the agents; a pane without one costs a look in a table when it prints.

    Args:
        files: How files are followed.
        turned: Called when a pane's agent has come into another state, or has gone.
        changed: Called when something else that is shown of it is another.
        ended: Called when a process of an agent has ended.
        log_line: Told of every line of an agent's log.
    """

    def __init__(
        self,
        files: Files,
        *,
        turned: Callable[[Pane], None],
        changed: Callable[[Pane], None],
        ended: Callable[[Pane], None],
        log_line: Callable[[Pane, bytes], None],
    ) -> None:
        self._ended = ended
        self.log_line = log_line
        self._files = files
        self._turned = turned
        self._changed = changed
        self._panes: dict[int, PaneAgent] = {}
        self._finished: set[int] = set()
        self._watchers: list[AgentWatcher] = []
        self._looks = ScreenLooks(now=files.now, later=files.later, look=self._look)

    # ---- what others ask ----

    def state(self, pane: Pane) -> AgentState | None:
        """The state of the agent in a pane; `None` if none runs there."""
        agent = self._panes.get(pane.id)
        return agent.tracker.state(self._files.now()) if agent is not None else None

    def states(self) -> list[AgentState]:
        """Those of all panes."""
        now = self._files.now()
        found = (agent.tracker.state(now) for agent in self._panes.values())
        return [state for state in found if state is not None]

    def process(self, pane: Pane) -> AgentProcess | None:
        """Its process and its session; `None` if no process of an agent has been seen there."""
        agent = self._panes.get(pane.id)
        found = agent.tracker.recognised if agent is not None else None
        if agent is None or found is None:
            return None
        return process_of(found, agent.session)

    def last(self, pane: Pane) -> AgentProcess | None:
        """The agent whose session was known last in a pane, also after it has ended."""
        agent = self._panes.get(pane.id)
        return agent.last if agent is not None else None

    def log(self, pane: Pane) -> str:
        """The path of its log; "" where that is not known."""
        agent = self._panes.get(pane.id)
        return agent.log if agent is not None else ""

    def context(self, pane: Pane) -> Context | None:
        """How full its context is: its log's numbers, and what its status line adds to them."""
        agent = self._panes.get(pane.id)
        return context_of(agent) if agent is not None else None

    def request(self, pane: Pane) -> str:
        """What a waiting agent asks, exactly; "" where only its pane shows that."""
        agent, state = self._panes.get(pane.id), self.state(pane)
        return asked_by(agent, state.since) if agent is not None and state is not None else ""

    def reason(self, pane: Pane) -> str:
        """On what a waiting agent waits, as its screen shows; "" if it shows no known prompt."""
        agent = self._panes.get(pane.id)
        return agent.request.reason if agent is not None and agent.request is not None else ""

    def answers(self, pane: Pane) -> tuple[Answer, ...]:
        """How what it asks now can be answered from elsewhere."""
        agent = self._panes.get(pane.id)
        waits = agent is not None and agent.request is not None and self._waits(agent)
        return agent.request.answers if waits and agent and agent.request else ()

    def keys_of_answer(self, pane: Pane, key: str) -> bytes | None:
        """What to type for an answer, if the very prompt stands on the screen now; else `None`."""
        agent = self._panes.get(pane.id)
        if (
            agent is None
            or agent.request is None
            or self._screen(pane, agent) != agent.request.seen
        ):
            return None
        return next((one.keys for one in self.answers(pane) if one.key == key), None)

    def explain(self, pane: Pane) -> Explanation | None:
        """Why its state is what it is; `None` if no agent runs in the pane."""
        agent = self._panes.get(pane.id)
        state = self.state(pane)
        if agent is None or state is None:
            return None
        found = agent.tracker.recognised
        return Explanation(
            pane=pane.id,
            state=state,
            claims=agent.tracker.claims,
            pids=found.pids if found is not None else (),
            recognised_by=found.evidence if found is not None else "",
            session=agent.session,
            log=agent.log,
            context=context_of(agent),
            request=asked_by(agent, state.since),
            now=self._files.now(),
            wall=self._files.clock.wall(),
        )

    # ---- news ----

    def reported(self, pane: Pane, report: AgentReport) -> None:
        """The program in a pane reported by OSC 7501."""
        agent, now = self._of(pane), self._files.now()
        self._tell(pane, agent.tracker.state(now), agent.tracker.reported(report, now))

    def sequence(self, pane: Pane, code: int, payload: str) -> None:
        """It sent a progress bar, a notification or an indicator."""
        agent = self._panes.get(pane.id)
        claim = read_sequence(code, payload, self._files.now())
        if agent is not None and claim is not None:
            self.claimed(pane, agent, claim)

    def printed(self, pane: Pane) -> None:
        """The program in a pane wrote something."""
        agent = self._panes.get(pane.id)
        kind = agent.kind if agent is not None else None
        if agent is None or kind is None:
            return
        title = pane.screen.title
        if title != agent.title:
            agent.title = title
            if agent.files is not None:
                agent.files.titled(title)
            if kind.titles:
                self.claimed(pane, agent, read_title(kind.titles, title, self._files.now()))
        if kind.screen and self._is_worth_a_look(agent):
            self._looks.soon(pane)

    def saw(self, pane: Pane, recognised: Recognised | None) -> bool:
        """Take what the pane's processes show; whether an agent came that was not there."""
        agent = self._panes.get(pane.id)
        if agent is None:
            if recognised is None:
                return False
            agent = self._of(pane)
        now = self._files.now()
        before, was = agent.tracker.state(now), agent.tracker.recognised
        after = agent.tracker.saw(recognised, now)
        is_other = (was.pid if was else None) != (recognised.pid if recognised else None)
        if is_other:
            if was is not None and agent.session:
                agent.last = process_of(was, agent.session)
            self._leave_files(pane, agent)
        self._tell(pane, before, after)
        if is_other and recognised is not None:
            self._arrived(pane, agent, recognised)
        return before is None and after is not None

    def prompt_returned(self, pane: Pane) -> None:
        """The pane's shell waits for a command line."""
        agent, now = self._panes.get(pane.id), self._files.now()
        if agent is not None:
            self._tell(pane, agent.tracker.state(now), agent.tracker.prompt_returned(now))

    def command_started(self, pane: Pane) -> None:
        """The pane's shell runs a command."""
        agent = self._panes.get(pane.id)
        if agent is not None:
            agent.tracker.command_started()

    def hooked(self, pane: Pane, kind: str, fields: Record) -> None:
        """Take what a hook, a plugin or the command of a status line was given.

        Raises:
            CommandError: No agent of that kind runs in the pane, or the event is none.
        """
        agent = self._panes.get(pane.id)
        found = agent.kind if agent is not None else None
        if agent is None or found is None or found.name != kind:
            raise CommandError(f"no {kind} in %{pane.id}")
        now = self._files.now() - age_of(fields, self._files.clock.wall())
        event = parse_event(fields, now)
        if event is None and not is_status_line(fields):
            raise CommandError("not an event of an agent")
        session = event.session if event is not None else str(fields.get("session_id", ""))
        if not is_its_own(agent, kind, session, event.claim if event is not None else None):
            return
        if event is None:
            agent.tapped = parse_status_line(fields)
            self._changed(pane)
            return
        if agent.files is not None and (session or event.transcript):
            agent.files.told(session, event.transcript)
        agent.session = agent.session or session
        if event.claim is not None:
            self.claimed(pane, agent, event.claim)

    def is_its_own(self, pane: Pane, kind: str, session: str) -> bool:
        """Whether a session is that of the agent in a pane, and no agent's that this one runs."""
        agent = self._panes.get(pane.id)
        found = agent.kind if agent is not None else None
        is_kind = found is not None and found.name == kind
        return agent is not None and is_kind and is_its_own(agent, kind, session, None)

    def looked_at(self, pane: Pane) -> None:
        """A person looks at the pane."""
        agent, now = self._panes.get(pane.id), self._files.now()
        if agent is not None:
            self._tell(pane, agent.tracker.state(now), agent.tracker.looked_at(now))

    def unseen(self) -> list[int]:
        """The panes whose agents have finished, and nobody has looked since."""
        return list(self._finished)

    def watch(self, watcher: AgentWatcher) -> None:
        """Tell a watcher of every turn.

        Raises:
            CommandError: There are too many.
        """
        if len(self._watchers) >= MAX_WATCHERS:
            raise CommandError("too many commands wait for agents")
        self._watchers.append(watcher)

    def forget(self, pane: Pane) -> None:
        """The pane has gone."""
        agent = self._panes.pop(pane.id, None)
        self._finished.discard(pane.id)
        if agent is not None:
            self._leave_files(pane, agent)

    # ---- the rest ----

    def _of(self, pane: Pane) -> PaneAgent:
        agent = self._panes.get(pane.id)
        if agent is None:
            agent = self._panes[pane.id] = PaneAgent(AgentTracker())
        return agent

    def _arrived(self, pane: Pane, agent: PaneAgent, recognised: Recognised) -> None:
        agent.files = follow_files(recognised, self._files, FileNews(self, pane, agent))
        agent.stop_following = self._files.processes.follow(
            recognised.pid, lambda: self._ended(pane)
        )
        self.printed(pane)

    def _leave_files(self, pane: Pane, agent: PaneAgent) -> None:
        if agent.files is not None:
            agent.files.close()
        agent.stop_following()
        self._looks.forget(pane)
        agent.files = agent.logged = agent.tapped = agent.request = None
        agent.title = agent.session = agent.log = ""

    def claimed(self, pane: Pane, agent: PaneAgent, claim: Claim) -> None:
        """Take what a source says."""
        now = self._files.now()
        self._tell(pane, agent.tracker.state(now), agent.tracker.claimed(claim, now))

    def withdrawn(self, pane: Pane, agent: PaneAgent, source: Source) -> None:
        """A source says nothing any more."""
        now = self._files.now()
        self._tell(pane, agent.tracker.state(now), agent.tracker.withdrawn(source, now))

    def logged(self, pane: Pane, agent: PaneAgent, log: Log) -> None:
        """Take a log's numbers, and how its last turn ended."""
        if log.context is not None and agent.kind is not None:
            window = agent.kind.window_of(log.context.model)
            agent.logged = assume_window(log.context, window)
        if log.claim is None:
            self.withdrawn(pane, agent, "transcript")
        else:
            age = max(0.0, self._files.clock.wall() - log.claim.at)
            self.claimed(pane, agent, replace(log.claim, at=self._files.now() - age))
        self._changed(pane)

    def _tell(self, pane: Pane, before: AgentState | None, after: AgentState | None) -> None:
        """Say what is another, and look at the screen of an agent that waits or says nothing."""
        if _moment(before) == _moment(after):
            if before != after:
                self._changed(pane)
            return
        agent = self._panes[pane.id]
        agent.request = None
        if after is not None and after.state == "done":
            self._finished.add(pane.id)
        else:
            self._finished.discard(pane.id)
        self._turned(pane)
        self._watchers = [watcher for watcher in self._watchers if not watcher(pane)]
        if after is None:
            return
        if agent.files is not None:
            since = self._files.clock.wall() - (self._files.now() - after.since)
            agent.files.turned(after.state, since)
        if agent.kind is not None and agent.kind.screen and self._is_worth_a_look(agent):
            self._looks.soon(pane)

    def _waits(self, agent: PaneAgent) -> bool:
        state = agent.tracker.state(self._files.now())
        return state is not None and state.state == "waiting"

    def _is_worth_a_look(self, agent: PaneAgent) -> bool:
        """Whether the screen tells more than the agent: what it asks, or its state at all."""
        return self._waits(agent) or not is_told(agent.tracker.claims)

    def _look(self, pane: Pane) -> None:
        agent = self._panes.get(pane.id)
        if agent is None or agent.kind is None:
            return
        if not self._is_worth_a_look(agent):
            self.withdrawn(pane, agent, "screen")
            return
        found = self._screen(pane, agent)
        now = self._files.now()
        if not is_told(agent.tracker.claims):
            self.claimed(pane, agent, claim_of_screen(found, now))
        request = request_of(agent.kind.answers, found) if self._waits(agent) else None
        if request != agent.request:
            agent.request = request
            self._changed(pane)

    def _screen(self, pane: Pane, agent: PaneAgent) -> ScreenFinding | None:
        if agent.kind is None:
            return None
        rows = [row_text(row) for row in pane.screen.rows]
        return read_screen(agent.kind.screen, rows, pane.screen.title)


def _moment(state: AgentState | None) -> tuple[str, float] | None:
    """What tells a state from the one before it; `None` for no agent."""
    return None if state is None else (state.state, state.since)
