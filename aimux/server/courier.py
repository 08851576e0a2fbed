"""Types messages into agents that have said that they wait for work (`aimux.agents.delivery`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from aimux.agents import messages
from aimux.agents.delivery import (
    FREE,
    GUESSES,
    PASTE,
    QUIET_SECONDS,
    Situation,
    best_way,
    pasted_text,
)
from aimux.agents.messages import Message
from aimux.errors import StoreError
from aimux.ids import PaneId
from aimux.keys.paste import encode_paste
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.protocol.facts import AgentFact
from aimux.server.clock import Clock
from aimux.server.storage import Storage

ENTER_SECONDS = 0.5
"""Between the text and Enter: a program that gets both at once may take Enter for a line break."""
LOOKED_AT = 20


class Courier:
    """The courier of one server.

    Args:
        agent: What is known of the agent in a pane.
        write: Types into a pane.
        later: Calls an action after some seconds.
        handed_over: Told that a message was delivered.
    """

    def __init__(  # noqa: PLR0913  # it is where agents, store and panes meet
        self,
        state: State,
        storage: Storage,
        clock: Clock,
        *,
        agent: Callable[[Pane], AgentFact | None],
        write: Callable[[Pane, bytes], None],
        later: Callable[[float, Callable[[], None]], None],
        handed_over: Callable[[], None],
    ) -> None:
        self._state = state
        self._storage = storage
        self._clock = clock
        self._agent = agent
        self._write = write
        self._later = later
        self._handed_over = handed_over
        self._told: set[int] = set()
        self._waiting: set[int] = set()
        self._asking: set[int] = set()

    def look(self, pane: Pane, server: str, mailboxes: Sequence[str]) -> None:
        """If the pane's agent can be told something now, see what waits for it."""
        if pane.id in self._asking:
            return
        now = self._situation(pane)
        if PASTE.obstacle(now):
            self._wait_for_quiet(pane, now, server, mailboxes)
            return
        self._asking.add(pane.id)
        question = partial(
            messages.waiting,
            server=server,
            mailboxes=tuple(mailboxes),
            now=self._clock.wall(),
            limit=LOOKED_AT,
        )
        self._storage.ask(question, lambda answer: self._found(pane, answer))

    def turned(self, pane: Pane) -> None:
        """The pane's agent does something else: once it works, the next message may come."""
        fact = self._agent(pane)
        if fact is None or fact.state not in FREE:
            self._told.discard(pane.id)

    def _wait_for_quiet(
        self, pane: Pane, now: Situation, server: str, mailboxes: Sequence[str]
    ) -> None:
        """Nothing says that a person has stopped typing: look again when that is long enough."""
        quiet = replace(now, since_typed=max(QUIET_SECONDS, now.in_state))
        if pane.id in self._waiting or now.since_typed < now.in_state or PASTE.obstacle(quiet):
            return
        self._waiting.add(pane.id)

        def again() -> None:
            self._waiting.discard(pane.id)
            self.look(pane, server, mailboxes)

        self._later(QUIET_SECONDS, again)

    def _found(self, pane: Pane, answer: list[Message] | StoreError) -> None:
        self._asking.discard(pane.id)
        if isinstance(answer, StoreError):
            return
        queued = next((one for one in answer if one.state == "queued"), None)
        if queued is not None and self._is_open(pane):
            self._type(pane, queued)

    def _type(self, pane: Pane, message: Message) -> None:
        moment = self._moment(pane)
        if moment is None:
            return
        self._told.add(pane.id)
        data = pasted_text(message).encode("utf-8", "replace")
        self._write(pane, encode_paste(data, pane.input_modes))
        self._later(ENTER_SECONDS, lambda: self._enter(pane, moment))
        number, now = message.id, self._clock.wall()
        self._storage.change(
            lambda store: messages.delivered(store, number, PASTE.name, now=now),
            lambda _answer: self._handed_over(),
        )

    def _enter(self, pane: Pane, moment: tuple[str, float]) -> None:
        """Send it, unless the agent does something else by now or a person has come."""
        typed = self._clock.monotonic() - pane.typed
        if self._moment(pane) == moment and typed > ENTER_SECONDS and pane.mode is None:
            self._write(pane, b"\r")

    def _is_open(self, pane: Pane) -> bool:
        return best_way(self._situation(pane)) is PASTE

    def _situation(self, pane: Pane) -> Situation:
        fact = self._agent(pane)
        is_here = PaneId(pane.id) in self._state.panes
        return Situation(
            state=fact.state if fact is not None else "",
            is_fact=fact is not None and fact.source not in GUESSES,
            in_state=self._clock.wall() - fact.since if fact is not None else 0.0,
            since_typed=self._clock.monotonic() - pane.typed,
            takes_pastes=pane.input_modes.bracketed_paste,
            is_covered=not is_here
            or pane.mode is not None
            or pane.input_off
            or pane.exited is not None,
            was_told=pane.id in self._told,
            wants=pane.options.text("agent-delivery"),
        )

    def _moment(self, pane: Pane) -> tuple[str, float] | None:
        """What tells a state from the one before it."""
        fact = self._agent(pane)
        return None if fact is None else (fact.state, fact.request_id)

    def forget(self, pane: Pane) -> None:
        """The pane is no more."""
        self._told.discard(pane.id)
