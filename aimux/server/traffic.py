"""What sidebars are told of messages and tasks: read from the store, bounded and harmless."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aimux.agents import messages, tasks
from aimux.agents.addresses import Member, address_of
from aimux.agents.messages import PRIORITIES, Message
from aimux.agents.tasks import Task, priority_name
from aimux.commands.harmless import first_line
from aimux.persist.store import Store
from aimux.protocol.facts import (
    MAX_LINE,
    MAX_MESSAGES,
    MAX_NEEDS,
    MAX_TASKS,
    MessageFact,
    TaskFact,
)
from aimux.security.clean import clean

FINISHED = 10
"""Finished tasks that are shown."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """What is shown.

    Attributes:
        unread: How many messages wait, by mailbox.
        with_work: The mailboxes in which a task waits to be begun.
        messages: The newest first.
        tasks: Those that are not finished and the last that are.
    """

    unread: dict[str, int]
    with_work: frozenset[str] = frozenset()
    messages: tuple[MessageFact, ...] = ()
    tasks: tuple[TaskFact, ...] = ()


def traffic(store: Store, server: str, roster: Sequence[Member]) -> Traffic:
    """Read it."""
    panes = {address_of(one, roster): one.pane for one in roster}
    panes |= {f"%{one.pane}": one.pane for one in roster}
    newest = messages.newest(store, server, limit=MAX_MESSAGES)[::-1]
    listed = tasks.list_tasks(store, server, finished=FINISHED)
    return Traffic(
        messages.counts(store, server),
        messages.with_kind(store, server, "task"),
        tuple(_message(one, panes) for one in newest),
        tuple(_task(one) for one in listed[-MAX_TASKS:]),
    )


def _message(one: Message, panes: dict[str, int]) -> MessageFact:
    return MessageFact(
        id=one.id,
        sender=clean(one.sender),
        recipient=clean(one.recipient),
        kind=one.kind,
        state=one.state,
        since=round(one.since, 1),
        text=first_line(one.text, MAX_LINE),
        priority=PRIORITIES[one.priority],
        pane=panes.get(one.recipient, -1),
        way=one.way,
        receipt=one.receipt,
    )


def _task(one: Task) -> TaskFact:
    return TaskFact(
        id=one.id,
        text=first_line(one.text, MAX_LINE),
        state=one.shown_state,
        owner=clean(one.owner),
        priority=priority_name(one),
        since=round(one.since, 1),
        needs=one.after[:MAX_NEEDS],
        progress=one.progress,
        pane=one.pane,
    )
