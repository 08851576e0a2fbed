"""What has to leave for other hosts. Functions of a transaction.

A row is put here in the transaction that it tells of (of messages by triggers, see
`persist.schema_fleet`), and goes once the bus has said that it is kept. Within a lane they leave
in the order of their ids.
"""

from __future__ import annotations

import os

from msgspec import Struct

from aimux.errors import CommandError
from aimux.persist.store import Store

NOTES = "#notes"
VALUES = "#values"
TASKS = "#tasks"
"""Lanes of what is for all hosts; the others are called by their host."""
MAX_WAITING = 20_000
"""Rows that may wait in one lane."""

MAX_HOSTS = 256
"""Other hosts that are remembered."""
MAX_SEEN = 1000
"""Lanes of other hosts of which it is known how far they were taken; the latest stay."""


class Row(Struct, frozen=True, array_like=True):
    """Something that has to leave.

    Attributes:
        id: Its place among all.
        kind: What it is, in the words of its lane.
        ref: The row of another table that it is about; 0 for none.
        body: All of it, where no other table has it.
    """

    id: int
    lane: str
    kind: str
    ref: int
    body: bytes


def put(store: Store, server: str, lane: str, kind: str, *, ref: int = 0, body: bytes = b"") -> int:
    """Let something leave; its id. Raises CommandError: too much waits there."""
    sql = "SELECT 1 FROM outbox WHERE server = ? AND lane = ? LIMIT 1 OFFSET ?"
    if store.execute(sql, (server, lane, MAX_WAITING - 1)).fetchone() is not None:
        raise CommandError(f"too much waits for {lane.removeprefix('#')}")
    return (
        store.execute(
            "INSERT INTO outbox (server, lane, kind, ref, body) VALUES (?, ?, ?, ?, ?)",
            (server, lane, kind, ref, body),
        ).lastrowid
        or 0
    )


def lanes(store: Store, server: str) -> list[str]:
    """The lanes in which anything waits."""
    rows = store.execute("SELECT DISTINCT lane FROM outbox WHERE server = ?", (server,))
    return [str(row[0]) for row in rows]


def oldest(store: Store, server: str, lane: str, limit: int) -> list[Row]:
    """What leaves next in a lane."""
    rows = store.execute(
        "SELECT id, lane, kind, ref, body FROM outbox WHERE server = ? AND lane = ?"
        " ORDER BY id LIMIT ?",
        (server, lane, limit),
    )
    return [Row(*row) for row in rows]  # type: ignore[arg-type]  # the schema's types


def left(store: Store, server: str, lane: str, last: int) -> None:
    """All of a lane up to an id is with the bus now."""
    store.execute(
        "DELETE FROM outbox WHERE server = ? AND lane = ? AND id <= ?", (server, lane, last)
    )


def waiting(store: Store, server: str) -> int:
    """How much has not left."""
    row = store.execute("SELECT count(*) FROM outbox WHERE server = ?", (server,)).fetchone()
    return int(row[0] or 0) if row is not None else 0


def begin(store: Store, server: str) -> str:
    """A server takes part in a fleet from now on, and all its tasks are shown; its `instance`."""
    name = instance(store, server)
    store.execute(
        "DELETE FROM fleet_seen WHERE server = ?1 AND at <"
        " (SELECT at FROM fleet_seen WHERE server = ?1 ORDER BY at DESC LIMIT 1 OFFSET ?2)",
        (server, MAX_SEEN),
    )
    store.execute(
        "INSERT OR REPLACE INTO outbox (server, lane, kind, ref) SELECT server, ?, 'board', id"
        " FROM task WHERE server = ? AND state IN ('open', 'claimed', 'working')",
        (TASKS, server),
    )
    return name


def instance(store: Store, server: str) -> str:
    """What this server's rows are numbered for: another one in each database."""
    sql = "SELECT instance FROM fleet_self WHERE server = ?"
    row = store.execute(sql, (server,)).fetchone()
    if row is not None:
        return str(row[0])
    made = os.urandom(16).hex()
    store.execute("INSERT INTO fleet_self VALUES (?, ?)", (server, made))
    return made


def is_ours(store: Store, given: str) -> bool:
    """Whether rows are numbered so for a server of this database."""
    row = store.execute("SELECT 1 FROM fleet_self WHERE instance = ?", (given,)).fetchone()
    return row is not None


def known_hosts(store: Store, server: str) -> list[str]:
    """The other hosts that were ever heard of."""
    rows = store.execute("SELECT host FROM fleet_host WHERE server = ?", (server,))
    return [str(row[0]) for row in rows]


def know_host(store: Store, server: str, host: str, *, now: float) -> None:
    """Another host was heard of; of too many the longest known are forgotten."""
    store.execute("INSERT OR REPLACE INTO fleet_host VALUES (?, ?, ?)", (server, host, now))
    store.execute(
        "DELETE FROM fleet_host WHERE server = ?1 AND seen <="
        " (SELECT seen FROM fleet_host WHERE server = ?1 ORDER BY seen DESC LIMIT 1 OFFSET ?2)",
        (server, MAX_HOSTS),
    )


def take_once(store: Store, server: str, sender: str, number: int, *, now: float) -> bool:
    """Whether a row of another server was never taken before; it counts as taken from now on.

    Args:
        store: The transaction that stores what the row says.
        server: Who takes.
        sender: The other host, and what its rows are numbered for (`instance`).
        number: Its id there; they come in their order.
        now: Seconds since the epoch.
    """
    row = store.execute(
        "SELECT last FROM fleet_seen WHERE server = ? AND instance = ?", (server, sender)
    ).fetchone()
    if row is not None and int(row[0] or 0) >= number:
        return False
    store.execute(
        "INSERT OR REPLACE INTO fleet_seen VALUES (?, ?, ?, ?)", (server, sender, number, now)
    )
    return True
