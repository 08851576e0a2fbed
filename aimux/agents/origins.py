"""Messages that cross from one host to another: which they are on either side.

Functions of a transaction. Here a message has its own id; `origin` is the id that it has on the
host where it was sent. The sender's side keeps it too, with the recipient's host and no origin,
and is told of its states there.
"""

from __future__ import annotations

from msgspec import Struct

from aimux.agents import outbox
from aimux.persist.store import Store

STATES = ("queued", "delivered", "read", "answered", "expired", "dead")
ORDERS = ("drop", "resend")


class Origin(Struct, frozen=True):
    """Where a message came from: the host, and its id there."""

    host: str
    number: int


def forward(store: Store, server: str, number: int, order: str) -> None:
    """What was done to a message that went to another host is to be done there, too."""
    row = store.execute(
        "SELECT host FROM message WHERE id = ? AND host != '' AND origin IS NULL", (number,)
    ).fetchone()
    if row is not None:
        outbox.put(store, server, str(row[0]), order, ref=number)


def here(store: Store, server: str, origin: Origin) -> int | None:
    """The id here of a message that came from another host; None if it is not kept (any more)."""
    row = store.execute(
        "SELECT max(id) FROM message WHERE server = ? AND host = ? AND origin = ?",
        (server, origin.host, origin.number),
    ).fetchone()
    return int(row[0]) if row is not None and row[0] is not None else None


def went_to(store: Store, server: str, host: str, number: int) -> bool:
    """Whether a message of ours was sent to that host."""
    row = store.execute(
        "SELECT 1 FROM message WHERE server = ? AND id = ? AND host = ? AND origin IS NULL",
        (server, number, host),
    ).fetchone()
    return row is not None


def set_answered(store: Store, number: int, *, now: float) -> None:
    """A message of ours was answered where it went."""
    sql = "UPDATE message SET state = 'answered', since = ? WHERE id = ? AND state != 'answered'"
    store.execute(sql, (now, number))


def origin_of(store: Store, server: str, host: str, number: int) -> int | None:
    """The id on its own host of a message that came from that host; None for another one."""
    row = store.execute(
        "SELECT origin FROM message WHERE server = ? AND id = ? AND host = ?",
        (server, number, host),
    ).fetchone()
    return int(row[0]) if row is not None and row[0] is not None else None


class Fate(Struct, frozen=True):
    """What became of a message on the recipient's host; see `messages.Message`."""

    state: str
    since: float
    way: str
    reason: str


def fate_of(store: Store, number: int) -> tuple[int, Fate] | None:
    """The id elsewhere, and what became here, of a message that came; None if it is not kept."""
    row = store.execute(
        "SELECT origin, state, since, way, reason FROM message WHERE id = ? AND origin IS NOT NULL",
        (number,),
    ).fetchone()
    if row is None:
        return None
    origin, *fate = row
    return int(origin or 0), Fate(*fate)  # type: ignore[arg-type]  # the schema's types


def set_fate(store: Store, server: str, host: str, number: int, fate: Fate) -> bool:
    """What became of a message of ours where it went; whether there is such a message."""
    return (
        store.execute(
            "UPDATE message SET state = ?, since = ?, way = ?, reason = ?"
            " WHERE server = ? AND id = ? AND host = ? AND origin IS NULL",
            (fate.state, fate.since, fate.way, fate.reason, server, number, host),
        ).rowcount
        > 0
    )
