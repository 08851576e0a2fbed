"""The tasks of a fleet: each is its own host's, who alone gives it out; the others see it and ask.

What a host's tasks are like stands in a bucket. To claim, to report and to cancel is asked of the
task's host by mail, which arrives once, however long it takes; a claim that comes too late is
refused, so nobody has a task without knowing it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import count

from msgspec.structs import asdict

from aimux.agents import outbox, tasks
from aimux.agents.outbox import Row
from aimux.agents.tasks import FINISHED, Task, TaskWish
from aimux.errors import CommandError, StoreError
from aimux.fleet.bus import Bus, Delivery
from aimux.fleet.bus_url import is_host
from aimux.fleet.stored import Storage, asked, tell
from aimux.fleet.streams import DAY
from aimux.fleet.values import shown_from
from aimux.fleet.wire import (
    MAX_SHOWN_TEXT,
    TaskAnswered,
    TaskAsked,
    TaskRecord,
    encode,
    read_task,
)
from aimux.persist.store import Store
from aimux.security.clean import clean

PATIENCE_SECONDS = 10.0
MAX_BOARD = 5000
"""Tasks of other hosts that are shown."""
MAX_ASKED = 256
"""Requests whose answers somebody waits for."""

Done = Callable[[bool | StoreError], None]
"""Told whether something was done; False: it waits to be."""


class Board:
    """What one server knows of others' tasks, and asks of them.

    Args:
        server: Its socket.
        host: What other hosts call it.
        now: Wall-clock seconds.
        left: Called when something was put into the outbox.
        changed: Called when a task of another host is another one.
    """

    def __init__(
        self,
        storage: Storage,
        server: str,
        host: str,
        *,
        now: Callable[[], float],
        left: Callable[[], None],
        changed: Callable[[], None],
    ) -> None:
        self._storage = storage
        self._server = server
        self._host = host
        self._now = now
        self._left = left
        self._changed = changed
        self._tasks: dict[tuple[str, int], Task] = {}
        self._requests = count(int(now() * 1000))
        self._asked: dict[tuple[str, int], Done] = {}
        self._is_connected = False

    # ---- seeing ----

    def tasks(self) -> list[tuple[str, Task]]:
        """The tasks of other hosts, with whose they are; as known last, while cut off."""
        return [(host, self._tasks[host, number]) for host, number in sorted(self._tasks)]

    async def run(self, bus: Bus) -> None:
        """Follow the others' tasks until the connection breaks."""
        streams = bus.streams
        self._is_connected = True
        try:
            async with bus.follow(streams.bucket("tasks"), streams.key("tasks", ">")) as follower:
                self._tasks.clear()
                while True:
                    deliveries = await follower.next()
                    await self._take(bus, deliveries)
                    for one in deliveries:
                        await one.acknowledge()
        finally:
            self._is_connected = False

    async def _take(self, bus: Bus, deliveries: Iterable[Delivery]) -> None:
        own = {}
        for one in deliveries:
            host, _, number = one.subject.rpartition(".")
            place = (host.rpartition(".")[2], int(number) if number.isdecimal() else 0)
            if not is_host(place[0]):
                continue
            record = None if one.is_deleted else read_task(one.data)
            if place[0] == self._host:
                own[place[1]] = record is not None
            elif record is None:
                self._tasks.pop(place, None)
            elif place in self._tasks or len(self._tasks) < MAX_BOARD:
                self._tasks[place] = _task(place[0], record, self._host)
        self._changed()
        await self._forget_own(bus, [number for number, is_there in own.items() if is_there])

    async def _forget_own(self, bus: Bus, numbers: list[int]) -> None:
        """Take away what the bus has of ours that our store has not."""
        missing = partial(_missing, server=self._server, numbers=numbers)
        for number in await asked(self._storage, missing) if numbers else ():
            await self._put(bus, number, None)

    async def send(self, bus: Bus, row: Row) -> None:
        """Let others see what a task of ours is like now. Raises FleetError."""
        records = partial(_records, server=self._server, number=row.ref)
        for one, record in await asked(self._storage, records):
            await self._put(bus, one, record)

    async def _put(self, bus: Bus, number: int, record: TaskRecord | None) -> None:
        subject = bus.streams.key("tasks", f"{self._host}.{number}")
        if record is None:
            await bus.publish(subject, b"", deleted=True, seconds=DAY)
        else:
            seconds = DAY if record.state in FINISHED else None
            await bus.publish(subject, encode(record), seconds=seconds)

    # ---- asking ----

    def ask(self, wish: TaskWish, done: Done) -> None:
        """Ask a task's host for something; `done` is told in a later turn of the loop.

        While cut off, a claim fails, and all else waits for the connection.
        """
        is_claim = wish.verb == "claim"
        if is_claim and not self._is_connected:
            tell(done, StoreError(f"{wish.host} cannot be reached: nothing was claimed"))
            return
        if len(self._asked) >= MAX_ASKED:
            tell(done, StoreError("too much is asked of other hosts"))
            return
        request = next(self._requests)
        until = self._now() + PATIENCE_SECONDS if is_claim else None
        entry = TaskAsked(
            request=request,
            id=wish.id,
            verb=wish.verb,
            caller=wish.caller,
            agent=wish.agent,
            text=wish.text,
            percent=wish.percent,
            until=until,
        )
        put = partial(
            outbox.put, server=self._server, lane=wish.host, kind="ask", body=encode(entry)
        )
        self._asked[wish.host, request] = done
        self._storage.change(put, lambda answer: self._put_out((wish.host, request), answer))

    def _put_out(self, key: tuple[str, int], answer: int | StoreError) -> None:
        if isinstance(answer, StoreError):
            self._answer(key, answer)
            return
        self._left()
        wait = PATIENCE_SECONDS if self._is_connected else 0.0
        asyncio.get_running_loop().call_later(wait, self._answer, key, False)

    @property
    def awaited(self) -> frozenset[tuple[str, int]]:
        """The requests whose answers somebody waits for."""
        return frozenset(self._asked)

    def answered(self, answers: dict[tuple[str, int], TaskAnswered]) -> None:
        """Answers have come."""
        for (host, request), answer in answers.items():
            place = (host, answer.id)
            if answer.text and place in self._tasks:  # claimed; the board will say so, too
                known, owner = self._tasks[place], answer.caller
                self._tasks[place] = replace(known, text=answer.text, state="claimed", owner=owner)
            self._answer((host, request), StoreError(answer.error) if answer.error else True)

    def _answer(self, key: tuple[str, int], answer: bool | StoreError) -> None:
        done = self._asked.pop(key, None)
        if done is not None:
            tell(done, answer)


