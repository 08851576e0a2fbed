"""Agents of other hosts, as sidebars show them: what a host tells of one, and what is made of it.

Nothing of it can be acted upon here but by a message: what an agent asks is answered at its host.
"""

from __future__ import annotations

from msgspec.structs import replace

from aimux.fleet.wire import (
    MAX_COST,
    MAX_MOMENT,
    MAX_SEEN,
    AgentRecord,
    HostRecord,
    MemberRecord,
)
from aimux.protocol.facts import MAX_LINE, AgentFact, ContextFact
from aimux.security.clean import clean

MAX_RECORD = 512 << 10
"""Bytes that a host says of itself with all that is to be seen; a bus takes no more than 1 MiB."""


def record_of(fact: AgentFact) -> AgentRecord:
    """What other hosts are told of an agent."""
    context = fact.context
    return AgentRecord(
        pane=fact.pane,
        place=fact.place[:MAX_SEEN],
        since=max(0.0, fact.since),
        window=fact.window[:MAX_SEEN],
        detail=fact.detail[:MAX_SEEN],
        reason=fact.reason[:MAX_SEEN],
        request=fact.request[:MAX_SEEN],
        progress=_percent(fact.progress),
        tokens=-1 if context is None else context.used,
        window_tokens=0 if context is None else context.window,
        percent=None if context is None else _percent(context.percent),
        cost=_within(fact.cost, MAX_COST),
        limit_reset=_within(fact.limit_reset, MAX_MOMENT),
    )


def _percent(value: int | None) -> int | None:
    return None if value is None else max(0, min(100, value))


def _within(value: float | None, limit: float) -> float | None:
    return value if value is not None and 0 <= value < limit else None


def without_sights(record: HostRecord) -> HostRecord:
    """Who is there, and nothing of what there is to be seen."""
    return HostRecord(record.instance, [replace(one, sight=None) for one in record.members])


def agents_of(host: str, record: HostRecord) -> tuple[AgentFact, ...]:
    """The agents of another host, for sidebars."""
    return tuple(_fact(host, one, one.sight) for one in record.members if one.sight is not None)


def _fact(host: str, member: MemberRecord, seen: AgentRecord) -> AgentFact:
    return AgentFact(
        pane=seen.pane,
        session=clean(member.session),
        place=_line(seen.place),
        name=clean(member.name or member.agent),
        state=clean(member.state),
        detail=_line(seen.detail),
        since=seen.since,
        source="",
        window=_line(seen.window),
        reason=_line(seen.reason),
        request=_line(seen.request),
        progress=seen.progress,
        context=_context(seen),
        cost=seen.cost,
        limit_reset=seen.limit_reset,
        host=host,
    )


def _context(seen: AgentRecord) -> ContextFact | None:
    if seen.tokens < 0:
        return None
    return ContextFact(used=seen.tokens, window=seen.window_tokens, percent=seen.percent)


def _line(text: str) -> str:
    return clean(text, limit=MAX_LINE)
