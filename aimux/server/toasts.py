"""What clients are told of panes that nobody sees: a bell, an agent that waits, ended or failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import localtime, strftime
from typing import Protocol

from aimux.ids import PaneId
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.protocol.facts import AgentFact
from aimux.protocol.server_messages import Notice, Toast
from aimux.security.clean import clean

SECONDS_BETWEEN = 1.0
"""A pane is told of no more often."""
TOLD = {"waiting": "waits", "done": "is done", "error": "failed", "limited": "is limited"}
MAX_TEXT = 120


class Receiver(Protocol):
    """How an attached client is told."""

    def toast(self, toast: Toast) -> bool:
        """Say what happened; whether the client is told."""
        ...

    def notice(self, notice: Notice) -> None:
        """Let the outer terminal say it."""
        ...

    def ring(self) -> None:
        """Ring the outer terminal's bell."""
        ...


class Watcher(Protocol):
    """An attached client."""

    @property
    def client(self) -> Client:
        """Its record."""
        ...

    @property
    def attachment(self) -> Receiver:
        """How it is told."""
        ...


class Toasts:
    """Says at most once a second for each pane what happened there.

    Args:
        watchers: The attached clients.
        monotonic: Seconds of a clock that only goes forward.
    """

    def __init__(
        self, state: State, watchers: Iterable[Watcher], *, monotonic: Callable[[], float]
    ) -> None:
        self._state = state
        self._watchers = watchers
        self._monotonic = monotonic
        self._last: dict[PaneId, float] = {}

    def bell(self, pane: Pane) -> None:
        """A bell rang in a pane."""
        window = self._state.window_of(pane)
        if window is not None and window.options.flag("monitor-bell"):
            name = clean(window.name, limit=MAX_TEXT)
            self._say(pane, Toast("bell", f"bell in {name}", pane.id))

    def turned(self, pane: Pane, agent: AgentFact) -> str:
        """A pane's agent has come into another state; what is said of it, "" for nothing."""
        word = TOLD.get(agent.state)
        if word is None:
            return ""
        if agent.state == "limited" and agent.limit_reset is not None:
            word += strftime(" until %H:%M", localtime(agent.limit_reset))
        text = " ".join(part for part in (agent.name, agent.window, word) if part)
        why = agent.request or agent.detail
        said = clean(f"{text}: {why}" if why else text)
        self._say(pane, Toast(agent.state, said, pane.id))
        return said

    def context(self, pane: Pane, agent: AgentFact, percent: int) -> str:
        """A pane's agent has filled so much of its context; what is said of it."""
        text = " ".join(part for part in (agent.name, agent.window) if part)
        said = clean(f"{text}: context {percent} % full")
        self._say(pane, Toast(agent.state, said, pane.id))
        return said

    def _say(self, pane: Pane, toast: Toast) -> None:
        now = self._monotonic()
        if self.is_seen(pane) or now - self._last.get(pane.id, -SECONDS_BETWEEN) < SECONDS_BETWEEN:
            return
        self._last = {one: at for one, at in self._last.items() if now - at < SECONDS_BETWEEN} | {
            pane.id: now
        }
        for attached in self._watchers:
            session = attached.client.session
            wanted = session is not None and session.options.flag("toasts")
            if wanted and not attached.client.as_tmux:
                attached.attachment.toast(toast)

    def is_seen(self, pane: Pane) -> bool:
        """Whether a client shows the pane."""
        return any(
            client.session is not None and pane in client.session.window.visible_panes
            for client in self._state.attached()
        )
