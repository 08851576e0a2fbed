"""What a fleet keeps on its bus: the streams and buckets, and the subjects in them.

A bucket is a stream that keeps the last record of each key; by its name and its subjects it is a
JetStream key-value store, which `nats kv` reads too.

    FLEET_mail        FLEET.mail.TO.FROM       a work queue: what one host has for another
    FLEET_notes       FLEET.notes.FROM         notes, for every host
    KV_FLEET_hosts    $KV.FLEET_hosts.HOST     who is on each host; over unless renewed
    KV_FLEET_values   $KV.FLEET_values.KEY     shared values
    KV_FLEET_claims   $KV.FLEET_claims.all     all claims, as one record
    KV_FLEET_tasks    $KV.FLEET_tasks.HOST.ID  the tasks of each host, as others see them

FROM stands in the subject so that the bus's own permissions can say who writes as which host.
"""

from __future__ import annotations

from msgspec import Struct

DAY = 86_400.0
MAX_HOST_MAIL = 4096
"""Batches that may wait for one host; more is refused, and stays with whoever has it."""
MAX_MAIL_AGE = 30 * DAY
DELETED_SECONDS = 30 * DAY
"""How long a bucket says that a key was deleted."""
HOST_SECONDS = 60.0
"""A host that was not heard of for so long is taken for gone."""


class StreamPlan(Struct, frozen=True):
    """A stream as it is made where it is missing.

    Attributes:
        subjects: What it takes.
        is_queue: What was acknowledged is gone; else the newest are kept.
        per_subject: Messages kept of each subject; 1 makes a bucket of it. -1 for any number.
        refuses: A full subject refuses what is new; else the oldest goes.
        count: Messages kept in all; -1 for any number.
        age: Seconds that a message is kept; 0 for ever.
    """

    name: str
    subjects: tuple[str, ...]
    is_queue: bool = False
    per_subject: int = -1
    refuses: bool = False
    count: int = -1
    age: float = 0.0


class Streams(Struct, frozen=True):
    """The names of one fleet."""

    fleet: str

    @property
    def mail(self) -> str:
        """The stream of what hosts have for each other."""
        return f"{self.fleet}_mail"

    @property
    def notes(self) -> str:
        """The stream of notes."""
        return f"{self.fleet}_notes"

    def bucket(self, kind: str) -> str:
        """The stream of a bucket: hosts, values, claims or tasks."""
        return f"KV_{self.fleet}_{kind}"

    def mail_subject(self, to: str, sender: str) -> str:
        """Where one host puts what it has for another; `*` means any."""
        return f"{self.fleet}.mail.{to}.{sender}"

    def notes_subject(self, sender: str) -> str:
        """Where a host puts its notes; `*` means any."""
        return f"{self.fleet}.notes.{sender}"

    def key(self, kind: str, key: str) -> str:
        """The subject of a bucket's key; `>` means all."""
        return f"$KV.{self.fleet}_{kind}.{key}"

    def plans(self) -> tuple[StreamPlan, ...]:
        """All of them."""
        return (
            StreamPlan(
                self.mail,
                (self.mail_subject("*", "*"),),
                is_queue=True,
                per_subject=MAX_HOST_MAIL,
                refuses=True,
                age=MAX_MAIL_AGE,
            ),
            StreamPlan(self.notes, (self.notes_subject("*"),), count=20_000),
            self._bucket("hosts", age=HOST_SECONDS),
            self._bucket("values"),
            self._bucket("claims"),
            self._bucket("tasks"),
        )

    def _bucket(self, kind: str, age: float = 0.0) -> StreamPlan:
        return StreamPlan(self.bucket(kind), (self.key(kind, ">"),), per_subject=1, age=age)
