"""What crosses between hosts, as msgspec structs in JSON. What is not one of these is dropped.

Another host is believed who its people and agents are, and nothing else: every text has a limit
here, and is shown like any text that somebody wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Raw, Struct

from aimux.agents import shared_values
from aimux.agents.addresses import MAX_NAME
from aimux.agents.claims import MAX_CLAIMS, MAX_PATH
from aimux.agents.messages import KINDS, MAX_TEXT, PRIORITIES
from aimux.agents.notes import MAX_NOTE
from aimux.agents.origins import ORDERS, STATES
from aimux.agents.tasks import FINISHED, HELD, MAX_FIRST
from aimux.agents.tasks import MAX_TEXT as MAX_TASK_TEXT
from aimux.protocol.facts import MAX_LINE

MAX_REASON = 1000
TASK_VERBS = ("claim", "progress", "done", "fail", "cancel")
TASK_STATES = ("open", *HELD, *FINISHED)
MAX_SHOWN_TEXT = 4000
"""Characters of a task that other hosts are shown."""
MAX_MEMBERS = 200
"""Panes that a host tells others of."""
MAX_CAPABILITIES = 32
MAX_SEEN = 2 * MAX_LINE
"""Characters of a line that is shown."""
MAX_MOMENT = 1e11
MAX_COST = 1e9
Name = Annotated[str, Meta(max_length=4 * MAX_NAME)]
Id = Annotated[int, Meta(ge=0, lt=1 << 53)]
Record = TypeVar("Record", bound=Struct)
Word = Annotated[str, Meta(max_length=MAX_NAME)]
Line = Annotated[str, Meta(max_length=MAX_SEEN)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Moment = Annotated[float, Meta(ge=0, lt=MAX_MOMENT)]
"""Seconds since the epoch that a calendar has a date for."""


class MessageSent(Struct, frozen=True, tag="message", omit_defaults=True):
    """A message to somebody on this host.

    Attributes:
        id: Its id where it was sent.
        sender: Its address there.
        to: The address here; who that is, this host says.
        reply_to: The id here of what it answers.
    """

    id: Id
    sender: Name
    to: Name
    text: Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)]
    kind: Word
    priority: Annotated[int, Meta(ge=0, lt=len(PRIORITIES))]
    created: float
    agent: Name = ""
    reply_to: Id | None = None
    expires: float | None = None


class Receipt(Struct, frozen=True, tag="receipt", omit_defaults=True):
    """What became of a message that this host sent; see `origins.Fate`."""

    id: Id
    state: Word
    since: float
    way: Word = ""
    reason: Annotated[str, Meta(max_length=MAX_REASON)] = ""


class Order(Struct, frozen=True, tag="order"):
    """What is to be done to a message that was sent to this host: one of `origins.ORDERS`."""

    id: Id
    order: Word


class TaskAsked(Struct, frozen=True, tag="task", omit_defaults=True):
    """Something that is to be done to a task of this host.

    Attributes:
        request: What the asking host calls it.
        id: The task's id here.
        verb: One of `TASK_VERBS`.
        caller: Who asks; the address there.
        until: It is not to be done later than this, in seconds since the epoch.
    """

    request: Id
    id: Id
    verb: Word
    caller: Name
    agent: Name = ""
    text: Annotated[str, Meta(max_length=MAX_TASK_TEXT)] = ""
    percent: Annotated[int, Meta(ge=0, le=100)] | None = None
    until: float | None = None


class TaskAnswered(Struct, frozen=True, tag="task_answer", omit_defaults=True):
    """What came of that.

    Attributes:
        error: Why it was not done; "" if it was.
        text: All of the task, if it was claimed.
    """

    request: Id
    id: Id
    caller: Name
    text: Annotated[str, Meta(max_length=MAX_TASK_TEXT)] = ""
    error: Annotated[str, Meta(max_length=MAX_REASON)] = ""


class Warned(Struct, frozen=True, tag="warning"):
    """Something that people who look at a pane of this host are to be told."""

    pane: Id
    text: Annotated[str, Meta(max_length=MAX_REASON)]


Entry = MessageSent | Receipt | Order | TaskAsked | TaskAnswered | Warned


class Numbered(Struct, frozen=True, array_like=True):
    """An entry, and its place in the lane; an unknown sort of entry is left unread."""

    number: Id
    entry: Raw


class Mail(Struct, frozen=True):
    """What one host has for another, in order.

    Attributes:
        instance: What `Numbered.number` counts for.
    """

    instance: Name
    entries: Annotated[list[Numbered], Meta(max_length=1000)]


class AgentRecord(Struct, frozen=True, omit_defaults=True):
    """What an agent does, to be looked at from other hosts; see `facts.AgentFact`.

    Attributes:
        tokens: Used of its context; -1 where that is not known.
        window_tokens: Those that fit.
    """

    pane: Id
    place: Line
    since: Moment
    window: Line = ""
    detail: Line = ""
    reason: Line = ""
    request: Line = ""
    progress: Percent | None = None
    tokens: Annotated[int, Meta(ge=-1, lt=1 << 53)] = -1
    window_tokens: Id = 0
    percent: Percent | None = None
    cost: Annotated[float, Meta(ge=0, lt=MAX_COST)] | None = None
    limit_reset: Moment | None = None


class MemberRecord(Struct, frozen=True, omit_defaults=True):
    """Somebody who takes part on a host; see `addresses.Elsewhere`.

    Attributes:
        sight: What there is to be seen of its agent; None without one.
    """

    address: Name
    session: Name = ""
    name: Name = ""
    agent: Name = ""
    role: Name = ""
    capabilities: Annotated[list[Name], Meta(max_length=MAX_CAPABILITIES)] = []
    state: Word = ""
    is_fact: bool = False
    busy: bool = False
    sight: AgentRecord | None = None


class HostRecord(Struct, frozen=True, omit_defaults=True):
    """What a host says of itself.

    Attributes:
        instance: What its database is called: tells it from another server of its name.
    """

    instance: Name
    members: Annotated[list[MemberRecord], Meta(max_length=MAX_MEMBERS)] = []


class ValueRecord(Struct, frozen=True, omit_defaults=True):
    """A shared value, or that it was deleted; see `shared_values.Shared`.

    Attributes:
        host: Its author's.
    """

    host: Name
    namespace: Annotated[str, Meta(max_length=MAX_PATH)]
    name: Annotated[str, Meta(min_length=1, max_length=shared_values.MAX_NAME)]
    author: Name
    written: float
    value: Annotated[str, Meta(max_length=shared_values.MAX_VALUE)] = ""
    agent: Name = ""
    expires: float | None = None


class ClaimRecord(Struct, frozen=True, omit_defaults=True):
    """A claimed path; see `claims.Claim`."""

    host: Name
    path: Annotated[str, Meta(max_length=MAX_PATH)]
    owner: Name
    since: float
    expires: float
    pane: int = -1
    agent: Name = ""


class ClaimsRecord(Struct, frozen=True):
    """All claims of a fleet."""

    claims: Annotated[list[ClaimRecord], Meta(max_length=MAX_CLAIMS)]


class TaskRecord(Struct, frozen=True, omit_defaults=True):
    """A task, as other hosts are shown it; see `tasks.Task`."""

    id: Id
    text: Annotated[str, Meta(max_length=MAX_SHOWN_TEXT)]
    author: Name
    state: Word
    priority: Annotated[int, Meta(ge=0, lt=len(PRIORITIES))]
    created: float
    since: float
    begins: float
    role: Name = ""
    needs: Annotated[str, Meta(max_length=MAX_REASON)] = ""
    retries: int = 0
    tries: int = 0
    owner: Name = ""
    progress: Annotated[int, Meta(ge=0, le=100)] | None = None
    result: Annotated[str, Meta(max_length=MAX_SHOWN_TEXT)] = ""
    after: Annotated[list[Id], Meta(max_length=MAX_FIRST)] = []


class NoteRecord(Struct, frozen=True, omit_defaults=True):
    """A note; see `notes.Note`.

    Attributes:
        instance: Whose it is; `number` counts for that.
    """

    instance: Name
    number: Id
    namespace: Annotated[str, Meta(max_length=MAX_PATH)]
    text: Annotated[str, Meta(min_length=1, max_length=MAX_NOTE)]
    author: Name
    written: float
    agent: Name = ""


_ENCODER = msgspec.json.Encoder()


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    """Made when it is needed: a server without a fleet needs none."""
    return msgspec.json.Decoder(kind)


def encode(value: Struct) -> bytes:
    """A struct as bytes."""
    return _ENCODER.encode(value)


def read_mail(data: bytes) -> Mail | None:
    """What came; None if it is none."""
    return _read(Mail, data)


def read_host(data: bytes) -> HostRecord | None:
    """What a host said of itself; None if it is nothing of that kind."""
    return _read(HostRecord, data)


def read_value(data: bytes) -> ValueRecord | None:
    """A shared value; None if it is none."""
    record = _read(ValueRecord, data)
    return record if record is not None and record.name.isprintable() else None


def read_claims(data: bytes) -> ClaimsRecord | None:
    """All claims; None if they are none."""
    return _read(ClaimsRecord, data)


def read_task(data: bytes) -> TaskRecord | None:
    """A task; None if it is none."""
    record = _read(TaskRecord, data)
    return record if record is not None and record.state in TASK_STATES else None


def read_note(data: bytes) -> NoteRecord | None:
    """A note; None if it is none."""
    return _read(NoteRecord, data)


def _read(kind: type[Record], data: bytes) -> Record | None:
    decoder: msgspec.json.Decoder[Record] = _decoder(kind)
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def read_entry(data: Raw) -> Entry | None:
    """One entry; None if it is none that we know, or says what cannot be."""
    try:
        entry: Entry = _decoder(Entry).decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return entry if _SENSIBLE[type(entry)](entry) else None


_SENSIBLE: dict[type[Entry], Callable[..., bool]] = {
    MessageSent: lambda entry: entry.kind in KINDS,
    Receipt: lambda entry: entry.state in STATES,
    Order: lambda entry: entry.order in ORDERS,
    TaskAsked: lambda entry: entry.verb in TASK_VERBS,
    TaskAnswered: lambda _entry: True,
    Warned: lambda _entry: True,
}
