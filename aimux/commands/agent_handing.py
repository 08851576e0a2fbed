"""Messages handed to an agent that asks: by its hooks at the end of a turn, by its plugin.

A hook of a kind whose TOML says how it is answered (`[delivery.hooks]`) is answered with what
waits; every other one, and one with nothing waiting, with nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from typing_extensions import override

from aimux.agents import messages
from aimux.agents.addresses import Caller
from aimux.agents.delivery_rules import HandingHook
from aimux.agents.handover import MAX_AT_ONCE, fitting, handed_together
from aimux.agents.kinds import shipped_kinds
from aimux.agents.messages import Message
from aimux.agents.sources.fields import Record, text
from aimux.commands.callers import caller_of
from aimux.commands.command import Call, Command
from aimux.commands.exchange import MESSAGES
from aimux.commands.harmless import harmless_json
from aimux.commands.numbers import seconds
from aimux.commands.store_wait import StoreWait
from aimux.errors import CommandError, StoreError
from aimux.model.pane import Pane
from aimux.persist.store import Store

LOOKED_AT = 100
UNWANTED = "inbox"
"""The value of `agent-delivery` with which nothing is handed over."""


# ---- hooks ----


def answer_hook(
    call: Call, pane: Pane, kind: str, fields: Record, *, otherwise: Callable[[], None]
) -> None:
    """Answer an event of an agent's hook with what waits for the agent.

    Args:
        call: Who asks.
        pane: Where the agent is.
        kind: Its kind.
        fields: The event.
        otherwise: Done if nothing is handed over that makes the agent go on.
    """
    hook, caller = _hook(kind, fields), caller_of(call)
    if hook is None or not _may_answer(call, pane, kind, fields, caller):
        otherwise()
        return
    call.effects.exchange.hooked(pane)
    if not hook.allows(fields):
        otherwise()
        return
    _Answer(call, pane, caller, hook, otherwise).ask()


def _hook(kind: str, fields: Record) -> HandingHook | None:
    known = shipped_kinds().get(kind)
    return known.delivery.hooks.get(text(fields, "hook_event_name")) if known is not None else None


def _may_answer(call: Call, pane: Pane, kind: str, fields: Record, caller: Caller) -> bool:
    """Whether it is the pane's own agent, and not one that this one runs, nor another pane's."""
    wanted = pane.options.text("agent-delivery") != UNWANTED
    return (
        wanted
        and caller.pane == pane.id
        and call.effects.agent_book.is_its_own(pane, kind, text(fields, "session_id"))
    )


class _Answer:
    """One hook that is answered; an agent with nothing waiting costs one question."""

    def __init__(
        self,
        call: Call,
        pane: Pane,
        caller: Caller,
        hook: HandingHook,
        otherwise: Callable[[], None],
    ) -> None:
        self._call = call
        self._pane = pane
        self._boxes = caller.mailboxes
        self._hook = hook
        self._otherwise = otherwise
        self._release = call.queue.wait()

    def ask(self) -> None:
        """Ask what waits."""
        question = _waiting(self._call, self._boxes, self._hook.priority)
        self._call.effects.records.ask(question, self._asked)

    def _asked(self, found: list[Message] | StoreError) -> None:
        if isinstance(found, StoreError) or not found:
            self._end()
        else:
            take(self._call, self._pane, self._boxes, "hook", self._taken, self._hook.priority)

    def _taken(self, found: list[Message] | StoreError) -> None:
        if isinstance(found, StoreError) or not found:
            self._end()
            return
        self._call.print(self._hook.answering(handed_together(found)))
        self._release()

    def _end(self) -> None:
        """Nothing waits: what the event says of the agent's state holds."""
        try:
            self._otherwise()
        except CommandError as error:
            self._call.source.requester.error(str(error))
        finally:
            self._release()