def _missing(store: Store, *, server: str, numbers: list[int]) -> list[int]:
    places = ", ".join("?" * len(numbers))
    sql = f"SELECT id FROM task WHERE server = ? AND id IN ({places})"  # noqa: S608  # places
    there = {row[0] for row in store.execute(sql, (server, *numbers))}
    return [one for one in numbers if one not in there]


def _records(store: Store, *, server: str, number: int) -> list[tuple[int, TaskRecord | None]]:
    """A task, and those that wait for it: as they are now, None for what is not kept."""
    rows = store.execute("SELECT task FROM task_after WHERE first = ?", (number,))
    return [
        (one, _record(store, server, one)) for one in (number, *(int(row[0] or 0) for row in rows))
    ]


def _record(store: Store, server: str, number: int) -> TaskRecord | None:
    try:
        task = tasks.find(store, server, number)
    except CommandError:
        return None
    return TaskRecord(
        id=task.id,
        text=task.text[:MAX_SHOWN_TEXT],
        author=task.author,
        state=task.state,
        priority=task.priority,
        created=task.created,
        since=task.since,
        begins=task.begins,
        role=task.role,
        needs=task.needs,
        retries=task.retries,
        tries=task.tries,
        owner=task.owner,
        progress=task.progress,
        result=task.result[:MAX_SHOWN_TEXT],
        after=list(task.after),
    )


def _task(host: str, record: TaskRecord, here: str) -> Task:
    """A task of another host, as it is shown here."""
    fields = asdict(record)
    owner = record.owner
    if "@" in owner:
        owner = clean(owner).removesuffix(f"@{here}")
    elif owner:
        owner = shown_from(owner, host, here)
    return Task(
        **fields
        | {
            "author": shown_from(record.author, host, here),
            "owner": owner,
            "after": tuple(record.after),
            "seconds": None,
            "worktree": "",
            "pane": -1,
            "lease": None,
            "deadline": None,
        }
    )
