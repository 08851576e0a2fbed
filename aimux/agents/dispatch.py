"""One look at the tasks: late ones are taken away, waiting ones are given to agents that wait.

A function of a transaction and of who is here. The agent is told by a message.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from msgspec import Struct

from aimux.agents import messages, tasks
from aimux.agents.addresses import (
    ALONE,
    AT,
    Caller,
    Member,
    Others,
    address_of,
    host_of,
    is_agent_elsewhere,
)
from aimux.agents.messages import Draft
from aimux.agents.scheduler import Waiting, Worker, schedule
from aimux.agents.tasks import Task
from aimux.errors import CommandError
from aimux.persist.store import Store

ELSEWHERE = 1 << 40
"""What the scheduler calls the first of those on other hosts: panes of here come first."""


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


def dispatch(
    store: Store, server: str, roster: Sequence[Member], others: Others = ALONE, *, now: float
) -> Dispatched:
    """Look once; tasks of this server may go to those on other hosts that wait for work."""
    working = [one.pane for one in roster if one.is_fact and one.state == "working"]
    away = [one.full for one in others.members if one.is_fact and one.state == "working"]
    tasks.renew(store, server, working, away, now=now)
    ended = _end_of_gone(store, server, others, now) + tasks.end_late(store, server, now=now)
    open_ones = tasks.select(store, "WHERE server = ? AND state = 'open'", (server,))
    held = _held(store, server)
    ready = [_waiting(task) for task in open_ones if not task.after and task.begins <= now]
    doers = _doers(roster, others)
    pairs = schedule(ready, _workers(store, server, doers, held), now=now)
    given = tuple(
        _give(store, server, number, doers[place], others.host, now) for number, place in pairs
    )
    late = [when for task in held for when in (task.lease, task.deadline) if when is not None]
    later = [task.begins for task in open_ones if task.begins > now]
    new = tasks.select(store, "WHERE server = ? AND state = 'claimed' AND since = ?", (server, now))
    late += [when for task in new for when in (task.lease, task.deadline) if when is not None]
    due = min([*late, *later], default=None)
    return Dispatched(given, tuple(ended), due, len(open_ones) + len(held))


def _held(store: Store, server: str) -> list[Task]:
    return tasks.select(store, "WHERE server = ? AND state IN ('claimed', 'working')", (server,))


def _end_of_gone(store: Store, server: str, others: Others, now: float) -> list[int]:
    """What somebody had who is not on that host any more, as that host says itself."""
    there = {one.full for one in others.members}
    gone = [
        task
        for task in _held(store, server)
        if is_agent_elsewhere(task.owner)
        and host_of(task.owner) in others.present
        and task.owner not in there
    ]
    for owner in {task.owner for task in gone}:
        tasks.owner_gone(store, server, owner, now=now)
    return [task.id for task in gone]


class Doer(Struct, frozen=True):
    """Somebody who waits for work, here or elsewhere.

    Attributes:
        address: Where it is told.
        pane: Its pane here; -1 elsewhere.
    """

    address: str
    pane: int
    agent: str
    role: str
    capabilities: frozenset[str]


def _doers(roster: Sequence[Member], others: Others) -> dict[int, Doer]:
    """Those that have said that they wait, by what the scheduler calls them."""
    found = {
        one.pane: Doer(address_of(one, roster), one.pane, one.agent, one.role, one.capabilities)
        for one in roster
        if one.is_free
    }
    for place, one in enumerate((one for one in others.members if one.is_free), ELSEWHERE):
        found[place] = Doer(one.full, -1, one.agent, one.role, one.capabilities)
    return found


def _waiting(task: Task) -> Waiting:
    needs = frozenset(task.needs.split())
    return Waiting(task.id, task.priority, task.created, task.role, needs, task.pane)


def _workers(
    store: Store, server: str, doers: dict[int, Doer], held: Sequence[Task]
) -> list[Worker]:
    """Those that no task of ours was given to."""
    panes, owners = {task.pane for task in held}, {task.owner for task in held}
    return [
        Worker(place, one.role, one.capabilities, _given(store, server, one))
        for place, one in doers.items()
        if not (one.pane in panes if one.pane >= 0 else one.address in owners)
    ]


def _given(store: Store, server: str, one: Doer) -> int:
    column, value = ("pane", one.pane) if one.pane >= 0 else ("owner", one.address)
    sql = f"SELECT count(*) FROM task WHERE server = ? AND {column} = ?"  # noqa: S608  # ours
    row = store.execute(sql, (server, value)).fetchone()
    return int(row[0] or 0) if row is not None else 0


def _give(
    store: Store, server: str, number: int, doer: Doer, host: str, now: float
) -> tuple[int, str]:
    owner = Caller(doer.address, (doer.address,), pane=doer.pane, agent=doer.agent)
    task = tasks.give(store, server, number, owner, now=now)
    tell(store, server, task, doer.address, host=host, now=now)
    return number, doer.address


def tell(
    store: Store, server: str, task: Task, address: str, *, host: str = "", now: float
) -> None:
    """Send the owner of a task what it is, and how to answer; `host` is what others call this."""
    name = f"{task.id}{AT}{host}" if host_of(address) else str(task.id)
    where = f"\nIts worktree: {task.worktree}" if task.worktree else ""
    text = (
        f"Task #{name}: {task.text}{where}\n"
        f"Then: aimux task done {name} RESULT, or: aimux task fail {name} WHY\n"
    )
    draft = Draft(text, kind="task", priority=task.priority, dedup=f"task-{task.id}-{task.tries}")
    author = Caller(task.author, (task.author,), is_person=True)
    with suppress(CommandError):  # a full mailbox: it has the task all the same
        messages.send(store, server, author, (address,), draft, now=now)
