"""Notes of all hosts: what was noted here leaves, what was noted elsewhere is kept here too."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from aimux.agents import notes, outbox
from aimux.agents.addresses import MAX_NAME, Caller
from aimux.agents.outbox import Row
from aimux.errors import CommandError
from aimux.fleet.bus import Delivery
from aimux.fleet.values import shown_from
from aimux.fleet.wire import NoteRecord, encode, read_note
from aimux.persist.store import Store
from aimux.security.clean import clean


def record_of(store: Store, server: str, row: Row) -> bytes:
    """A note as it leaves; empty if it is not kept any more."""
    found = notes.find(store, row.ref)
    if found is None:
        return b""
    return encode(
        NoteRecord(
            instance=outbox.instance(store, server),
            number=row.id,
            namespace=found.namespace,
            text=found.text,
            author=found.author,
            written=found.written,
            agent=found.agent,
        )
    )


def take(store: Store, deliveries: Sequence[Delivery]) -> None:
    """Keep what was noted elsewhere, each note once, whichever server of this database reads it."""
    for one in deliveries:
        record = read_note(one.data)
        if record is None or outbox.is_ours(store, record.instance):
            continue
        lane = f"notes {record.instance}"
        if outbox.take_once(store, "", lane, record.number, now=record.written):
            address = shown_from(record.author, one.last_token, "")
            author = Caller(address, (address,), agent=clean(record.agent, limit=MAX_NAME))
            with suppress(CommandError):  # no note at all
                notes.add(store, author, record.namespace, record.text, now=record.written)


def clear(_store: Store) -> None:
    """What was noted stays, though the stream is another one."""
