"""Hands messages to agents by the best way that each has (`aimux.agents.delivery`).

What is handed over is looked for in the agent's log (`handed`): there it is read; where it does not
turn up it waits again, and goes by another way or as often as `messages.MAX_HANDED` says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from aimux.agents import messages
from aimux.agents.delivery import (
    FREE,
    GUESSES,
    HOOK,
    HOOK_SECONDS,
    INBOX,
    PASTE,
    QUEUE,
    QUIET_SECONDS,
    Situation,
    Way,
    best_way,
)
from aimux.agents.handover import handed_text
from aimux.agents.kinds import Kind, shipped_kinds
from aimux.agents.messages import Message
from aimux.agents.screen_rules import composed
from aimux.commands.agent_book import AgentProcess
from aimux.errors import StoreError
from aimux.ids import PaneId
from aimux.keys.paste import encode_paste
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.protocol.facts import AgentFact
from aimux.server.agent_queue import Run, has_queue, queue
from aimux.server.clock import Clock
from aimux.server.handed import Handed
from aimux.server.storage import Storage
from aimux.vt.render import row_text

ENTER_SECONDS = 0.5
"""Between the text and Enter: a program that gets both at once may take Enter for a line break."""
LOOKED_AT = 20
_FOLDED = re.compile(r"\[Pasted ")
"""Stands at an agent's prompt for a long paste: Claude Code, Codex, Gemini CLI."""


