"""The audit: every request that changed something, with who asked, in a chain of hashes.

Each entry's hash covers its own words and the hash before it, so an entry that was changed, taken
out or put in is found. It protects against quiet edits, not against a program of the same user that
writes the whole chain anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from aimux.persist.store import Store, Value
from aimux.security.redact import redact

FIRST = "0" * 64
MAX_REQUEST = 4000
_COLUMNS = ("at", "uid", "pid", "principal", "agent", "request", "outcome")
_SELECT = f"SELECT id, {', '.join(_COLUMNS)}, hash FROM audit"  # noqa: S608  # names of ours


class Request(Struct, frozen=True):
    """One request.

    Attributes:
        at: Seconds since the epoch.
        uid: The user, as the kernel says; -1 where nobody asked, as for a configuration file.
        pid: The process that asked, as it said; 0 where there is none.
        principal: From where: `pane %3`, `client /dev/pts/4`, `outside`, `configuration`, `hook`.
        agent: The agent in that pane; "" if none.
        request: The command as tmux prints it; secrets are hidden before it is stored.
        outcome: `done` or `failed`.
    """

    at: float
    uid: int
    pid: int
    principal: str
    agent: str
    request: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    Attributes:
        checked: Entries that were read.
        problem: What is wrong; "" if nothing.
        entry: The number of the entry where it is; 0 if nothing is.
    """

    checked: int
    problem: str = ""
    entry: int = 0


def record(store: Store, requests: Sequence[Request]) -> None:
    """Add requests to the chain's end."""
    before = _last_hash(store)
    for request in requests:
        values = _values(request)
        before = _hash(before, values)
        names, places = ", ".join(_COLUMNS), ", ".join("?" * len(_COLUMNS))
        sql = f"INSERT INTO audit ({names}, hash) VALUES ({places}, ?)"  # noqa: S608  # ours
        store.execute(sql, (*values, before))


def _values(request: Request) -> tuple[Value, ...]:
    text = redact(request.request[:MAX_REQUEST])
    return (
        round(request.at, 3),
        request.uid,
        request.pid,
        request.principal,
        request.agent,
        text.encode("utf-8", "backslashreplace").decode(),
        request.outcome,
    )


def _hash(before: str, values: Sequence[Value]) -> str:
    return hashlib.sha256(json.dumps([before, *map(str, values)]).encode()).hexdigest()


def _last_hash(store: Store) -> str:
    row = store.execute("SELECT hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row is not None else _anchor(store)[1]


def _anchor(store: Store) -> tuple[int, str]:
    """The number and the hash of the last entry that was let go of; before any, 0 and FIRST."""
    row = store.execute("SELECT id, hash FROM audit_anchor").fetchone()
    return (int(row[0] or 0), str(row[1])) if row is not None else (0, FIRST)


def verify(store: Store) -> Report:
    """Check the chain from its oldest entry to its newest."""
    number, before = _anchor(store)
    checked = 0
    for row in store.execute(f"{_SELECT} ORDER BY id"):
        entry, *values, told = row
        checked += 1
        if entry != number + 1:
            return Report(checked, f"entries are missing behind {number}", int(entry or 0))
        number = int(entry)
        before = _hash(before, values)
        if told != before:
            return Report(checked, "was changed, or something before it was", number)
    newest = store.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchone()
    if newest is not None and newest[0] != number and int(newest[0] or 0) > number:
        return Report(checked, "the newest entries are missing", int(newest[0] or 0))
    return Report(checked)


def list_requests(store: Store, limit: int) -> list[dict[str, object]]:
    """The newest requests, oldest first, by the names of `Request` with `id`."""
    rows = list(store.execute(f"{_SELECT} ORDER BY id DESC LIMIT ?", (limit,)))
    names = ("id", *_COLUMNS)
    return [dict(zip(names, row, strict=False)) for row in reversed(rows)]


def forget_old(store: Store, limit: int) -> None:
    """Keep the newest `limit` entries; the chain then begins at the last one that went."""
    row = store.execute("SELECT max(id) FROM audit").fetchone()
    last = int(row[0] or 0) - limit if row is not None else 0
    if limit <= 0 or last <= 0:
        return
    gone = store.execute("SELECT hash FROM audit WHERE id = ?", (last,)).fetchone()
    if gone is not None:
        store.execute("DELETE FROM audit_anchor")
        store.execute("INSERT INTO audit_anchor VALUES (?, ?)", (last, gone[0]))
        store.execute("DELETE FROM audit WHERE id <= ?", (last,))
