"""Tasks: added, given out for a while, done or tried again. Functions of a transaction.

    open -> claimed -> working -> done
    claimed, working -> open (it failed, its lease or its time ended, its pane went: tried again)
                     -> failed (no try is left)
    open, claimed, working -> cancelled
    failed, cancelled -> open (somebody wants it tried again)

A lease is renewed by every word of progress, and while its agent says that it works. Who holds a
task is known by address; times are seconds since the epoch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from aimux.agents.addresses import Caller, is_agent_elsewhere
from aimux.agents.messages import PRIORITIES, storable
from aimux.agents.scheduler import backoff
from aimux.errors import CommandError
from aimux.persist.store import Store, Value

LEASE_SECONDS = 600.0
DEFAULT_RETRIES = 2
MAX_RETRIES = 100
MAX_TASKS = 5000
"""Tasks that may be unfinished."""
MAX_KEPT = 5000
"""Finished tasks that are kept; the oldest go."""
MAX_TEXT = 32 << 10
"""Bytes of a task, and of what is said of it: it fits into a message."""
MAX_FIRST = 32
"""Tasks that may come before one."""
HELD = ("claimed", "working")
FINISHED = ("done", "failed", "cancelled")
_COLUMNS = (
    *("id", "text", "author", "role", "needs", "priority", "retries", "seconds", "worktree"),
    *("created", "state", "since", "owner", "pane", "tries", "begins", "lease", "deadline"),
    *("progress", "result"),
)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM task"  # noqa: S608  # names of ours


@dataclass(frozen=True, slots=True)
class Task:
    """A task as it is kept.

    Attributes:
        needs: What its agent must be able to do, with blanks between.
        retries: How often it is tried again.
        seconds: How long one try may take; None for any time.
        pane: The owner's pane; of an open task the one that it waits for, where an agent was
            started for it. -1 for people and nobody.
        tries: How often it was begun.
        begins: It is not given out before.
        lease: When it is taken away unless its owner says something; None for people.
        deadline: When its try ends.
        result: What its owner said at the end, or why it failed.
        after: The unfinished tasks that come first.
    """

    id: int
    text: str
    author: str
    role: str
    needs: str
    priority: int
    retries: int
    seconds: float | None
    worktree: str
    created: float
    state: str
    since: float
    owner: str
    pane: int
    tries: int
    begins: float
    lease: float | None
    deadline: float | None
    progress: int | None
    result: str
    after: tuple[int, ...] = field(default=())

    @property
    def shown_state(self) -> str:
        """Its state, or `blocked` while others come first."""
        return "blocked" if self.state == "open" and self.after else self.state


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task that is to be added; see `Task`."""

    text: str
    role: str = ""
    needs: frozenset[str] = frozenset()
    priority: int = 1
    after: tuple[int, ...] = ()
    retries: int = DEFAULT_RETRIES
    seconds: float | None = None
    worktree: str = ""
    pane: int = -1


@dataclass(frozen=True, slots=True)
class TaskWish:
    """What somebody here wants done to a task of another host.

    Attributes:
        host: Whose task it is.
        id: Its id there.
        verb: claim, progress, done, fail or cancel.
        caller: The address of who wants it.
        text: What is said of it.
        percent: How far it is.
    """

    host: str
    id: int
    verb: str
    caller: str
    agent: str = ""
    text: str = ""
    percent: int | None = None


