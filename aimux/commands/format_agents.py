"""The format variables of agents: aimux's own, empty where no agent runs.

A client that was started by the name of tmux is told of none: what it shows is what tmux shows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aimux.agents.marks import mark_of
from aimux.commands.format_scope import Reader, Scope
from aimux.protocol.facts import AgentFact

FAILED = frozenset({"error"})
WAITING = frozenset({"waiting"})


def _of_agent(read: Callable[[AgentFact], object]) -> Reader:
    """A variable of the agent in the scope's pane."""

    def reader(scope: Scope) -> str | None:
        pane = scope.target.pane
        if pane is None or _is_tmux(scope):
            return None
        fact = scope.effects.agent(pane)
        return str(read(fact)) if fact is not None else ""

    return reader


def _of_agents(read: Callable[[Sequence[str]], object]) -> Reader:
    """A variable of the states of all agents of the server."""
    return lambda scope: str(read(() if _is_tmux(scope) else scope.effects.agent_states()))


def _is_tmux(scope: Scope) -> bool:
    return scope.client is not None and scope.client.as_tmux


def _count(counted: frozenset[str]) -> Callable[[Sequence[str]], int]:
    return lambda states: sum(state in counted for state in states)


def _percent(agent: AgentFact) -> str:
    percent = agent.context.percent if agent.context is not None else None
    return "" if percent is None else str(percent)


AGENT_VARIABLES: dict[str, Reader] = {
    "agent_context_percent": _of_agent(_percent),
    "agent_detail": _of_agent(lambda agent: agent.request or agent.detail),
    "agent_mark": _of_agent(lambda agent: mark_of(agent.state)),
    "agent_name": _of_agent(lambda agent: agent.name),
    "agent_state": _of_agent(lambda agent: agent.state),
    "agents_failed": _of_agents(_count(FAILED)),
    "agents_total": _of_agents(len),
    "agents_waiting": _of_agents(_count(WAITING)),
}
