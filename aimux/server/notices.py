"""Tells people of agents: which turn is worth a word, when, and by which ways.

A word is said once for each turn of an agent, and for a pane at most once a second. Hooks run
whether somebody looks or not; toasts, marks and the outer terminal are for panes that nobody sees.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from aimux.abilities.features import notice_form
from aimux.events import (
    AgentContext,
    AgentDone,
    AgentError,
    AgentLimited,
    AgentWaiting,
    PaneEvent,
)
from aimux.ids import PaneId
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.model.state import State
from aimux.model.window import Window
from aimux.protocol.facts import AgentFact
from aimux.protocol.server_messages import Notice
from aimux.server.clock import Clock
from aimux.server.toasts import Toasts, Watcher

SECONDS_BETWEEN = 1.0
EVENTS: dict[str, type[PaneEvent]] = {
    "waiting": AgentWaiting,
    "done": AgentDone,
    "error": AgentError,
    "limited": AgentLimited,
}
TURN_BEGINS = frozenset({"working", "starting"})
CONTEXT_STEPS = (80, 95)
"""Percent of an agent's context at which a word is said."""


class Marks(Protocol):
    """How a window's flag is set."""

    def mark(self, window: Window) -> None:
        """Give the window the flag of a bell where nobody looks at it."""
        ...


@dataclass(slots=True)
class _Told:
    """What has been said of one pane's agent."""

    said: set[str] = field(default_factory=set)
    step: int = 0
    at: float = -SECONDS_BETWEEN


class Notices:
    """Says what agents need.

    Args:
        watchers: The attached clients.
        agent: What is known now of a pane's agent.
        publish: Runs the hook of an event.
        later: Calls an action after some seconds.
    """

    def __init__(  # noqa: PLR0913  # notices go four ways
        self,
        state: State,
        watchers: Iterable[Watcher],
        toasts: Toasts,
        marks: Marks,
        clock: Clock,
        *,
        agent: Callable[[Pane], AgentFact | None],
        publish: Callable[[PaneEvent], None],
        later: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self._state = state
        self._watchers = watchers
        self._toasts = toasts
        self._marks = marks
        self._clock = clock
        self._agent = agent
        self._publish = publish
        self._later = later
        self._told: dict[PaneId, _Told] = {}

    def turned(self, pane: Pane, agent: AgentFact | None) -> None:
        """A pane's agent has come into another state, or has gone."""
        if agent is None or agent.state == "exited":
            self._told.pop(pane.id, None)
            return
        told = self._told.setdefault(pane.id, _Told())
        if agent.state in TURN_BEGINS:
            told.said.clear()
        elif agent.state in EVENTS and _key(agent) not in told.said:
            waits = agent.state == "waiting"
            seconds = self._number(pane, "agent-notify-after") if waits else 0
            self._say_later(pane, agent, seconds)

    def news(self, pane: Pane, agent: AgentFact | None) -> None:
        """Something else is known of a pane's agent: how full its context is."""
        told = self._told.get(pane.id)
        percent = agent.context.percent if agent is not None and agent.context else None
        if told is None or agent is None or percent is None:
            return
        step = max((one for one in CONTEXT_STEPS if percent >= one), default=0)
        before, told.step = told.step, step
        if step > before:
            self._say_full_later(pane, step)

    # ---- one word ----

    def _say_later(self, pane: Pane, agent: AgentFact, seconds: float) -> None:
        told = self._told[pane.id]
        pause = told.at + SECONDS_BETWEEN - self._clock.monotonic()
        wait = max(seconds, pause)
        if wait <= 0:
            self._say(pane, agent)
        else:
            self._later(wait, lambda: self._say_if_so(pane, agent))

    def _say_if_so(self, pane: Pane, agent: AgentFact) -> None:
        """Say it unless the agent has gone on, or it was said meanwhile."""
        told = self._told.get(pane.id)
        now = self._agent(pane) if pane.id in self._state.panes else None
        if told is None or now is None or _key(now) != _key(agent) or _key(now) in told.said:
            return
        self._say_later(pane, now, 0)

    def _say(self, pane: Pane, agent: AgentFact) -> None:
        self._told[pane.id].said.add(_key(agent))
        self._spread(pane, EVENTS[agent.state], lambda: self._toasts.turned(pane, agent))

    def _say_full_later(self, pane: Pane, step: int) -> None:
        """Say that a context is so full, unless that is over by then."""
        told = self._told.get(pane.id)
        agent = self._agent(pane) if pane.id in self._state.panes else None
        percent = agent.context.percent if agent is not None and agent.context else None
        if told is None or agent is None or percent is None or told.step != step:
            return
        pause = told.at + SECONDS_BETWEEN - self._clock.monotonic()
        if pause > 0:
            self._later(pause, lambda: self._say_full_later(pane, step))
        else:
            self._spread(pane, AgentContext, lambda: self._toasts.context(pane, agent, percent))

    def _spread(self, pane: Pane, event: type[PaneEvent], toast: Callable[[], str]) -> None:
        """Say one thing of a pane by all ways: its hook, and where nobody sees it the others.

        Args:
            pane: Whose agent it is about.
            event: Whose hook runs.
            toast: Says it in aimux, and returns the words.
        """
        self._told[pane.id].at = self._clock.monotonic()
        self._publish(event(pane.id))
        window = self._state.window_of(pane)
        if window is None or self._toasts.is_seen(pane):
            return
        if self._flag(pane, "agent-mark"):
            self._marks.mark(window)
        if not self._is_quiet(pane):
            self._tell_terminals(toast())

    def _tell_terminals(self, text: str) -> None:
        for attached in self._watchers:
            form = _form_for(attached.client)
            if form == "bell":
                attached.attachment.ring()
            elif form != "off":
                attached.attachment.notice(Notice(form, text))

    # ---- options ----

    def _session(self, pane: Pane) -> Session | None:
        window = self._state.window_of(pane)
        place = next(self._state.links_of(window), None) if window is not None else None
        return place[0] if place is not None else None

    def _number(self, pane: Pane, option: str) -> int:
        session = self._session(pane)
        return session.options.number(option) if session is not None else 0

    def _flag(self, pane: Pane, option: str) -> bool:
        session = self._session(pane)
        return session is not None and session.options.flag(option)

    def _is_quiet(self, pane: Pane) -> bool:
        session = self._session(pane)
        local = time.localtime(self._clock.wall())
        hours = session.options.text("quiet-hours") if session is not None else ""
        return is_within(hours, f"{local.tm_hour:02}:{local.tm_min:02}")


def _form_for(client: Client) -> str:
    """How a client's terminal is to notify its person: `off`, `bell`, or the form of a Notice."""
    if client.session is None or client.as_tmux:
        return "off"
    form = client.session.options.text("agent-notify-terminal")
    if form != "auto":
        return form
    return notice_form(client.abilities.features) if client.abilities is not None else "off"


def is_within(hours: str, now: str) -> bool:
    """Whether a time of day lies in hours such as `22:00-07:00`; what is no range holds none."""
    begin, _, end = hours.partition("-")
    if begin <= end:
        return begin <= now < end
    return now >= begin or now < end


def _key(agent: AgentFact) -> str:
    """What is said once in a turn; another request of a waiting agent is another thing."""
    return f"waiting {agent.request_id}" if agent.state == "waiting" else agent.state
