"""Claude Code's registry: `sessions/PID.json` in its configuration directory, gone when it exits.

Seen on 2.1.197 and 2.1.330. The process id and the time of its start guard against one that has
ended and whose id was given to another program.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from aimux.agents.sources.fields import number, parse_record, text
from aimux.agents.state_claims import Claim
from aimux.agents.state_names import AgentStateName
from aimux.security.clean import clean

MAX_FILE = 65_536
_MAX_WORDS = 100
_STATES: Mapping[str, AgentStateName] = {"busy": "working", "idle": "idle", "waiting": "waiting"}
_REASONS: Mapping[str, str] = {
    "permission prompt": "permission",
    "worker request": "permission",
    "sandbox request": "permission",
    "input needed": "question",
    "dialog open": "dialog",
}


@dataclass(frozen=True, slots=True)
class ClaudeSession:
    """What the registry says of one process.

    Attributes:
        pid: The process.
        started: The kernel's start time of it, in clock ticks since the boot; "" if not said.
        session: The session's id.
        directory: Where it works.
        status: `busy`, `idle`, `waiting`, or a newer program's word.
        waiting_for: Its own words for what it waits for; "" if it does not wait.
        name: What a person called the session; "" if nobody did.
    """

    pid: int
    started: str
    session: str
    directory: str
    status: str
    waiting_for: str
    name: str


def parse_claude_session(data: bytes) -> ClaudeSession | None:
    """What stands in a file of the registry; `None` if it is none, or not whole."""
    fields = parse_record(data[:MAX_FILE])
    pid = number(fields, "pid")
    session = text(fields, "sessionId")
    if pid is None or not session or not session.replace("-", "").isalnum():
        return None
    started = fields.get("procStart")
    return ClaudeSession(
        pid=int(pid),
        started=str(started) if isinstance(started, (str, int)) else "",
        session=session,
        directory=text(fields, "cwd"),
        status=clean(text(fields, "status"), limit=_MAX_WORDS),
        waiting_for=clean(text(fields, "waitingFor"), limit=_MAX_WORDS),
        name=clean(text(fields, "name"), limit=_MAX_WORDS),
    )


def claim_of(session: ClaudeSession, now: float) -> Claim:
    """What the registry says of the state."""
    waiting_for = session.waiting_for
    return Claim(
        source="registry",
        state=_STATES.get(session.status, "unknown"),
        at=now,
        reason=_REASONS.get(waiting_for, "dialog") if session.status == "waiting" else "",
        evidence=f"status={session.status}" + (f" for {waiting_for}" if waiting_for else ""),
    )


def is_of(session: ClaudeSession, pid: int, start_ticks: int) -> bool:
    """Whether the entry is that of a process, and not of one that had its id before."""
    return session.pid == pid and session.started in ("", str(start_ticks))


def transcript_path(session: ClaudeSession) -> str:
    """Where its transcript lies, below `projects` in the configuration directory."""
    folder = "".join(letter if letter.isalnum() else "-" for letter in session.directory)
    return f"{folder}/{session.session}.jsonl"
