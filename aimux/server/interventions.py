"""What people do to agents stands among the decisions: answers to what they ask, interruptions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from aimux.agents.addresses import ME
from aimux.model.pane import Pane
from aimux.observe import decisions
from aimux.observe.decisions import Decision
from aimux.persist.store import Store
from aimux.protocol.facts import AgentFact
from aimux.server.clock import Clock
from aimux.server.git_branch import git_commit

INTERRUPTS = frozenset({b"\x1b", b"\x03", b"\x1b[27u", b"\x1b[99;5u"})
"""Escape and C-c, also as kitty's protocol has them."""
ENTER = frozenset({b"\r", b"\x1b[13u"})
MAX_NOTED = 1000
"""Panes of which it is known what was noted last; beyond that all are forgotten."""


class AgentKnowledge(Protocol):
    """What is known of agents."""

    def agent(self, pane: Pane) -> AgentFact | None:
        """What is known of the agent in a pane."""
        ...

    def keys_of_answer(self, pane: Pane, request: int, answer: str) -> bytes | None:
        """What to type for an answer, if the agent asks that very thing now; else None."""
        ...


class Interventions:
    """Notes them, each once.

    Args:
        command: The line of the newest command of a pane.
        store: Runs a transaction for which nobody waits.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        command: Callable[[Pane], str],
        store: Callable[[Callable[[Store], object]], None],
    ) -> None:
        self._clock = clock
        self._command = command
        self._store = store
        self._noted: dict[int, tuple[object, ...]] = {}

    def typed(self, agents: AgentKnowledge, pane: Pane, data: bytes) -> None:
        """A person typed a key into an agent's pane."""
        fact = agents.agent(pane)
        if fact is None:
            return
        if fact.state == "working":
            self._intervened(pane, fact, interrupts=data in INTERRUPTS)
        elif fact.state == "waiting":
            keys = (
                (key, agents.keys_of_answer(pane, fact.request_id, key)) for key, _ in fact.answers
            )
            found = next((key for key, meant in keys if meant == data), None)
            if found is not None or data in ENTER:
                self._answered(pane, fact, found)

    def answered(self, agents: AgentKnowledge, pane: Pane, answer: str) -> None:
        """A person answered an agent from elsewhere, by the key of an answer."""
        fact = agents.agent(pane)
        if fact is not None:
            self._answered(pane, fact, answer)

    def _answered(self, pane: Pane, fact: AgentFact, answer: str | None) -> None:
        """What a person allowed an agent, or did not; None: what it was is not known."""
        words = dict(fact.answers)
        chosen = "" if answer is None else words.get(answer, answer)
        if self._is_new(pane, ("answered", fact.request_id, fact.since)):
            self._log(
                pane,
                fact,
                kind="approval",
                title=fact.request or fact.reason or "a question",
                options=tuple(words.values()),
                chosen=chosen,
                why="" if chosen else "answered in its pane",
            )

    def _intervened(self, pane: Pane, fact: AgentFact, *, interrupts: bool) -> None:
        if self._is_new(pane, ("intervened", interrupts, fact.since)):
            did = "interrupted it" if interrupts else "typed into its pane"
            title = f"{did} while it worked"
            self._log(pane, fact, kind="intervention", title=title, why=fact.detail)

    def _is_new(self, pane: Pane, what: tuple[object, ...]) -> bool:
        if self._noted.get(pane.id) == what:
            return False
        if len(self._noted) >= MAX_NOTED:
            self._noted.clear()
        self._noted[pane.id] = what
        return True

    def _log(  # noqa: PLR0913  # what a decision has
        self,
        pane: Pane,
        fact: AgentFact,
        *,
        kind: str,
        title: str,
        options: tuple[str, ...] = (),
        chosen: str = "",
        why: str = "",
    ) -> None:
        path = pane.path or pane.start_path
        made = Decision(
            at=self._clock.wall(),
            author=ME,
            agent=fact.name,
            path=path,
            title=title,
            options=options,
            chosen=chosen,
            why=why,
            kind=kind,
            link=f"%{pane.id}",
            command=self._command(pane),
            revision=git_commit(path),
        )
        self._store(partial(decisions.log, decision=made))