class Courier:
    """The courier of one server.

    Args:
        agent: What is known of the agent in a pane.
        process: Its process and session.
        is_logged: Whether its log is known.
        write: Types into a pane.
        run: Runs a line for the shell.
        later: Calls an action after some seconds.
        handed_over: Told that a message was delivered, or received, or came back.
    """

    def __init__(  # noqa: PLR0913  # it is where agents, store and panes meet
        self,
        state: State,
        storage: Storage,
        clock: Clock,
        *,
        agent: Callable[[Pane], AgentFact | None],
        process: Callable[[Pane], AgentProcess | None],
        is_logged: Callable[[Pane], bool],
        write: Callable[[Pane, bytes], None],
        run: Run,
        later: Callable[[float, Callable[[], None]], None],
        handed_over: Callable[[], None],
    ) -> None:
        self._state = state
        self._storage = storage
        self._clock = clock
        self._agent = agent
        self._process = process
        self._write = write
        self._run = run
        self._later = later
        self._handed_over = handed_over
        self._is_logged = is_logged
        self._handed = Handed(
            clock, has_receipts=self._has_receipts, later=later, look=self._call_back
        )
        self._told: set[int] = set()
        self._waiting: set[int] = set()
        self._asking: set[int] = set()
        self._handing: set[int] = set()
        self._hooked: set[int] = set()
        self._asked_for: set[int] = set()
        self._without_queue: set[int] = set()

    # ---- what the server tells ----

    def look(self, pane: Pane, server: str, mailboxes: Sequence[str]) -> None:
        """If the pane's agent can be handed something now, see what waits for it."""
        if pane.id in self._asking:
            return
        now = self._situation(pane)
        way = best_way(now)
        if way is INBOX:
            self._wait_for_quiet(pane, now, server, mailboxes)
        elif way is HOOK and now.is_at_rest:
            self._look_again(pane, HOOK_SECONDS, server, mailboxes)
        if way is INBOX or way.is_asked_for:
            return
        self._asking.add(pane.id)
        question = partial(
            messages.queued,
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
        if fact is None or fact.state == "exited":
            self.forget(pane)
        self._handed.turned(pane)

    def hooked(self, pane: Pane) -> None:
        """A hook of the pane's agent asks for what waits."""
        self._hooked.add(pane.id)

    def asks(self, pane: Pane, *, waits: bool) -> None:
        """A plugin of the pane's agent waits for a message, or waits no more."""
        (self._asked_for.add if waits else self._asked_for.discard)(pane.id)

    def expect(self, pane: Pane, numbers: Sequence[int]) -> None:
        """Messages are handed to the pane's agent, which has asked for them."""
        for number in numbers:
            self._handed.expect(pane, number)

    def log_line(self, pane: Pane, line: bytes) -> None:
        """The log of the pane's agent has one more line."""
        found = self._handed.line(pane, line)
        if not found:
            return
        self._told.discard(pane.id)
        now = self._clock.wall()
        for number in found:
            work = partial(messages.received, number=number, receipt="transcript", now=now)
            self._storage.change(work, lambda _answer: self._handed_over())

    def forget(self, pane: Pane) -> None:
        """The pane, or the agent in it, is no more."""
        for known in (self._told, self._hooked, self._asked_for, self._without_queue):
            known.discard(pane.id)
        self._handed.forget(pane)

    # ---- one message ----

    def _found(self, pane: Pane, answer: list[Message] | StoreError) -> None:
        self._asking.discard(pane.id)
        if isinstance(answer, StoreError) or not answer or answer[0].id in self._handing:
            return
        way = best_way(self._situation(pane))
        if way is PASTE:
            self._type(pane, answer[0])
        elif way is QUEUE:
            self._queue(pane, answer[0])

    def _type(self, pane: Pane, message: Message) -> None:
        moment = self._moment(pane)
        if moment is None:
            return
        self._begin(pane, message)
        if not self._stands_there(pane, message):
            data = handed_text(message).encode("utf-8", "replace")
            self._write(pane, encode_paste(data, pane.input_modes))
        self._later(ENTER_SECONDS, lambda: self._enter(pane, moment))
        self._delivered(message, PASTE)

    def _stands_there(self, pane: Pane, message: Message) -> bool:
        """Whether what was typed the last time still stands at the prompt: Enter was not taken."""
        kind = self._kind(pane)
        if message.tries == 0 or kind is None or kind.composer is None:
            return False
        typed = composed(kind.composer, [row_text(row) for row in pane.screen.rows])
        return f"Message #{message.id} (" in typed or bool(_FOLDED.search(typed))

    def _enter(self, pane: Pane, moment: tuple[str, float]) -> None:
        """Send it, unless the agent does something else by now or a person has come."""
        typed = self._clock.monotonic() - pane.typed
        if self._moment(pane) == moment and typed > ENTER_SECONDS and pane.mode is None:
            self._write(pane, b"\r")

    def _queue(self, pane: Pane, message: Message) -> None:
        kind, process = self._kind(pane), self._process(pane)
        if kind is None or process is None:
            return
        self._begin(pane, message)

        def done(taken: bool) -> None:  # as it is called
            if not taken:
                self._come_back(pane, [message.id])

        # Delivered already now: the agent may begin on it before its program has ended.
        self._delivered(message, QUEUE)
        queue(kind, process, handed_text(message), self._run, done)

    def _begin(self, pane: Pane, message: Message) -> None:
        """Nothing else is handed over before the agent has begun on this."""
        self._told.add(pane.id)
        self._handed.expect(pane, message.id)

    def _delivered(self, message: Message, way: Way) -> None:
        now = self._clock.wall()
        work = partial(messages.delivered, number=message.id, way=way.name, now=now)
        self._handing.add(message.id)

        def done(_answer: object) -> None:
            self._handing.discard(message.id)
            self._handed_over()

        self._storage.change(work, done)

    def _call_back(self, pane: Pane) -> None:
        """What the agent was handed long ago and did not receive waits again."""
        found = self._handed.overdue(pane, self._situation(pane))
        if found:
            self._come_back(pane, found)

    def _come_back(self, pane: Pane, numbers: Sequence[int]) -> None:
        """Messages wait again; the agent's queue, if it has one, is not tried a second time."""
        self._told.discard(pane.id)
        self._without_queue.add(pane.id)
        now = self._clock.wall()
        for number in numbers:
            self._handed.forget(pane, number)
            work = partial(messages.came_back, number=number, now=now)
            self._storage.change(work, lambda _answer: self._handed_over())

    # ---- what is known ----

    def _wait_for_quiet(
        self, pane: Pane, now: Situation, server: str, mailboxes: Sequence[str]
    ) -> None:
        """Nothing says that a person has stopped typing: look again when that is long enough."""
        quiet = replace(now, since_typed=max(QUIET_SECONDS, now.in_state))
        if now.since_typed >= now.in_state and not PASTE.obstacle(quiet):
            self._look_again(pane, QUIET_SECONDS, server, mailboxes)

    def _look_again(
        self, pane: Pane, seconds: float, server: str, mailboxes: Sequence[str]
    ) -> None:
        if pane.id in self._waiting:
            return
        self._waiting.add(pane.id)

        def again() -> None:
            self._waiting.discard(pane.id)
            self.look(pane, server, mailboxes)

        self._later(seconds, again)

    def _situation(self, pane: Pane) -> Situation:
        fact, kind = self._agent(pane), self._kind(pane)
        is_here = PaneId(pane.id) in self._state.panes
        rules = kind.delivery if kind is not None else None
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
            ways=rules.ways if rules is not None else (PASTE.name,),
            has_queue=pane.id not in self._without_queue and has_queue(kind, self._process(pane)),
            has_hook=pane.id in self._hooked,
            asks=pane.id in self._asked_for,
        )

    def _has_receipts(self, pane: Pane) -> bool:
        kind = self._kind(pane)
        return kind is not None and kind.delivery.has_receipts and self._is_logged(pane)

    def _kind(self, pane: Pane) -> Kind | None:
        process = self._process(pane)
        return shipped_kinds().get(process.kind) if process is not None else None

    def _moment(self, pane: Pane) -> tuple[str, float] | None:
        """What tells a state from the one before it."""
        fact = self._agent(pane)
        return None if fact is None else (fact.state, fact.request_id)
