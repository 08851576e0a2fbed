"""Keeps the sessions of agents in the database: when one is known, and at each turn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from aimux.commands.agent_book import AgentProcess
from aimux.ids import PaneId
from aimux.model.pane import Pane
from aimux.observe.agent_sessions import AgentSession, keep
from aimux.persist.store import Store
from aimux.protocol.facts import AgentFact
from aimux.security.clean import clean
from aimux.server.clock import Clock

KEPT_AT = frozenset({"working", "done", "idle"})


class AgentSessions:
    """What is kept of the agents of one server.

    Args:
        process: The process and session of a pane's agent, and its directory.
        change: Runs a transaction; nobody waits for it.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        process: Callable[[Pane], tuple[AgentProcess, str] | None],
        change: Callable[[Callable[[Store], None]], None],
    ) -> None:
        self._clock = clock
        self._process = process
        self._change = change
        self._kept: dict[PaneId, tuple[str, str]] = {}

    def noted(self, pane: Pane, agent: AgentFact | None) -> None:
        """Something is known of a pane's agent: keep it where its state or its session is new."""
        if agent is None:
            self._kept.pop(pane.id, None)
            return
        found = self._process(pane) if agent.state in KEPT_AT else None
        if found is None or not found[0].session:
            return
        process, path = found
        news = (process.session, agent.state)
        if self._kept.get(pane.id) == news:
            return
        self._kept[pane.id] = news
        one = AgentSession(
            kind=process.kind,
            session=process.session,
            path=path,
            name=clean(pane.options.text("agent-name")),
            used=self._clock.wall(),
        )
        self._change(partial(keep, one=one))
