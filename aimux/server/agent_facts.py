"""What is told of one agent: its place, its state, what it asks, and its numbers."""

from __future__ import annotations

from aimux.agents.context import Context
from aimux.agents.state import AgentState
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.protocol.facts import MAX_LIMITS, MAX_LINE, AgentFact, ContextFact, LimitFact
from aimux.security.clean import clean
from aimux.server.agents import AgentBook
from aimux.server.clock import Clock

MAX_REQUEST = 4096
USED_UP = 100  # percent of a plan's limit


def agent_fact(
    pane: Pane, session: Session, link: Link, agent: AgentState, *, book: AgentBook, clock: Clock
) -> AgentFact:
    """What is told of an agent, clean and within the limits of `aimux.protocol.facts`.

    Args:
        pane: Where it runs.
        session: One in which its window is linked.
        link: The place of its window there.
        agent: Its state, at a time of the monotonic clock; what is told has wall-clock times.
        book: Knows what it asks, and how full its context is.
        clock: The server's clocks.
    """
    window = link.window
    index = window.index_of(pane) + window.options.number("pane-base-index")
    detail = clean(agent.detail, limit=MAX_LINE)
    waits = agent.state == "waiting"
    whole = clean(book.request(pane), limit=MAX_REQUEST)
    request = clean(whole, limit=MAX_LINE) or detail
    # What is not seen whole must not be allowed from elsewhere.
    answers = book.answers(pane) if whole in ("", request) else ()
    context = book.context(pane)
    since = clock.wall() - (clock.monotonic() - agent.since)
    return AgentFact(
        pane=pane.id,
        session=clean(session.name),
        place=clean(f"{session.name}:{link.index}.{index}"),
        name=pane.options.text("agent-name") or clean(agent.name),
        state=agent.state,
        detail=detail,
        since=round(since, 2),
        source=agent.source,
        window=clean(window.name),
        reason=agent.reason or (book.reason(pane) if waits else ""),
        request=request if waits else "",
        request_id=round(agent.since * 1000),
        answers=tuple((one.key, one.word) for one in answers),
        progress=agent.progress,
        context=_context(context),
        cost=context.cost if context is not None else None,
        limit_reset=_reset(agent, context),
    )


def _reset(agent: AgentState, context: Context | None) -> float | None:
    """When an agent's limit ends: what it says itself, else the end of a limit that is used up."""
    if agent.state != "limited" or agent.resets_at is not None or context is None:
        return agent.resets_at
    used_up = (one.resets_at for one in context.limits if one.percent >= USED_UP)
    return max((at for at in used_up if at is not None), default=None)


def _context(context: Context | None) -> ContextFact | None:
    if context is None:
        return None
    limits = context.limits[:MAX_LIMITS]
    return ContextFact(
        used=context.used,
        window=context.window,
        percent=context.percent,
        assumed=context.assumed,
        growth=context.growth,
        compactions=context.compactions,
        source=context.source,
        limits=tuple(LimitFact(one.name, one.percent, one.resets_at) for one in limits),
    )