def add(store: Store, server: str, caller: Caller, new: NewTask, *, now: float) -> int:
    """Keep a task; its id.

    Raises:
        CommandError: It is empty or too long, there are too many, or one of `after` is not there.
    """
    if not new.text.strip() or len(new.text.encode("utf-8", "replace")) > MAX_TEXT:
        raise CommandError(f"empty task, or longer than {MAX_TEXT >> 10} KiB")
    _check_room(store, server)
    values: dict[str, Value] = {
        "server": server,
        "text": storable(new.text),
        "author": caller.address,
        "role": storable(new.role),
        "needs": storable(" ".join(sorted(new.needs))),
        "priority": new.priority,
        "retries": new.retries,
        "seconds": new.seconds,
        "worktree": storable(new.worktree),
        "created": now,
        "state": "open",
        "since": now,
        "owner": "",
        "pane": new.pane,
        "tries": 0,
        "begins": now,
        "result": "",
    }
    places = ", ".join(f":{name}" for name in values)
    sql = f"INSERT INTO task ({', '.join(values)}) VALUES ({places})"  # noqa: S608  # ours
    number = store.execute(sql, values).lastrowid or 0
    for first in new.after:
        put_after(store, server, number, first)
    return number


def _check_room(store: Store, server: str) -> None:
    row = store.execute(
        "SELECT count(*) FROM task WHERE server = ? AND state IN ('open', 'claimed', 'working')",
        (server,),
    ).fetchone()
    if row is not None and int(row[0] or 0) >= MAX_TASKS:
        raise CommandError("too many unfinished tasks")
    store.execute(
        "DELETE FROM task WHERE server = ?1 AND state IN ('done', 'failed', 'cancelled') AND id <="
        " (SELECT id FROM task WHERE server = ?1 AND state IN ('done', 'failed', 'cancelled')"
        " ORDER BY id DESC LIMIT 1 OFFSET ?2)",
        (server, MAX_KEPT),
    )


def put_after(store: Store, server: str, number: int, first: int) -> None:
    """Let a task wait for another one. Raises CommandError for a circle, or too many."""
    find(store, server, number)
    find(store, server, first)
    if number in _all_before(store, first):
        raise CommandError(f"task {first} already comes after task {number}")
    row = store.execute("SELECT count(*) FROM task_after WHERE task = ?", (number,)).fetchone()
    if row is not None and int(row[0] or 0) >= MAX_FIRST:
        raise CommandError(f"too many tasks before task {number}")
    store.execute("INSERT OR IGNORE INTO task_after VALUES (?, ?)", (number, first))


def _all_before(store: Store, number: int) -> set[int]:
    """A task, what comes before it, and before that."""
    rows = store.execute(
        "WITH RECURSIVE before (id) AS (VALUES (?) UNION SELECT task_after.first FROM task_after"
        " JOIN before ON task_after.task = before.id) SELECT id FROM before",
        (number,),
    )
    return {int(row[0] or 0) for row in rows}


# ---- being done ----


def give(store: Store, server: str, number: int, owner: Caller, *, now: float) -> Task:
    """Give an open task to somebody, for as long as the lease.

    Raises:
        CommandError: There is no such task, somebody has it, it is over, or others come first.
    """
    task = find(store, server, number)
    if task.shown_state != "open":
        state = task.shown_state + (f" ({task.owner})" if task.owner else "")
        raise CommandError(f"task {number} is {state}")
    is_agent = owner.pane >= 0 or is_agent_elsewhere(owner.address)
    lease = now + LEASE_SECONDS if is_agent else None
    deadline = None if task.seconds is None else now + task.seconds
    _set(
        store,
        number,
        {
            **_state("claimed", now),
            "owner": owner.address,
            "pane": owner.pane,
            "lease": lease,
            "deadline": deadline,
            "tries": task.tries + 1,
            "progress": None,
        },
    )
    return find(store, server, number)


def progress(  # noqa: PLR0913  # who says what of which task
    store: Store,
    server: str,
    caller: Caller,
    number: int,
    percent: int | None,
    said: str,
    *,
    now: float,
) -> None:
    """The owner is at it. Raises CommandError if the caller does not hold the task."""
    task = _held_by(store, server, caller, number)
    since = task.since if task.state == "working" else now
    changes: dict[str, Value] = {**_state("working", since), "result": storable(said[:MAX_TEXT])}
    if task.lease is not None:
        changes["lease"] = now + LEASE_SECONDS
    if percent is not None:
        changes["progress"] = percent
    _set(store, number, changes)


