"""One look at the tasks: late ones are taken away, waiting ones are given to agents that wait.

A function of a transaction and of who is here. The agent is told by a message.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from aimux.agents import messages, tasks
from aimux.agents.addresses import Caller, Member, address_of
from aimux.agents.messages import Draft
from aimux.agents.scheduler import Waiting, Worker, schedule
from aimux.agents.tasks import Task
from aimux.errors import CommandError
from aimux.persist.store import Store


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What one look did.

    Attributes:
        given: The ids of tasks and the addresses that they were given to.
        ended: The ids of tasks that were taken away.
        due: When to look again, seconds since the epoch, though nothing happens; None for never.
        unfinished: How many tasks are.
    """

    given: tuple[tuple[int, str], ...]
    ended: tuple[int, ...]
    due: float | None
    unfinished: int


def dispatch(store: Store, server: str, roster: Sequence[Member], *, now: float) -> Dispatched:
    """Look once."""
    working = [one.pane for one in roster if one.is_fact and one.state == "working"]
    tasks.renew(store, server, working, now=now)
    ended = tasks.end_late(store, server, now=now)
    open_ones = tasks.select(store, "WHERE server = ? AND state = 'open'", (server,))
    held = tasks.select(store, "WHERE server = ? AND state IN ('claimed', 'working')", (server,))
    ready = [_waiting(task) for task in open_ones if not task.after and task.begins <= now]
    pairs = schedule(ready, _workers(store, server, roster, held), now=now)
    given = tuple(_give(store, server, roster, *pair, now) for pair in pairs)
    late = [when for task in held for when in (task.lease, task.deadline) if when is not None]
    later = [task.begins for task in open_ones if task.begins > now]
    new = tasks.select(store, "WHERE server = ? AND state = 'claimed' AND since = ?", (server, now))
    late += [when for task in new for when in (task.lease, task.deadline) if when is not None]
    due = min([*late, *later], default=None)
    return Dispatched(given, tuple(ended), due, len(open_ones) + len(held))


def _waiting(task: Task) -> Waiting:
    needs = frozenset(task.needs.split())
    return Waiting(task.id, task.priority, task.created, task.role, needs)


def _workers(
    store: Store, server: str, roster: Sequence[Member], held: Sequence[Task]
) -> list[Worker]:
    """The agents that have said that they wait, and that no task was given to."""
    busy = {task.pane for task in held}
    free = [one for one in roster if one.is_free and one.pane not in busy]
    return [
        Worker(one.pane, one.role, one.capabilities, _given(store, server, one.pane))
        for one in free
    ]


def _given(store: Store, server: str, pane: int) -> int:
    row = store.execute(
        "SELECT count(*) FROM task WHERE server = ? AND pane = ?", (server, pane)
    ).fetchone()
    return int(row[0] or 0) if row is not None else 0


def _give(  # which task, to whom, when
    store: Store, server: str, roster: Sequence[Member], number: int, pane: int, now: float
) -> tuple[int, str]:
    member = next(one for one in roster if one.pane == pane)
    address = address_of(member, roster)
    owner = Caller(address, (address,), pane=pane, agent=member.agent)
    task = tasks.give(store, server, number, owner, now=now)
    tell(store, server, task, address, now=now)
    return number, address


def tell(store: Store, server: str, task: Task, address: str, *, now: float) -> None:
    """Send the owner of a task what it is, and how to answer."""
    where = f"\nIts worktree: {task.worktree}" if task.worktree else ""
    text = (
        f"Task #{task.id}: {task.text}{where}\n"
        f"Then: aimux task done {task.id} RESULT, or: aimux task fail {task.id} WHY\n"
    )
    draft = Draft(text, kind="task", priority=task.priority, dedup=f"task-{task.id}-{task.tries}")
    author = Caller(task.author, (task.author,), is_person=True)
    with suppress(CommandError):  # a full mailbox: it has the task all the same
        messages.send(store, server, author, (address,), draft, now=now)
