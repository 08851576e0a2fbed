"""Which sessions agents had, so that they can be gone on with after everything has ended."""

from __future__ import annotations

from dataclasses import dataclass

from aimux.persist.store import Store

MAX_SESSIONS = 500
"""The newest are kept."""


@dataclass(frozen=True, slots=True)
class AgentSession:
    """One session of one agent.

    Attributes:
        kind: The name of its kind.
        session: The agent's own id of it.
        path: The directory that it worked in.
        name: What a person called the agent; "" if nobody did.
        used: When it was in use last, seconds since the epoch.
    """

    kind: str
    session: str
    path: str
    name: str
    used: float


def keep(store: Store, one: AgentSession) -> None:
    """Add a session, or say that it was used again."""
    store.execute(
        "INSERT INTO agent_session (kind, session, path, name, used) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (kind, session) DO UPDATE SET"
        " path = excluded.path, name = excluded.name, used = excluded.used",
        (one.kind, one.session, one.path, one.name, one.used),
    )
    store.execute(
        "DELETE FROM agent_session WHERE rowid NOT IN"
        " (SELECT rowid FROM agent_session ORDER BY used DESC LIMIT ?)",
        (MAX_SESSIONS,),
    )


def list_sessions(store: Store) -> list[AgentSession]:
    """All that are kept, the one that was used last first."""
    rows = store.execute(
        "SELECT kind, session, path, name, used FROM agent_session ORDER BY used DESC, session"
    )
    return [
        AgentSession(str(kind), str(session), str(path), str(name), float(used or 0))
        for kind, session, path, name, used in rows
    ]