def done(
    store: Store, server: str, caller: Caller, number: int, result: str, *, now: float
) -> Task:
    """The task is done; as it was. Raises CommandError if the caller does not hold it."""
    task = _held_by(store, server, caller, number)
    _set(store, number, {**_over("done", now), "result": storable(result[:MAX_TEXT])})
    return task


def fail(store: Store, server: str, caller: Caller, number: int, why: str, *, now: float) -> Task:
    """It did not work: tried again later, or failed; as it was. Raises CommandError as `done`."""
    task = _held_by(store, server, caller, number)
    _end_try(store, task, why, now)
    return task


def cancel(store: Store, server: str, caller: Caller, number: int, *, now: float) -> Task:
    """Nobody wants it any more; the task as it was. Its author and people may.

    Raises:
        CommandError: There is no such task, it is somebody else's, or it is over.
    """
    task = find(store, server, number)
    if not caller.owns(task.author):
        raise CommandError(f"task {number} is not yours")
    if task.state in FINISHED:
        raise CommandError(f"task {number} is {task.state}")
    _set(store, number, {**_over("cancelled", now), "result": f"by {caller.address}"})
    return task


def retry(store: Store, server: str, caller: Caller, number: int, *, now: float) -> None:
    """What failed or was cancelled may be tried anew, at once. Its author and people may.

    Raises:
        CommandError: There is no such task, it is somebody else's, or it is not over, or done.
    """
    task = find(store, server, number)
    if not caller.owns(task.author):
        raise CommandError(f"task {number} is not yours")
    if task.state not in ("failed", "cancelled"):
        raise CommandError(f"task {number} is {task.shown_state}")
    _check_room(store, server)
    freed: dict[str, Value] = {"owner": "", "pane": -1, "progress": None, "result": ""}
    _set(store, number, {**_over("open", now), **freed, "tries": 0, "begins": now})


def _held_by(store: Store, server: str, caller: Caller, number: int) -> Task:
    task = find(store, server, number)
    if task.state not in HELD:
        raise CommandError(f"task {number} is {task.shown_state}")
    if not caller.owns(task.owner):
        raise CommandError(f"task {number} is {task.owner}'s")
    return task


def _end_try(store: Store, task: Task, why: str, now: float) -> None:
    """One try is over; the next one has to wait, longer each time."""
    said = storable(why[:MAX_TEXT])
    if task.tries > task.retries:
        _set(store, task.id, {**_over("failed", now), "result": said})
        return
    freed: dict[str, Value] = {"owner": "", "pane": -1, "progress": None, "result": said}
    later = now + backoff(task.tries)
    _set(store, task.id, {**_over("open", now), **freed, "begins": later})


def _state(state: str, since: float) -> dict[str, Value]:
    return {"state": state, "since": since}


def _over(state: str, now: float) -> dict[str, Value]:
    return {**_state(state, now), "lease": None, "deadline": None}


def _set(store: Store, number: int, changes: dict[str, Value]) -> None:
    names = ", ".join(f"{name} = :{name}" for name in changes)
    sql = f"UPDATE task SET {names} WHERE id = :id"  # noqa: S608  # names of ours
    store.execute(sql, {**changes, "id": number})


# ---- time and panes ----


def end_late(store: Store, server: str, *, now: float) -> list[int]:
    """End the tries whose lease or time is over; their ids."""
    late = select(
        store,
        "WHERE server = ? AND state IN ('claimed', 'working') AND (lease <= ? OR deadline <= ?)",
        (server, now, now),
    )
    for task in late:
        timed_out = task.deadline is not None and task.deadline <= now
        _end_try(store, task, "it took too long" if timed_out else "nothing was heard of it", now)
    return [task.id for task in late]


