"""Claims on the bus: all of a fleet's are one record, which is replaced as a whole or not at all.

A path is what it is called: the same path on two hosts is taken for the same. What a claim does to
the record is found out on the copy here, by the functions that serve a server alone, and undone
there; the copy changes with the record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from aimux.agents import claims
from aimux.agents.claims import Claim
from aimux.errors import CommandError
from aimux.fleet.bus import Delivery
from aimux.fleet.mirror import place_of
from aimux.fleet.values import shown_from
from aimux.fleet.wire import ClaimRecord, ClaimsRecord, encode, read_claims
from aimux.persist.store import Store

KEY = "all"
MAX_BYTES = 512 << 10

Answer = TypeVar("Answer")


class Trial(Struct, Generic[Answer], frozen=True):
    """What some work would do to the claims.

    Attributes:
        revision: Of the record that it would be done to.
        answer: What the work returned.
        data: The record as it would be then; None: as it is.
    """

    revision: int
    answer: Answer
    data: bytes | None


def attempt(
    store: Store, key: str, stream: str, host: str, work: Callable[[Store], Answer]
) -> Trial[Answer]:
    """Do some work on the copy, see what comes of it, and undo it.

    Raises:
        CommandError: The work is refused, or there are too many claims.
    """
    before = _rows(store, key)
    store.execute("SAVEPOINT trial")
    try:
        answer, after = work(store), _rows(store, key)
    finally:
        store.execute("ROLLBACK TO trial")
        store.execute("RELEASE trial")
    revision = place_of(store, key, stream).last
    if after == before:
        return Trial(revision, answer, None)
    data = encode(ClaimsRecord([_record(one, host) for one in after]))
    if len(data) > MAX_BYTES:
        raise CommandError("too many claims, or paths too long")
    return Trial(revision, answer, data)


def _rows(store: Store, key: str) -> list[Claim]:
    return claims.list_claims(store, key, now=float("-inf"))


def _record(one: Claim, host: str) -> ClaimRecord:
    """A claim as other hosts see it: whose address has no host is here."""
    owner, _, elsewhere = one.owner.rpartition("@")
    return ClaimRecord(
        host=elsewhere if owner else host,
        path=one.path,
        owner=owner or one.owner,
        since=one.since,
        expires=one.expires,
        pane=one.pane,
        agent=one.agent,
    )


def release_gone(store: Store, key: str, panes: Sequence[int]) -> None:
    """Give back what panes of this host had that are no more."""
    for one in _rows(store, key):
        if "@" not in one.owner and one.pane >= 0 and one.pane not in panes:
            store.execute("DELETE FROM claim WHERE server = ? AND path = ?", (key, one.path))


# ---- the copy ----


def take(store: Store, deliveries: Sequence[Delivery], *, key: str, host: str) -> None:
    """Store the newest record; `host` is what this one is called."""
    newest = max(deliveries, key=lambda one: one.sequence)
    record = read_claims(newest.data)
    if record is None:
        return
    clear(store, key=key)
    for one in record.claims:
        store.execute(
            "INSERT OR REPLACE INTO claim (server, path, owner, pane, agent, since, expires)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(key, one.path, shown_from(one.owner, one.host, host), one.pane, one.agent),
                *(one.since, one.expires),
            ),
        )


def clear(store: Store, *, key: str) -> None:
    """Forget the copy."""
    store.execute("DELETE FROM claim WHERE server = ?", (key,))
