"""What is known of the agent in one pane, and what follows from that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aimux.agents.answers import Request
from aimux.agents.context import Context, told_by_both
from aimux.agents.kinds import Kind
from aimux.agents.recognise import Recognised
from aimux.agents.screen_rules import ScreenFinding
from aimux.agents.state import AgentTracker
from aimux.agents.state_claims import SLACK_SECONDS, Claim
from aimux.commands.agent_book import AgentProcess
from aimux.server.agent_files import AgentFiles

GEMINI_ID = 8
"""Characters of a session's id in the name of Gemini CLI's log, which names the session here."""


def _nothing() -> None:
    """No process is followed."""


@dataclass(slots=True)
class PaneAgent:
    """What is known of the agent in one pane.

    Attributes:
        title: The window title that was looked at last.
        session: The agent's own id of its session, where a file or a hook binds it for certain.
        log: The path of its log, likewise.
        logged: The numbers of its log.
        tapped: The numbers that it gave the command of its status line.
        request: What it asks, while the prompt stands on its screen.
        last: The agent as it was when its session was known; kept after its end.
        stop_following: Ends the following of its process.
    """

    tracker: AgentTracker
    files: AgentFiles | None = None
    title: str = ""
    session: str = ""
    log: str = ""
    logged: Context | None = None
    tapped: Context | None = None
    request: Request | None = None
    last: AgentProcess | None = None
    stop_following: Callable[[], None] = _nothing

    @property
    def kind(self) -> Kind | None:
        """The kind of its live process."""
        found = self.tracker.recognised
        return found.kind if found is not None else None


def process_of(found: Recognised, session: str) -> AgentProcess:
    """A process, and the id by which its session is gone on with."""
    launch = found.kind.launch
    known = launch.session_id(session) if launch is not None else session
    return AgentProcess(found.kind.name, found.pid, known)


def claim_of_screen(found: ScreenFinding | None, now: float) -> Claim:
    """What a look at the screen says of the state."""
    if found is None:
        return Claim("screen", "unknown", now)
    return Claim(
        "screen", found.state, now, found.detail, found.reason, evidence=f"rule {found.rule}"
    )


def context_of(agent: PaneAgent) -> Context | None:
    """How full its context is: its log's numbers, and what its status line adds to them."""
    tapped = agent.tapped if agent.tapped is not None and agent.tapped.used else None
    if agent.logged is None:
        return tapped
    return told_by_both(agent.logged, tapped)


def asked_by(agent: PaneAgent, since: float) -> str:
    """What a hook was told exactly when the agent began to wait, else what its screen shows."""
    for claim in agent.tracker.claims:
        asks = claim.source == "hook" and claim.state == "waiting" and claim.detail
        if asks and claim.at >= since - SLACK_SECONDS:
            return claim.detail
    return agent.request.text if agent.request is not None else ""


def is_its_own(agent: PaneAgent, kind: str, session: str, claim: Claim | None) -> bool:
    """Whether an event is that of the pane's session, and not of an agent that this one runs.

    Codex's hooks may run in a daemon that was started in another pane: theirs must be proven.
    What OpenCode's own agents ask is asked in its window; that they have ended says nothing of it.
    """
    if kind == "opencode" and claim is not None and claim.state in ("waiting", "working"):
        return True
    if kind == "codex":
        return bool(session) and session in agent.session
    if not session or not agent.session or not agent.log:
        return True
    part = session[:GEMINI_ID] if kind == "gemini-cli" else session
    return part in agent.session
