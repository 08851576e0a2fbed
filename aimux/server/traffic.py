"""What sidebars are told of messages and tasks: read from the store, bounded and harmless."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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
    names = _kinds(roster)
    newest = messages.newest(store, server, limit=MAX_MESSAGES)[::-1]
    listed = tasks.list_tasks(store, server, finished=FINISHED)
    return Traffic(
        messages.counts(store, server),
        messages.with_kind(store, server, "task"),
        tuple(_message(one, panes, names) for one in newest),
        tuple(task_fact(one, names) for one in listed[-MAX_TASKS:]),
    )


def _kinds(roster: Sequence[Member]) -> dict[str, str]:
    """What a pane's number is shown as: the kind of its agent, if no other is of that kind."""
    count = Counter(one.agent for one in roster)
    return {f"%{one.pane}": one.agent for one in roster if one.agent and count[one.agent] == 1}


def _message(one: Message, panes: dict[str, int], names: dict[str, str]) -> MessageFact:
    return MessageFact(
        id=one.id,
        sender=clean(names.get(one.sender, one.sender)),
        recipient=clean(names.get(one.recipient, one.recipient)),
        kind=one.kind,
        state=one.state,
        since=round(one.since, 1),
        text=first_line(one.text, MAX_LINE),
        priority=PRIORITIES[one.priority],
        pane=panes.get(one.recipient, -1),
        way=one.way,
        receipt=one.receipt,
    )


def task_fact(one: Task, names: Mapping[str, str], host: str = "") -> TaskFact:
    """A task for the board.

    Args:
        one: It.
        names: What owners are shown as, where that is not their address.
        host: Whose it is; "" for this host's.
    """
    return TaskFact(
        id=one.id,
        text=first_line(one.text, MAX_LINE),
        state=one.shown_state,
        owner=clean(names.get(one.owner, one.owner)),
        priority=priority_name(one),
        since=round(one.since, 1),
        needs=one.after[:MAX_NEEDS],
        progress=one.progress,
        pane=-1 if host else one.pane,
        host=clean(host),
    )