def renew(
    store: Store, server: str, panes: Sequence[int], owners: Sequence[str] = (), *, now: float
) -> None:
    """The agents in these panes, and these on other hosts, say that they work on their tasks."""
    which = [("pane", pane) for pane in panes] + [("owner", one) for one in owners]
    for column, value in which:
        store.execute(
            "UPDATE task SET lease = ?, since = CASE state WHEN 'claimed' THEN ? ELSE since END,"  # noqa: S608  # names of ours
            f" state = 'working' WHERE server = ? AND {column} = ?"
            " AND state IN ('claimed', 'working') AND lease IS NOT NULL",
            (now + LEASE_SECONDS, now, server, value),
        )


def owner_gone(store: Store, server: str, owner: str, *, now: float) -> None:
    """What somebody on another host had is tried again by others."""
    _end_all(store, server, "owner = ?", (owner,), f"{owner} has gone", now)


def pane_gone(store: Store, server: str, pane: int, *, now: float) -> None:
    """What a pane had is tried again by others."""
    _end_all(store, server, "pane = ?", (pane,), f"%{pane} has gone", now)
    _wait_for_anybody(store, server, "pane = ?", (pane,))


def server_began(store: Store, server: str, *, now: float) -> None:
    """No pane of the server before this one is left."""
    _end_all(store, server, "pane >= ?", (0,), "the server was started anew", now)
    _wait_for_anybody(store, server, "pane >= ?", (0,))


def _wait_for_anybody(store: Store, server: str, which: str, values: Sequence[Value]) -> None:
    """Open tasks whose own agents have gone may be given to others."""
    sql = f"UPDATE task SET pane = -1 WHERE server = ? AND state = 'open' AND {which}"  # noqa: S608  # ours
    store.execute(sql, (server, *values))


def _end_all(  # which tasks, why and when
    store: Store, server: str, which: str, values: Sequence[Value], why: str, now: float
) -> None:
    condition = f"WHERE server = ? AND state IN ('claimed', 'working') AND {which}"
    for task in select(store, condition, (server, *values)):
        _end_try(store, task, why, now)


# ---- looking ----


def find(store: Store, server: str, number: int) -> Task:
    """A task by its id. Raises CommandError."""
    found = select(store, "WHERE server = ? AND id = ?", (server, number))
    if not found:
        raise CommandError(f"no task {number}")
    return found[0]


def having(store: Store, server: str, numbers: Sequence[int]) -> list[Task]:
    """Those of the tasks with these ids that are there."""
    places = ", ".join("?" * len(numbers))
    return select(store, f"WHERE server = ? AND id IN ({places})", (server, *numbers))


def list_tasks(store: Store, server: str, *, finished: int = 50) -> list[Task]:
    """The unfinished tasks, and the newest of the finished ones; by id."""
    unfinished = select(
        store, "WHERE server = ? AND state IN ('open', 'claimed', 'working')", (server,)
    )
    over = select(
        store,
        "WHERE server = ? AND state IN ('done', 'failed', 'cancelled') ORDER BY id DESC LIMIT ?",
        (server, finished),
    )
    return sorted([*unfinished, *over], key=lambda task: task.id)


def select(store: Store, condition: str, values: Sequence[Value]) -> list[Task]:
    """The tasks that a condition of SQL means, with what comes first."""
    rows = list(store.execute(f"{_SELECT} {condition}", values))
    tasks = [Task(*row) for row in rows]  # type: ignore[arg-type]  # the schema's types
    return [replace(task, after=_unfinished_before(store, task.id)) for task in tasks]


def _unfinished_before(store: Store, number: int) -> tuple[int, ...]:
    rows = store.execute(
        "SELECT first FROM task_after JOIN task ON task.id = first WHERE task_after.task = ?"
        " AND task.state != 'done' ORDER BY first",
        (number,),
    )
    return tuple(int(row[0] or 0) for row in rows)


def priority_name(task: Task) -> str:
    """Its priority in a word."""
    return PRIORITIES[task.priority]
