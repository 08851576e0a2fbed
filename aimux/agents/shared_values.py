"""Values that agents share: set, read, compared and set, with who wrote each and when.

Functions of a transaction. Versions only grow, over all values of a server, so that a value that
was deleted and set again is never taken for the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aimux.agents.addresses import Caller
from aimux.agents.messages import storable
from aimux.errors import CommandError
from aimux.persist.store import Store, Value

MAX_VALUE = 64 << 10
"""Bytes of one value."""
MAX_NAME = 256
MAX_VALUES = 10_000
"""Values of one namespace; one more is refused."""
ABSENT = 0
"""The version of what is not there."""
_COLUMNS = "namespace, name, value, author, agent, written, version, expires"


@dataclass(frozen=True, slots=True)
class Shared:
    """A value, with the seconds since the epoch of its writing and of its end, if it has one."""

    namespace: str
    name: str
    value: str
    author: str
    agent: str
    written: float
    version: int
    expires: float | None


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing a value that hosts share.

    Attributes:
        version: Its version; None: it had another one, or there was nothing to delete.
        is_queued: The others cannot be reached: it waits, and has no version yet.
    """

    version: int | None = None
    is_queued: bool = False


def set_value(  # noqa: PLR0913  # a place, a value, who and until when
    store: Store,
    server: str,
    caller: Caller,
    place: tuple[str, str],
    value: str,
    *,
    now: float,
    ttl: float | None = None,
) -> int:
    """Write a value; its new version.

    Args:
        store: A transaction.
        server: Whose value it is.
        caller: Who writes.
        place: The namespace and the name.
        value: At most MAX_VALUE bytes.
        now: Seconds since the epoch.
        ttl: Seconds after which it is no more.

    Raises:
        CommandError: It is too long, or there are too many.
    """
    namespace, name = place
    check(name, value)
    _forget_expired(store, server, now)
    check_room(store, server, place, now=now)
    version = _next_version(store, server)
    store.execute(
        f"INSERT OR REPLACE INTO shared (server, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  # names of ours
        (
            *(server, namespace, storable(name), storable(value), caller.address, caller.agent),
            *(now, version, None if ttl is None else now + ttl),
        ),
    )
    return version


def check(name: str, value: str) -> None:
    """Raise CommandError for what cannot be a value's name, or is too long."""
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise CommandError(f"bad key (1 to {MAX_NAME} printable characters)")
    if len(value.encode("utf-8", "replace")) > MAX_VALUE:
        raise CommandError(f"value too long (at most {MAX_VALUE >> 10} KiB)")


def check_room(store: Store, server: str, place: tuple[str, str], *, now: float) -> None:
    """Raise CommandError if a value would be one too many in its namespace."""
    namespace, _ = place
    if get(store, server, place, now=now) is not None:
        return
    row = store.execute(
        "SELECT count(*) FROM shared WHERE server = ? AND namespace = ?", (server, namespace)
    ).fetchone()
    if row is not None and int(row[0] or 0) >= MAX_VALUES:
        raise CommandError(f"too many keys in {namespace}")


def compare_and_set(  # noqa: PLR0913  # as `set_value`, and what is expected
    store: Store,
    server: str,
    caller: Caller,
    place: tuple[str, str],
    expected: int,
    value: str,
    *,
    now: float,
    ttl: float | None = None,
) -> int | None:
    """Write a value if its version is the expected one (ABSENT: if there is none), or None."""
    before = get(store, server, place, now=now)
    if (before.version if before is not None else ABSENT) != expected:
        return None
    return set_value(store, server, caller, place, value, now=now, ttl=ttl)


def get(store: Store, server: str, place: tuple[str, str], *, now: float) -> Shared | None:
    """A value; None where there is none."""
    found = _select(
        store,
        "server = ? AND namespace = ? AND name = ? AND (expires IS NULL OR expires > ?)",
        (server, *place, now),
    )
    return found[0] if found else None


def delete(store: Store, server: str, place: tuple[str, str], *, now: float) -> bool:
    """Take a value away; whether there was one."""
    there = get(store, server, place, now=now) is not None
    store.execute(
        "DELETE FROM shared WHERE server = ? AND namespace = ? AND name = ?", (server, *place)
    )
    if there:
        _next_version(store, server)
    return there


def list_values(
    store: Store, server: str, namespace: str, *, now: float, behind: int = 0
) -> list[Shared]:
    """The values of a namespace with versions above `behind`, in the order of their names."""
    return _select(
        store,
        "server = ? AND namespace = ? AND version > ? AND (expires IS NULL OR expires > ?)"
        " ORDER BY name",
        (server, namespace, behind, now),
    )


def names(
    store: Store, server: str, namespace: str, *, now: float
) -> tuple[frozenset[str], float | None]:
    """What a namespace has, and when the next of it is no more; None for never."""
    rows = store.execute(
        "SELECT name, expires FROM shared WHERE server = ? AND namespace = ?"
        " AND (expires IS NULL OR expires > ?)",
        (server, namespace, now),
    )
    found = {str(name): expires for name, expires in rows}
    ends = [float(one) for one in found.values() if one is not None]
    return frozenset(found), min(ends, default=None)


def newest_version(store: Store, server: str) -> int:
    """The version that was given last."""
    row = store.execute("SELECT version FROM shared_version WHERE server = ?", (server,)).fetchone()
    return int(row[0] or 0) if row is not None else ABSENT


def _next_version(store: Store, server: str) -> int:
    version = newest_version(store, server) + 1
    store.execute("INSERT OR REPLACE INTO shared_version VALUES (?, ?)", (server, version))
    return version


def _forget_expired(store: Store, server: str, now: float) -> None:
    store.execute(
        "DELETE FROM shared WHERE server = ? AND expires IS NOT NULL AND expires <= ?",
        (server, now),
    )


def _select(store: Store, condition: str, values: Sequence[Value]) -> list[Shared]:
    rows = store.execute(f"SELECT {_COLUMNS} FROM shared WHERE {condition}", values)  # noqa: S608
    return [Shared(*row) for row in rows]  # type: ignore[arg-type]  # the schema's types