def _waiting(call: Call, boxes: Sequence[str], lowest: int) -> Callable[[Store], list[Message]]:
    return partial(
        messages.queued,
        server=call.effects.exchange.server,
        mailboxes=tuple(boxes),
        now=call.effects.now(),
        limit=LOOKED_AT,
        lowest=lowest,
    )


def take(
    call: Call,
    pane: Pane,
    boxes: Sequence[str],
    way: Literal["hook", "plugin"],
    taken: Callable[[list[Message] | StoreError], None],
    lowest: int = 0,
) -> None:
    """Take out of mailboxes what can be handed over at once: it counts as delivered.

    Args:
        call: Who asks.
        pane: Whose agent gets it.
        boxes: Its mailboxes.
        way: By which it gets it.
        taken: Told what it is, once that is stored.
        lowest: The lowest priority.
    """
    question, now = _waiting(call, boxes, lowest), call.effects.now()

    def work(store: Store) -> list[Message]:
        found = fitting(question(store)[:MAX_AT_ONCE])
        for one in found:
            messages.delivered(store, one.id, way, now=now)
        return found

    def done(found: list[Message] | StoreError) -> None:
        if not isinstance(found, StoreError) and found:
            call.effects.exchange.handed(pane, [one.id for one in found])
            call.effects.exchange.changed(MESSAGES)
        taken(found)

    call.effects.records.change(work, done)


# ---- plugins ----


def agent_inbox(call: Call) -> None:
    """`agent inbox [--wait time]`: for an agent's plugin, what waits for its pane, as one text.

    It prints `{"ids": [7], "text": "..."}`, and nothing where nothing came; what it prints counts
    as delivered. While it waits nothing is pasted into the pane.
    """
    caller = caller_of(call)
    pane = next((one for one in call.state.panes.values() if one.id == caller.pane), None)
    if pane is None or not caller.agent:
        raise CommandError("no agent in this pane")
    wait = call.arguments.get("wait")
    patience = None if wait is None else seconds(wait, "wait")
    _Asking(call, pane, caller).begin(patience)


class _Asking(StoreWait[list[Message]]):
    """A plugin that waits."""

    def __init__(self, call: Call, pane: Pane, caller: Caller) -> None:
        super().__init__(call, _waiting(call, caller.mailboxes, 0), self._found)
        self._pane = pane
        self._asker = call
        self._is_taking = self._is_patient = False

    def begin(self, patience: float | None) -> None:
        """Wait so long at most; not at all without a time."""
        self._is_patient = patience is not None
        self._asker.effects.exchange.plugin_asks(self._pane, waits=True)
        self.start((MESSAGES,), patience)

    @override
    def question(self) -> Callable[[Store], list[Message]]:
        """What waits for it by the name that it has now."""
        return _waiting(self._asker, caller_of(self._asker).mailboxes, 0)

    def _found(self, found: list[Message]) -> bool:
        wanted = self._pane.options.text("agent-delivery") != UNWANTED
        if found and wanted and not self._is_taking:
            self._is_taking = True
            boxes = caller_of(self._asker).mailboxes
            take(self._asker, self._pane, boxes, "plugin", self._taken)
        return not (self._is_patient or self._is_taking)

    def _taken(self, found: list[Message] | StoreError) -> None:
        self._is_taking = False
        if isinstance(found, StoreError) or not found or self.is_over:
            if not self._is_patient:
                self.end()
            return
        ids = [one.id for one in found]
        self._asker.print(harmless_json({"ids": ids, "text": handed_together(found)}))
        self.end()

    @override
    def end(self, status: int = 0) -> None:
        """It waits no more."""
        if not self.is_over:
            super().end(status)
            self._asker.effects.exchange.plugin_asks(self._pane, waits=False)


COMMANDS = (
    Command(
        name="agent inbox",
        alias=None,
        getopt="",
        arity=(0, 0),
        usage="[--wait time]",
        run=agent_inbox,
        is_addition=True,
        long={"wait": True},
    ),
)
