"""What one host has for another: made of rows, and taken into rows. Functions of a transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from msgspec import Raw, Struct

from aimux.agents import messages, origins, outbox, tasks
from aimux.agents.addresses import AT, MAX_NAME, ME, Caller, Member, recipients
from aimux.agents.messages import Draft
from aimux.agents.origins import Fate, Origin
from aimux.agents.outbox import Row
from aimux.errors import CommandError
from aimux.fleet.wire import (
    Entry,
    Mail,
    MessageSent,
    Numbered,
    Order,
    Receipt,
    TaskAnswered,
    TaskAsked,
    Warned,
    encode,
    read_entry,
)
from aimux.persist.store import Store
from aimux.security.clean import clean

MAX_ROWS = 500
MAX_MAIL_BYTES = 256 << 10
"""A mail is closed once it is so long; with one entry more it is below what a bus takes (1 MiB)."""

log = logging.getLogger(__name__)


class Ready(Struct, frozen=True):
    """A mail that can leave.

    Attributes:
        data: It; empty if nothing of what waited need be said any more.
        identity: What the bus knows it by: the same rows, the same identity.
        last: The last row that is in it.
    """

    data: bytes
    identity: str
    last: int


class Taken(Struct, frozen=True):
    """What came with some mail.

    Attributes:
        boxes: The mailboxes that something has come into, and those of answers.
        changed: Anything has.
        tasks: A task has.
        answers: What came of requests, by the host that was asked and the request.
        warnings: What people who look at a pane are told.
    """

    boxes: tuple[str, ...]
    changed: bool
    tasks: bool
    answers: dict[tuple[str, int], TaskAnswered]
    warnings: tuple[tuple[int, str], ...]


# ---- leaving ----


def collect(store: Store, server: str, lane: str) -> Ready | None:
    """What leaves next for a host; None if nothing waits."""
    rows = outbox.oldest(store, server, lane, MAX_ROWS)
    if not rows:
        return None
    entries, size, last = [], 0, 0
    for row in rows:
        if size > MAX_MAIL_BYTES:
            break
        last = row.id
        data = _entry(store, server, row)
        if data:
            entries.append(Numbered(row.id, Raw(data)))
            size += len(data)
    instance = outbox.instance(store, server)
    data = encode(Mail(instance, entries)) if entries else b""
    return Ready(data, f"{instance}.{lane}.{last}", last)


def _entry(store: Store, server: str, row: Row) -> bytes:
    """A row as it is sent; empty if what it is about is no more."""
    entry: Entry | None
    if row.kind == "message":
        entry = _message(store, server, row)
    elif row.kind == "receipt":
        entry = _receipt(store, row)
    elif row.kind in origins.ORDERS:
        entry = Order(row.ref, row.kind)
    else:
        return row.body
    return b"" if entry is None else encode(entry)


def _message(store: Store, server: str, row: Row) -> MessageSent | None:
    try:
        message = messages.find(store, server, row.ref)
    except CommandError:
        return None
    if message.state not in messages.WAITING:
        return None
    answers = message.reply_to
    return MessageSent(
        id=message.id,
        sender=message.sender,
        to=message.recipient.removesuffix(AT + row.lane),
        text=message.text,
        kind=message.kind,
        priority=message.priority,
        created=message.created,
        agent=message.agent,
        reply_to=origins.origin_of(store, server, row.lane, answers) if answers else None,
        expires=message.expires,
    )


def _receipt(store: Store, row: Row) -> Receipt | None:
    found = origins.fate_of(store, row.ref)
    if found is None:
        return None
    number, fate = found
    return Receipt(number, fate.state, fate.since, fate.way, fate.reason)


# ---- coming ----


class Desk:
    """Takes mail into the store, each entry once.

    Args:
        server: Whose store it is.
        roster: Who is here.
        awaited: The requests whose answers somebody waits for.
        now: Seconds since the epoch.
    """

    def __init__(
        self,
        server: str,
        roster: Sequence[Member],
        awaited: frozenset[tuple[str, int]] = frozenset(),
        *,
        now: float,
    ) -> None:
        self._awaited = awaited
        self._server = server
        self._roster = roster
        self._now = now
        self._begin()

    def _begin(self) -> None:
        self._boxes: dict[str, None] = {}
        self._answers: dict[tuple[str, int], TaskAnswered] = {}
        self._warnings: list[tuple[int, str]] = []
        self._changed = self._tasks = False

    def take(self, store: Store, mails: Sequence[tuple[str, Mail]]) -> Taken:
        """Store what came, and from which host each came; it may be run again from its start."""
        self._begin()
        for host, mail in mails:
            lane = f"{host} {mail.instance}"
            for one in mail.entries:
                if outbox.take_once(store, self._server, lane, one.number, now=self._now):
                    self._take_one(store, host, read_entry(one.entry))
        messages.forget_old(store, self._server)
        boxes, warnings = tuple(self._boxes), tuple(self._warnings)
        return Taken(boxes, self._changed, self._tasks, self._answers, warnings)

    def _take_one(self, store: Store, host: str, entry: Entry | None) -> None:
        if entry is None:
            log.warning("%s: something that is not understood was dropped", host)
            return
        self._changed = True
        _TAKERS[type(entry)](self, store, host, entry)

    def _message(self, store: Store, host: str, sent: MessageSent) -> None:
        address = f"{clean(sent.sender, limit=MAX_NAME) or 'somebody'}{AT}{host}"
        agent = clean(sent.agent, limit=MAX_NAME)
        sender = Caller(address, (address,), agent=agent)
        to, trouble = self._recipient(sent.to, sender)
        draft = Draft(
            sent.text,
            kind=sent.kind,
            priority=sent.priority,
            reply_to=self._answered(store, host, sent.reply_to),
            ttl=None if sent.expires is None else sent.expires - self._now,
        )
        origin = Origin(host, sent.id)
        if trouble:
            self._refuse(store, host, sent.id, trouble)
            return
        try:
            messages.receive(store, self._server, sender, to, draft, origin, now=self._now)
        except CommandError as error:
            self._refuse(store, host, sent.id, str(error))
        else:
            self._boxes[to] = None

    def _recipient(self, to: str, sender: Caller) -> tuple[str, str]:
        """The mailbox here, and why there is none; whoever had a name may come back."""
        try:
            found = recipients(to, self._roster, sender)
        except CommandError as error:
            return to, str(error) if to.startswith("%") else ""
        return found[0], "" if len(found) == 1 else f"which {to}?"

    def _answered(self, store: Store, host: str, number: int | None) -> int | None:
        """The message of ours that is answered, which is known to be so from now on."""
        if number is None or not origins.went_to(store, self._server, host, number):
            return None
        origins.set_answered(store, number, now=self._now)
        return number

    def _refuse(self, store: Store, host: str, number: int, why: str) -> None:
        """Say that a message could not be kept."""
        receipt = Receipt(number, "dead", self._now, reason=clean(why, limit=200))
        with suppress(CommandError):  # too much waits for that host: it will see it there, queued
            outbox.put(store, self._server, host, "answer", body=encode(receipt))

    def _receipt(self, store: Store, host: str, receipt: Receipt) -> None:
        way, reason = clean(receipt.way), clean(receipt.reason, limit=500)
        fate = Fate(receipt.state, min(receipt.since, self._now), way, reason)
        origins.set_fate(store, self._server, host, receipt.id, fate)

    def _order(self, store: Store, host: str, order: Order) -> None:
        number = origins.here(store, self._server, Origin(host, order.id))
        if number is None:
            return
        message = messages.find(store, self._server, number)
        sender = Caller(message.sender, (message.sender,))
        work = messages.drop if order.order == "drop" else messages.resend
        with suppress(CommandError):  # it is over already, which its receipt has said
            work(store, self._server, sender, number, now=self._now)
        self._boxes[message.recipient] = None

    # ---- tasks ----

    def _task_asked(self, store: Store, host: str, asked: TaskAsked) -> None:
        """Do what was asked by somebody there, as far as it may be done by them."""
        address = f"{clean(asked.caller, limit=MAX_NAME) or 'somebody'}{AT}{host}"
        caller = Caller(address, (address,), agent=clean(asked.agent, limit=MAX_NAME))
        error = text = ""
        store.execute("SAVEPOINT asked")
        try:
            text = self._do(store, caller, asked)
        except CommandError as refused:
            store.execute("ROLLBACK TO asked")
            error = clean(str(refused), limit=200)
        store.execute("RELEASE asked")
        answer = TaskAnswered(asked.request, asked.id, asked.caller, text, error)
        with suppress(CommandError):  # too much waits for that host: it hears of it by the board
            outbox.put(store, self._server, host, "answer", body=encode(answer))
        self._tasks = True

    def _do(self, store: Store, caller: Caller, asked: TaskAsked) -> str:
        """Do it; all of the task, if it was claimed. Raises CommandError."""
        if asked.until is not None and asked.until < self._now:
            raise CommandError("it was asked too long ago")
        if asked.verb == "claim":
            return tasks.give(store, self._server, asked.id, caller, now=self._now).text
        works: dict[str, Callable[..., object]] = {
            "progress": partial(tasks.progress, percent=asked.percent, said=asked.text),
            "done": partial(tasks.done, result=asked.text),
            "fail": partial(tasks.fail, why=asked.text),
            "cancel": tasks.cancel,
        }
        works[asked.verb](store, self._server, caller, number=asked.id, now=self._now)
        return ""

    def _task_answered(self, store: Store, host: str, answer: TaskAnswered) -> None:
        """Tell who asked: a command that waits for it, or else, if it failed, by a message."""
        self._answers[host, answer.request] = answer
        if not answer.error or (host, answer.request) in self._awaited:
            return
        text = f"task {answer.id}{AT}{host}: {clean(answer.error, limit=200)}"
        sender = Caller(f"{ME}{AT}{host}", ())
        to = clean(answer.caller, limit=MAX_NAME)
        with suppress(CommandError):  # a full mailbox
            messages.send(store, self._server, sender, (to,), Draft(text, "status"), now=self._now)
            self._boxes[to] = None

    def _warned(self, _store: Store, host: str, warned: Warned) -> None:
        self._warnings.append((warned.pane, f"{host}: {clean(warned.text, limit=300)}"))


_TAKERS: dict[type[Entry], Callable[..., None]] = {
    MessageSent: Desk._message,
    Receipt: Desk._receipt,
    Order: Desk._order,
    TaskAsked: Desk._task_asked,
    TaskAnswered: Desk._task_answered,
    Warned: Desk._warned,
}
