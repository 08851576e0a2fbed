"""What all hosts of a fleet share: values, claims and notes, while connected and while cut off."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial
from typing import Any, TypeVar

from aimux.agents import outbox
from aimux.agents.outbox import Row
from aimux.agents.shared_values import Written, check_room
from aimux.errors import CommandError, ConflictError, FleetError, StoreError
from aimux.fleet import claims, notes, values
from aimux.fleet.bus import Bus
from aimux.fleet.mirror import Copied, Mirror
from aimux.fleet.stored import Storage, asked, changed, tell
from aimux.fleet.streams import Streams
from aimux.fleet.wire import ValueRecord, encode, read_value
from aimux.persist.store import Store

MAX_UNDER_WAY = 512
"""Requests that wait for the bus; one more is refused."""
MAX_ATTEMPTS = 50
CUT_OFF = "the fleet cannot be reached"
UNSURE = "the connection broke: it may or may not have been written"

Answer = TypeVar("Answer")
Done = Callable[[Answer | StoreError], None]


class Context:
    """The shared things, as one server sees them.

    Args:
        server: Its socket.
        host: What other hosts call it.
        fleet: The name of the fleet.
        now: Wall-clock seconds.
        panes: The panes that this server has.
        changed: Called when a value is another one.
    """

    def __init__(  # noqa: PLR0913  # it is where store, bus and commands meet
        self,
        storage: Storage,
        server: str,
        host: str,
        fleet: str,
        *,
        now: Callable[[], float],
        panes: Callable[[], list[int]],
        changed: Callable[[], None],
    ) -> None:
        self._storage = storage
        self._server = server
        self._host = host
        self._streams = Streams(fleet)
        self._now = now
        self._panes = panes
        self.key = f"{server}#{fleet}"
        self._values = Mirror(storage, now=now, changed=changed)
        self._claims = Mirror(storage, now=now, changed=lambda: None)
        self._notes = Mirror(storage, now=now, changed=lambda: None)
        self._bus: Bus | None = None
        self._group: asyncio.TaskGroup | None = None
        self._under_way = 0
        self._began = False
        """Whether what the panes of the server before this one had claimed was given back."""

    async def run(self, bus: Bus) -> None:
        """Copy what is shared, and do what is asked, until the connection breaks."""
        try:
            async with asyncio.TaskGroup() as group:
                for mirror, copied in self._copies():
                    group.create_task(mirror.run(bus, copied))
                self._bus, self._group = bus, group
                self.panes_gone()
        finally:
            self._bus = self._group = None

    def _copies(self) -> tuple[tuple[Mirror, Copied], ...]:
        key, host, names = self.key, self._host, self._streams
        return (
            (
                self._values,
                Copied(
                    key,
                    names.bucket("values"),
                    names.key("values", ">"),
                    partial(values.take, key=key, host=host, now=self._now),
                    partial(values.clear, key=key),
                ),
            ),
            (
                self._claims,
                Copied(
                    key,
                    names.bucket("claims"),
                    names.key("claims", claims.KEY),
                    partial(claims.take, key=key, host=host),
                    partial(claims.clear, key=key),
                ),
            ),
            (
                self._notes,
                Copied(key, names.notes, names.notes_subject("*"), notes.take, notes.clear),
            ),
        )

    # ---- values ----

    def write(self, record: ValueRecord, expected: int | None, done: Done[Written]) -> None:
        """Write a value; `done` is told in a later turn of the loop.

        Args:
            record: What is written.
            expected: The version that it must have; None: whatever it has.
            done: Told what came of it.
        """
        if self._bus is not None:
            self._begin(self._write(self._bus, record, expected), done)
        elif expected is not None:
            tell(done, StoreError(f"{CUT_OFF}: nothing was written"))
        else:
            self._queue(record, done)

    async def _write(self, bus: Bus, record: ValueRecord, expected: int | None) -> Written:
        place = (record.namespace, record.name)
        room = partial(check_room, server=self.key, place=place, now=self._now())
        await asked(self._storage, room)
        if expected is None:
            version: int | None = await values.write(bus, record, now=self._now())
        else:
            version = await values.compare_and_set(bus, record, expected, now=self._now())
        if version is not None:
            await self._values.has(version)
        return Written(version)

    def _queue(self, record: ValueRecord, done: Done[Written]) -> None:
        put = partial(
            outbox.put, server=self._server, lane=outbox.VALUES, kind="set", body=encode(record)
        )

        def stored(answer: int | StoreError) -> None:
            done(answer if isinstance(answer, StoreError) else Written(is_queued=True))

        self._storage.change(put, stored)

    def delete(self, record: ValueRecord, done: Done[Written]) -> None:
        """Take a value away; `done` is told in a later turn of the loop."""
        if self._bus is None:
            tell(done, StoreError(f"{CUT_OFF}: nothing was deleted"))
        else:
            self._begin(self._delete(self._bus, record), done)

    async def _delete(self, bus: Bus, record: ValueRecord) -> Written:
        revision = await values.delete(bus, record, now=self._now())
        if revision is not None:
            await self._values.has(revision)
        return Written(revision)

    # ---- claims ----

    def change_claims(self, work: Callable[[Store], Answer], done: Done[Answer]) -> None:
        """Do some work on the fleet's claims (rows of `key`), as if nobody else did any."""
        if self._bus is None:
            tell(done, StoreError(f"{CUT_OFF}: no claim was changed"))
        else:
            self._begin(self._change_claims(self._bus, work), done)

    async def _change_claims(self, bus: Bus, work: Callable[[Store], Answer]) -> Answer:
        stream = self._streams.bucket("claims")
        attempt = partial(claims.attempt, key=self.key, stream=stream, host=self._host, work=work)
        subject = self._streams.key("claims", claims.KEY)
        for _ in range(MAX_ATTEMPTS):
            trial = await changed(self._storage, attempt)
            if trial.data is None:
                return trial.answer
            try:
                revision = await bus.publish(subject, trial.data, expected=trial.revision)
            except ConflictError:  # somebody else's came first: look again once it is here
                await self._claims.has(trial.revision + 1)
                continue
            await self._claims.has(revision)
            return trial.answer
        raise FleetError("claims change too fast")

    def panes_gone(self) -> None:
        """Give back what panes had claimed that are no more, now or once connected."""
        if self._bus is None:
            return
        panes = self._panes() if self._began else []
        self._began = True
        work = partial(claims.release_gone, key=self.key, panes=panes)
        self.change_claims(work, lambda _answer: None)

    # ---- what has waited ----

    @property
    def ways(self) -> Mapping[str, Callable[[Bus, Row], Awaitable[None]]]:
        """How what has waited leaves, by its lane."""
        return {outbox.VALUES: self._send_value, outbox.NOTES: self._send_note}

    async def _send_value(self, bus: Bus, row: Row) -> None:
        record = read_value(row.body)
        if record is not None:
            await values.write_late(bus, record, now=self._now())

    async def _send_note(self, bus: Bus, row: Row) -> None:
        reading = partial(notes.record_of, server=self._server, row=row)
        data = await asked(self._storage, reading)
        if data:
            await bus.publish(self._streams.notes_subject(self._host), data)

    # ---- requests ----

    def _begin(self, work: Coroutine[Any, Any, Answer], done: Done[Answer]) -> None:
        if self._group is None or self._under_way >= MAX_UNDER_WAY:
            work.close()
            tell(done, StoreError("too much is asked of the fleet"))
            return
        self._under_way += 1
        self._group.create_task(self._answer(work, done))

    async def _answer(self, work: Coroutine[Any, Any, Answer], done: Done[Answer]) -> None:
        """Do it, and say what came of it, whatever does."""
        answer: Answer | StoreError = StoreError(UNSURE)
        try:
            answer = await work
        except (FleetError, CommandError) as error:
            answer = StoreError(str(error))
        except StoreError as error:
            answer = error
        finally:
            self._under_way -= 1
            tell(done, answer)
