"""Who acts on news of agents: notices, the exchange, the sessions that are kept, auto-continue."""

from __future__ import annotations

from collections.abc import Callable

from aimux.commands.agent_book import AgentProcess
from aimux.commands.command import Source
from aimux.commands.effects import Effects
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.persist.store import Store
from aimux.protocol.facts import AgentFact
from aimux.server.agent_sessions import AgentSessions
from aimux.server.auto_continue import AutoContinue
from aimux.server.bindings import Bindings
from aimux.server.clock import Clock
from aimux.server.exchange import ServerExchange
from aimux.server.facts import FactBook
from aimux.server.hooks import HookRequester
from aimux.server.notices import Notices


class AgentFollowers:
    """Those of one server.

    Args:
        bindings: Runs what an agent is told by a command.
        requester: Told what goes wrong where nobody asked.
        change: Runs a transaction; nobody waits for it.
        settle: Called when something that is drawn may have changed.
        later: Calls an action after some seconds.
    """

    def __init__(  # noqa: PLR0913  # news of agents concerns all of these
        self,
        state: State,
        effects: Effects,
        facts: FactBook,
        notices: Notices,
        exchange: ServerExchange,
        clock: Clock,
        *,
        bindings: Bindings,
        requester: HookRequester,
        change: Callable[[Callable[[Store], None]], None],
        settle: Callable[[], None],
        later: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self._effects = effects
        self._facts = facts
        self._notices = notices
        self._exchange = exchange
        self._bindings = bindings
        self._requester = requester
        self._settle = settle
        self._sessions = AgentSessions(clock, process=self._with_path, change=change)
        self._auto_continue = AutoContinue(
            state, clock, agent=facts.agent, go_on=self._go_on, later=later
        )

    def turned(self, pane: Pane, agent: AgentFact | None) -> None:
        """An agent is in another state, or has gone: status lines and borders may say so."""
        self._notices.turned(pane, agent)
        self._exchange.turned(pane)
        self._settle()

    def noted(self, pane: Pane, agent: AgentFact | None) -> None:
        """Something is known of an agent that was not."""
        self._notices.news(pane, agent)
        self._sessions.noted(pane, agent)
        self._auto_continue.noted(pane, agent)

    def _go_on(self, pane: Pane) -> None:
        """Tell an agent to go on, by a command that stands in the audit."""
        words = ("agent", "prompt", "--after-limit", "-t", f"%{pane.id}", "continue")
        self._bindings.run_words(words, Source(self._requester, in_hook=True))

    def _with_path(self, pane: Pane) -> tuple[AgentProcess, str] | None:
        """A pane's agent and the directory that it works in."""
        found = self._facts.agent_process(pane)
        path = self._effects.foreground_path(pane) or pane.path or pane.start_path
        return None if found is None else (found, path)
