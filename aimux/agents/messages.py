"""Messages between agents and people: sent, delivered, acknowledged. Functions of a transaction.

A message is kept until its recipient has acknowledged it, and is handed out again until then: at
least once, in order of priority and then of sending. What was acknowledged is never handed out
again.

    queued -> delivered -> read -> answered
    delivered -> queued (it was handed over, and the recipient's log does not show it)
    queued, delivered -> expired (its time was over), dead (nobody took it, or it was dropped)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from aimux.agents.addresses import ME, Caller, host_of
from aimux.agents.origins import Origin, forward
from aimux.errors import CommandError
from aimux.persist.store import Store, Value

KINDS = ("note", "request", "reply", "task", "status", "help", "data")
PRIORITIES = ("low", "normal", "high", "urgent")
MAX_TEXT = 64 << 10
"""Bytes of one message."""
MAX_WAITING = 20_000
"""Messages that may wait for one recipient."""
MAX_FROM_ONE = 1000
"""Of those, how many one pane may have sent."""
MAX_TRIES = 10
"""A message that was handed out so often, and never acknowledged, is dead."""
RETRY_SECONDS = 60.0
"""Being handed out again sooner than this does not count as another try."""
MAX_HANDED = 4
"""A message that was handed to an agent so often, and never stood in its log, is dead."""
PULLS = ("inbox", "mcp")
"""Ways by which the recipient itself has asked for what waits."""
MAX_KEPT = 20_000
"""Messages that are over, and kept to be shown; the oldest go."""
MAX_FOUND = 1000
MAX_BATCH = 1 << 20
"""Characters that are handed out at once; the rest waits for the next time."""
MAX_DEDUP = 128
WAITING = ("queued", "delivered")
_WAITS = "state IN ('queued', 'delivered')"
_COLUMNS = (
    *("id", "sender", "recipient", "agent", "kind", "priority", "text", "dedup", "reply_to"),
    *("created", "expires", "state", "since", "way", "tries", "tried", "reason", "receipt"),
)
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM message"  # noqa: S608  # names of ours


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that is to be sent.

    Attributes:
        text: At most MAX_TEXT bytes.
        kind: One of KINDS.
        priority: A place in PRIORITIES.
        dedup: What the sender knows it by: sent twice by that, it is one message; "" for nothing.
        reply_to: The message that it answers.
        ttl: Seconds after which nobody needs it any more.
    """

    text: str
    kind: str = "note"
    priority: int = 1
    dedup: str = ""
    reply_to: int | None = None
    ttl: float | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is kept. Times are seconds since the epoch.

    Attributes:
        agent: The agent that sent it; "" if none.
        since: When its state began.
        way: How it was delivered last; "" if it was not.
        tries: How often it was handed out.
        tried: When that counted last.
        reason: Why it is dead.
        receipt: Who said that it was read: `recipient`, or the agent's own `transcript`; "" while
            nobody has.
    """

    id: int
    sender: str
    recipient: str
    agent: str
    kind: str
    priority: int
    text: str
    dedup: str
    reply_to: int | None
    created: float
    expires: float | None
    state: str
    since: float
    way: str
    tries: int
    tried: float
    reason: str
    receipt: str = ""


# ---- sending ----


def send(
    store: Store,
    server: str,
    sender: Caller,
    to: Sequence[str],
    draft: Draft,
    *,
    now: float,
) -> list[int]:
    """Keep a message for each recipient; their ids, those of the first sending if it was sent.

    Raises:
        CommandError: It is too long, a mailbox is full, or what it answers was not sent to it.
    """
    check(draft)
    if draft.reply_to is not None:
        _answered(store, server, sender, draft.reply_to, now)
    return [_keep(store, server, sender, one, draft, now) for one in to]


def receive(  # noqa: PLR0913  # what came from whom for whom
    store: Store,
    server: str,
    sender: Caller,
    to: str,
    draft: Draft,
    origin: Origin,
    *,
    now: float,
) -> int:
    """Keep a message that came from another host; its id here.

    Raises:
        CommandError: As `send`.
    """
    check(draft)
    return _keep(store, server, sender, to, draft, now, origin=origin)


def check(draft: Draft) -> None:
    """Raise CommandError for a message that nobody could be sent."""
    if not draft.text:
        raise CommandError("empty message")
    if len(draft.text.encode("utf-8", "replace")) > MAX_TEXT:
        raise CommandError(f"message too long (at most {MAX_TEXT >> 10} KiB)")
    if draft.kind not in KINDS:
        raise CommandError(f"unknown type: {draft.kind} (one of {', '.join(KINDS)})")
    if len(draft.dedup) > MAX_DEDUP:
        raise CommandError("id too long")


def _keep(  # noqa: PLR0913  # one message, for one of them, from here or from elsewhere
    store: Store,
    server: str,
    sender: Caller,
    recipient: str,
    draft: Draft,
    now: float,
    *,
    origin: Origin | None = None,
) -> int:
    known = _sent_before(store, server, sender.address, recipient, draft.dedup)
    if known is not None:
        return known
    _check_quota(store, server, sender, recipient)
    values: dict[str, Value] = {
        "server": server,
        "sender": sender.address,
        "recipient": recipient,
        "agent": sender.agent,
        "kind": draft.kind,
        "priority": draft.priority,
        "text": storable(draft.text),
        "dedup": storable(draft.dedup),
        "reply_to": draft.reply_to,
        "created": now,
        "expires": None if draft.ttl is None else now + draft.ttl,
        "state": "queued",
        "since": now,
        "way": "",
        "tries": 0,
        "tried": 0.0,
        "reason": "",
        "host": host_of(recipient) if origin is None else origin.host,
        "origin": None if origin is None else origin.number,
        "receipt": "",
    }
    places = ", ".join(f":{name}" for name in values)
    sql = f"INSERT INTO message ({', '.join(values)}) VALUES ({places})"  # noqa: S608  # ours
    return store.execute(sql, values).lastrowid or 0


def storable(text: str) -> str:
    """Text without what UTF-8 cannot say."""
    return text.encode("utf-8", "replace").decode()


def _sent_before(store: Store, server: str, sender: str, recipient: str, dedup: str) -> int | None:
    if not dedup:
        return None
    row = store.execute(
        "SELECT id FROM message WHERE server = ? AND sender = ? AND dedup = ? AND recipient = ?"
        " AND dedup != ''",
        (server, sender, storable(dedup), recipient),
    ).fetchone()
    return None if row is None else int(row[0] or 0)


def _check_quota(store: Store, server: str, sender: Caller, recipient: str) -> None:
    """No mailbox without an end, and none that one pane fills for all others."""
    box = f"FROM message WHERE server = ? AND recipient = ? AND {_WAITS}"
    if _reaches(store, box, (server, recipient), MAX_WAITING):
        raise CommandError(f"mailbox full: {recipient}")
    of_one = f"{box} AND sender = ?"
    if sender.is_person:
        return
    if _reaches(store, of_one, (server, recipient, sender.address), MAX_FROM_ONE):
        raise CommandError(f"too many unread messages from {sender.address} to {recipient}")


def _reaches(store: Store, rows: str, values: Sequence[Value], limit: int) -> bool:
    """Whether there are that many; it looks no further."""
    sql = f"SELECT 1 {rows} LIMIT 1 OFFSET ?"
    return store.execute(sql, (*values, limit - 1)).fetchone() is not None


def _answered(store: Store, server: str, sender: Caller, number: int, now: float) -> None:
    message = find(store, server, number)
    _require_own(sender, message)
    store.execute(
        "UPDATE message SET state = 'answered', since = ?, receipt = 'recipient'"
        " WHERE id = ? AND state != 'answered'",
        (now, number),
    )


def answer_to(store: Store, server: str, number: int) -> Message | None:
    """The first answer to a message; None if there is none."""
    found = _select(
        store, "WHERE server = ? AND reply_to = ? ORDER BY id LIMIT 1", (server, number)
    )
    return found[0] if found else None


# ---- receiving ----


def inbox(
    store: Store,
    server: str,
    mailboxes: Sequence[str],
    *,
    now: float,
    limit: int = 100,
    way: str = PULLS[0],
) -> list[Message]:
    """What waits in mailboxes, the most urgent first; it counts as delivered from now on."""
    expire(store, server, now=now)
    found = waiting(store, server, mailboxes, now=now, limit=limit)
    return [message for message in found if _hand_out(store, message, way, now)]


def _hand_out(store: Store, message: Message, way: str, now: float) -> bool:
    """Whether a message is handed out once more; one that nobody ever acknowledges is dead."""
    if message.tried > now - RETRY_SECONDS:
        return True
    if message.tries >= MAX_TRIES and message.recipient != ME:
        reason = f"not acknowledged after {MAX_TRIES} tries"
        _kill(store, "id = ?", (message.id,), reason, now)
        return False
    delivered(store, message.id, way, now=now)
    return True


def waiting(
    store: Store,
    server: str,
    mailboxes: Sequence[str],
    *,
    now: float,
    limit: int = 100,
) -> list[Message]:
    """The same, and nothing changes by it."""
    places = ", ".join("?" * len(mailboxes))
    found = _select(
        store,
        f"WHERE server = ? AND recipient IN ({places}) AND {_WAITS}"
        " AND (expires IS NULL OR expires > ?) ORDER BY priority DESC, id LIMIT ?",
        (server, *mailboxes, now, min(limit, MAX_FOUND)),
    )
    sizes = accumulate(len(one.text) for one in found)
    within = sum(size <= MAX_BATCH for size in sizes)
    return found[: max(1, within)]


def queued(
    store: Store, server: str, mailboxes: Sequence[str], *, now: float, limit: int, lowest: int = 0
) -> list[Message]:
    """Of what waits, what was not handed out, or came back, in the order in which it is to be.

    What is less urgent than `lowest`, a place in PRIORITIES, is left.
    """
    found = waiting(store, server, mailboxes, now=now, limit=limit)
    return [one for one in found if one.state == "queued" and one.priority >= lowest]


def delivered(store: Store, number: int, way: str, *, now: float) -> None:
    """A message was handed out in some way."""
    store.execute(
        "UPDATE message SET tries = tries + 1, tried = ?1,"
        " way = CASE state WHEN 'queued' THEN ?2 ELSE way END,"
        " since = CASE state WHEN 'queued' THEN ?1 ELSE since END, state = 'delivered'"
        " WHERE id = ?3 AND state IN ('queued', 'delivered')",
        (now, way, number),
    )


def received(store: Store, number: int, receipt: str, *, now: float) -> None:
    """A message is known to have been read, by somebody else's word than the recipient's."""
    store.execute(
        "UPDATE message SET state = 'read', since = ?, receipt = ? WHERE id = ?"
        " AND state IN ('queued', 'delivered')",
        (now, receipt, number),
    )


def came_back(store: Store, number: int, *, now: float) -> None:
    """A message that was handed over was not received: it waits again, or was tried too often."""
    reason = f"no receipt after {MAX_HANDED} tries"
    _kill(store, "id = ? AND tries >= ?", (number, MAX_HANDED), reason, now)
    store.execute(
        "UPDATE message SET state = 'queued', since = ? WHERE id = ? AND state = 'delivered'",
        (now, number),
    )


def acknowledge(store: Store, server: str, caller: Caller, number: int, *, now: float) -> None:
    """The recipient has it. Once more changes nothing.

    Raises:
        CommandError: There is no such message, or it is somebody else's.
    """
    _require_own(caller, find(store, server, number))
    store.execute(
        "UPDATE message SET state = 'read', since = ?, receipt = 'recipient' WHERE id = ?"
        " AND state IN ('queued', 'delivered')",
        (now, number),
    )


def drop(store: Store, server: str, caller: Caller, number: int, *, now: float) -> None:
    """Give a message up; its sender and people may.

    Raises:
        CommandError: There is no such message, it is others', or it is over.
    """
    message = find(store, server, number)
    if not caller.owns(message.sender):
        raise CommandError(f"message {number} is not yours")
    if message.state not in WAITING:
        raise CommandError(f"message {number} is {message.state}")
    _kill(store, "id = ?", (number,), f"dropped by {caller.address}", now)
    forward(store, server, number, "drop")


def resend(store: Store, server: str, caller: Caller, number: int, *, now: float) -> None:
    """Queue a message again, also one that is over, in its old place.

    Raises:
        CommandError: There is no such message, or it is not the caller's own.
    """
    message = find(store, server, number)
    if not caller.owns(message.sender):
        raise CommandError(f"message {number} is not yours")
    store.execute(
        "UPDATE message SET state = 'queued', since = ?1, tries = 0, tried = 0, way = '',"
        " reason = '', receipt = '',"
        " expires = CASE WHEN expires <= ?1 THEN NULL ELSE expires END WHERE id = ?2",
        (now, number),
    )
    forward(store, server, number, "resend")


def _require_own(caller: Caller, message: Message) -> None:
    if host_of(message.recipient) or not caller.owns(message.recipient):
        raise CommandError(f"message {message.id} is not yours")


# ---- what is over ----


def expire(store: Store, server: str, *, now: float) -> None:
    """Let go of what nobody needs any more."""
    store.execute(
        "UPDATE message SET state = 'expired', since = ? WHERE server = ? AND expires <= ?"
        " AND expires IS NOT NULL AND state IN ('queued', 'delivered')",
        (now, server, now),
    )


def forget_old(store: Store, server: str) -> None:
    """Keep the newest MAX_KEPT of those that are over."""
    row = store.execute(
        f"SELECT id FROM message WHERE server = ? AND NOT {_WAITS}"  # noqa: S608  # ours
        " ORDER BY id DESC LIMIT 1 OFFSET ?",
        (server, MAX_KEPT),
    ).fetchone()
    if row is not None:
        store.execute(
            f"DELETE FROM message WHERE server = ? AND id <= ? AND NOT {_WAITS}",  # noqa: S608
            (server, row[0]),
        )


def pane_gone(store: Store, server: str, pane: int, *, now: float) -> None:
    """Nobody will ever read what was sent to a pane by its number."""
    reason = f"%{pane} has gone"
    _kill(store, "server = ? AND recipient = ?", (server, f"%{pane}"), reason, now)


def server_began(store: Store, server: str, *, now: float) -> None:
    """The panes of the server before this one are no more; names and people stay."""
    reason = "the server was started anew"
    panes = "server = ? AND recipient LIKE '\\%%' ESCAPE '\\' AND recipient NOT LIKE '%@%'"
    _kill(store, panes, (server,), reason, now)


def _kill(store: Store, which: str, values: Sequence[Value], reason: str, now: float) -> None:
    sql = f"UPDATE message SET state = 'dead', since = ?, reason = ? WHERE {which} AND {_WAITS}"  # noqa: S608  # ours
    store.execute(sql, (now, reason, *values))


# ---- looking ----


def find(store: Store, server: str, number: int) -> Message:
    """A message by its id. Raises CommandError."""
    found = _select(store, "WHERE server = ? AND id = ?", (server, number))
    if not found:
        raise CommandError(f"no message {number}")
    return found[0]


def newest(store: Store, server: str, *, behind: int = 0, limit: int = 100) -> list[Message]:
    """The newest messages with ids above `behind`, the oldest of them first."""
    found = _select(
        store,
        "WHERE server = ? AND id > ? ORDER BY id DESC LIMIT ?",
        (server, behind, min(limit, MAX_FOUND)),
    )
    return found[::-1]


def counts(store: Store, server: str) -> dict[str, int]:
    """How many messages wait in each mailbox where any do."""
    sql = f"SELECT recipient, count(*) FROM message WHERE server = ? AND {_WAITS} GROUP BY 1"  # noqa: S608  # ours
    return {str(row[0]): int(row[1] or 0) for row in store.execute(sql, (server,))}


def with_kind(store: Store, server: str, kind: str) -> frozenset[str]:
    """The mailboxes in which a message of some kind waits."""
    sql = f"SELECT DISTINCT recipient FROM message WHERE server = ? AND {_WAITS} AND kind = ?"  # noqa: S608  # ours
    return frozenset(str(row[0]) for row in store.execute(sql, (server, kind)))


def _select(store: Store, condition: str, values: Sequence[Value]) -> list[Message]:
    rows = store.execute(f"{_SELECT} {condition}", values)
    return [Message(*row) for row in rows]  # type: ignore[arg-type]  # the schema's types
