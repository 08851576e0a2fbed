"""Shared values on the bus: written there, where one alone wins, and read from a copy here.

A value's version is its revision in the bucket, which grows over all of them. While cut off, what
is set waits in the outbox, and is written at the return unless somebody has written later than it
was set; what has to be decided (compare and set, delete) fails at once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence

from aimux.agents.addresses import AT, MAX_NAME
from aimux.agents.shared_values import ABSENT
from aimux.errors import ConflictError
from aimux.fleet.bus import Bus, Delivery
from aimux.fleet.streams import DELETED_SECONDS
from aimux.fleet.wire import ValueRecord, encode, read_value
from aimux.persist.store import Store
from aimux.security.clean import clean

MAX_ATTEMPTS = 20
EXTRA_SECONDS = 60.0
"""A value whose time is over stays in the bucket for so long: clocks differ."""
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,100}")


def key_of(namespace: str, name: str) -> str:
    """A value's key in the bucket: its own words where that is possible."""
    if namespace == "global" and _PLAIN.fullmatch(name):
        return f"global.{name}"
    return "other." + hashlib.sha256(f"{namespace}\0{name}".encode("utf-8", "replace")).hexdigest()


# ---- writing ----


async def write(bus: Bus, record: ValueRecord, *, now: float) -> int:
    """Write a value, whatever is there; its version. Raises FleetError."""
    return await _put(bus, record, None, now)


async def compare_and_set(
    bus: Bus, record: ValueRecord, expected: int, *, now: float
) -> int | None:
    """Write it if the version is the expected one (ABSENT: if there is none), or None."""
    found = await _found(bus, record)
    revision = 0 if found is None else found.sequence
    there = ABSENT if found is None or _is_over(found, now) else revision
    if there != expected:
        return None
    try:
        return await _put(bus, record, revision, now)
    except ConflictError:
        return None


async def delete(bus: Bus, record: ValueRecord, *, now: float) -> int | None:
    """Take a value away; the revision of that, None if there was none."""
    for _ in range(MAX_ATTEMPTS):
        found = await _found(bus, record)
        if found is None or _is_over(found, now):
            return None
        subject = bus.streams.key("values", key_of(record.namespace, record.name))
        try:
            return await bus.publish(
                subject,
                encode(record),
                expected=found.sequence,
                deleted=True,
                seconds=DELETED_SECONDS,
            )
        except ConflictError:
            continue
    raise ConflictError("it is written again and again")


async def write_late(bus: Bus, record: ValueRecord, *, now: float) -> None:
    """Write what was set while cut off, unless somebody has written later. Raises FleetError."""
    for _ in range(MAX_ATTEMPTS):
        found = await _found(bus, record)
        there = None if found is None else read_value(found.data)
        if there is not None and there.written >= record.written:
            return  # somebody was later, or it was written when the connection broke
        try:
            await _put(bus, record, 0 if found is None else found.sequence, now)
        except ConflictError:
            continue
        return


async def _found(bus: Bus, record: ValueRecord) -> Delivery | None:
    subject = bus.streams.key("values", key_of(record.namespace, record.name))
    return await bus.last(bus.streams.bucket("values"), subject)


def _is_over(found: Delivery, now: float) -> bool:
    record = read_value(found.data)
    if found.is_deleted or record is None:
        return True
    return record.expires is not None and record.expires <= now


async def _put(bus: Bus, record: ValueRecord, expected: int | None, now: float) -> int:
    left = None if record.expires is None else max(1.0, record.expires - now + EXTRA_SECONDS)
    subject = bus.streams.key("values", key_of(record.namespace, record.name))
    return await bus.publish(subject, encode(record), expected=expected, seconds=left)


# ---- the copy ----


def take(
    store: Store,
    deliveries: Sequence[Delivery],
    *,
    key: str,
    host: str,
    now: Callable[[], float],
) -> None:
    """Store what was written, each value's newest; `host` is what this one is called."""
    store.execute("DELETE FROM shared WHERE server = ? AND expires <= ?", (key, now()))
    for one in deliveries:
        record = read_value(one.data)
        if record is not None:
            _take_one(store, key, host, one, record)
    newest = max(one.sequence for one in deliveries)
    store.execute(
        "INSERT INTO shared_version VALUES (?1, ?2)"
        " ON CONFLICT (server) DO UPDATE SET version = max(version, ?2)",
        (key, newest),
    )


def _take_one(store: Store, key: str, host: str, one: Delivery, record: ValueRecord) -> None:
    place = (key, record.namespace, record.name)
    store.execute(
        "DELETE FROM shared WHERE server = ? AND namespace = ? AND name = ? AND version < ?",
        (*place, one.sequence),
    )
    if one.is_deleted:
        return
    store.execute(
        "INSERT OR IGNORE INTO shared (server, namespace, name, value, author, agent, written,"
        " version, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(*place, record.value, shown_from(record.author, record.host, host)),
            *(clean(record.agent, limit=MAX_NAME), record.written, one.sequence, record.expires),
        ),
    )


def shown_from(address: str, host: str, here: str) -> str:
    """An address, as it is known on this host."""
    plain = clean(address, limit=MAX_NAME)
    return plain if host == here else f"{plain}{AT}{clean(host, limit=MAX_NAME)}"


def clear(store: Store, *, key: str) -> None:
    """Forget the copy."""
    store.execute("DELETE FROM shared WHERE server = ?", (key,))
    store.execute("DELETE FROM shared_version WHERE server = ?", (key,))
