"""The option auto-continue: once a limit's time has come, its agent is told to go on, once."""

from __future__ import annotations

from collections.abc import Callable

from aimux.ids import PaneId
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.protocol.facts import AgentFact
from aimux.server.clock import Clock

OPTION = "auto-continue"
GRACE_SECONDS = 5.0
"""Behind the time that was told: clocks differ."""


class AutoContinue:
    """Waits for the ends of limits.

    Args:
        agent: What is known now of a pane's agent.
        go_on: Tells a pane's agent to continue, as a command that the audit keeps.
        later: Calls an action after some seconds.
    """

    def __init__(
        self,
        state: State,
        clock: Clock,
        *,
        agent: Callable[[Pane], AgentFact | None],
        go_on: Callable[[Pane], None],
        later: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self._state = state
        self._clock = clock
        self._agent = agent
        self._go_on = go_on
        self._later = later
        self._planned: dict[PaneId, int] = {}

    def noted(self, pane: Pane, agent: AgentFact | None) -> None:
        """Something is known of a pane's agent: plan for the end of a limit that is new.

        A limit whose end lies before its beginning is none to wait for: what is told is wrong, and
        to go on would meet the same limit again and again.
        """
        if agent is None:
            self._planned.pop(pane.id, None)
            return
        reset = agent.limit_reset
        if agent.state != "limited" or reset is None or reset <= agent.since:
            return
        if self._planned.get(pane.id) == agent.request_id or not self._is_on(pane):
            return
        limit = self._planned[pane.id] = agent.request_id
        wait = reset - self._clock.wall() + GRACE_SECONDS
        self._later(max(0.0, wait), lambda: self._is_over(pane, limit))

    def _is_over(self, pane: Pane, limit: int) -> None:
        """A limit's time has come: go on if the agent still shows that very limit."""
        agent = self._agent(pane) if pane.id in self._state.panes else None
        is_same = agent is not None and (agent.state, agent.request_id) == ("limited", limit)
        if is_same and self._is_on(pane):
            self._go_on(pane)

    def _is_on(self, pane: Pane) -> bool:
        window = self._state.window_of(pane)
        place = next(self._state.links_of(window), None) if window is not None else None
        return place is not None and place[0].options.flag(OPTION)
