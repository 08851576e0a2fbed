"""What agents found out, kept in words and found by words. Functions of a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aimux.agents import outbox
from aimux.agents.addresses import Caller
from aimux.agents.messages import storable
from aimux.errors import CommandError
from aimux.persist.store import Store, Value

MAX_NOTE = 64 << 10
"""Bytes of one note."""
MAX_NOTES = 20_000
"""Notes that are kept; the oldest go."""
MAX_FOUND = 1000
_COLUMNS = "note.id, namespace, note.text, author, agent, written"


@dataclass(frozen=True, slots=True)
class Note:
    """A note, with the seconds since the epoch of its writing."""

    id: int
    namespace: str
    text: str
    author: str
    agent: str
    written: float


def add(
    store: Store, caller: Caller, namespace: str, text: str, *, now: float, leaves: str = ""
) -> int:
    """Keep a note; its id.

    Args:
        store: A transaction.
        caller: Who notes.
        namespace: Where it belongs.
        text: At most MAX_NOTE bytes.
        now: Seconds since the epoch.
        leaves: From which server's outbox it goes to other hosts; "" for no.

    Raises:
        CommandError: It is empty or too long, or too many wait to leave.
    """
    if not text.strip():
        raise CommandError("empty note")
    if len(text.encode("utf-8", "replace")) > MAX_NOTE:
        raise CommandError(f"note too long (at most {MAX_NOTE >> 10} KiB)")
    number = store.execute(
        "INSERT INTO note (namespace, text, author, agent, written) VALUES (?, ?, ?, ?, ?)",
        (namespace, storable(text), caller.address, caller.agent, now),
    ).lastrowid
    store.execute("DELETE FROM note WHERE id <= ?", ((number or 0) - MAX_NOTES,))
    if leaves:
        outbox.put(store, leaves, outbox.NOTES, "note", ref=number or 0)
    return number or 0


def find(store: Store, number: int) -> Note | None:
    """A note by its id; None if it is not kept."""
    sql = f"SELECT {_COLUMNS} FROM note WHERE id = ?"  # noqa: S608  # names of ours
    row = store.execute(sql, (number,)).fetchone()
    return None if row is None else Note(*row)  # type: ignore[arg-type]  # the schema's types


def search(
    store: Store, words: Sequence[str], namespace: str | None, *, limit: int = 100
) -> list[Note]:
    """Notes with all the words, the best first; without words the newest first.

    Args:
        store: A transaction.
        words: Each is looked for as it is: none is an operator.
        namespace: Where; None means everywhere.
        limit: The most that are given.
    """
    conditions = ["1"] if namespace is None else ["namespace = ?"]
    values: list[Value] = [] if namespace is None else [namespace]
    source, order = "note", "note.id DESC"
    if words:
        source, order = "note_words JOIN note ON note.id = note_words.rowid", "rank, note.id DESC"
        conditions.append("note_words MATCH ?")
        values.append(" ".join('"' + storable(word).replace('"', '""') + '"' for word in words))
    where = " AND ".join(conditions)
    sql = f"SELECT {_COLUMNS} FROM {source} WHERE {where} ORDER BY {order} LIMIT ?"  # noqa: S608
    rows = store.execute(sql, [*values, min(limit, MAX_FOUND)])
    return [Note(*row) for row in rows]  # type: ignore[arg-type]  # the schema's types
