"""Why an agent's state is what it is: who says what, since when, and what binds it to its files."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from aimux.agents.context import Context
from aimux.agents.state import AgentState
from aimux.agents.state_claims import Claim
from aimux.protocol.plan_limits import compactions_text, limit_text


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of one agent.

    Attributes:
        pane: Its pane's number.
        state: What is believed.
        claims: What each source said last, the most trusted first.
        pids: Its processes; empty where only its reports are seen.
        recognised_by: What gave its process away.
        session: The agent's own id of its session; "" where that is not known for certain.
        log: The path of the session's log; "" likewise.
        context: How full its context is.
        request: What it asks, by its screen.
        now: Seconds on the monotonic clock.
        wall: Seconds since the epoch.
    """

    pane: int
    state: AgentState
    claims: Sequence[Claim]
    pids: Sequence[int]
    recognised_by: str
    session: str
    log: str
    context: Context | None
    request: str
    now: float
    wall: float


def explanation_record(one: Explanation) -> Mapping[str, object]:
    """The same for JSON; ages are in seconds."""
    state = one.state
    return {
        "pane": f"%{one.pane}",
        "name": state.name,
        "state": state.state,
        "reason": state.reason,
        "detail": state.detail,
        "request": one.request,
        "source": state.source,
        "evidence": state.evidence,
        "age": round(one.now - state.since, 2),
        "pids": list(one.pids),
        "recognised_by": one.recognised_by,
        "session": one.session or None,
        "log": one.log or None,
        "context": None if one.context is None else asdict(one.context),
        "claims": [_claim_record(claim, one.now) for claim in one.claims],
    }


def explanation_lines(one: Explanation) -> Sequence[str]:
    """The same for people."""
    state = one.state
    why = f" ({state.reason})" if state.reason else ""
    evidence = f": {state.evidence}" if state.evidence else ""
    lines = [f"{state.name} {state.state}{why}, {_age(one.now - state.since)}"]
    lines.append(f"  because {state.source}{evidence}")
    text = one.request or state.detail
    lines += [f"  asks {text}"] if state.state == "waiting" and text else []
    lines.append(f"  process {' '.join(map(str, one.pids)) or '?'} {one.recognised_by}".rstrip())
    lines.append(f"  session {one.session or '?'}")
    lines += [f"  log {one.log}"] if one.log else []
    if one.context is not None:
        lines.append(f"  context {context_text(one.context)}")
        lines += [f"  {text}" for text in _spent(one.context, one.wall)]
    lines += [_claim_line(claim, one.now) for claim in one.claims]
    return lines


def context_text(context: Context) -> str:
    """How full a context is, such as `43812 of 1000000 tokens (4 %, status line)`."""
    if not context.window:
        return f"{context.used} tokens ({context.source})"
    assumed = ", window assumed" if context.assumed else ""
    share = f"{context.used} of {context.window} tokens"
    return f"{share} ({context.percent} %, {context.source}{assumed})"


def _spent(context: Context, wall: float) -> Sequence[str]:
    """How it grows, how often it was shortened, what it cost, what the plan allows."""
    growth = f"+{context.growth} tokens in the last turn" if context.growth else ""
    cost = "" if context.cost is None else f"cost ${context.cost:.2f}"
    limits = [limit_text(one.name, one.percent, one.resets_at, wall) for one in context.limits]
    plan = [f"plan {text}" for text in limits]
    return [text for text in (growth, compactions_text(context.compactions), cost, *plan) if text]


def _claim_record(claim: Claim, now: float) -> Mapping[str, object]:
    return {
        "rank": claim.rank,
        "source": claim.source,
        "state": claim.state,
        "reason": claim.reason,
        "detail": claim.detail,
        "evidence": claim.evidence,
        "age": round(now - claim.at, 2),
    }


def _claim_line(claim: Claim, now: float) -> str:
    said = f"  {claim.rank} {claim.source}: {claim.state}"
    evidence = f" [{claim.evidence}]" if claim.evidence else ""
    return f"{said}{evidence} {_age(now - claim.at)}"


def _age(seconds: float) -> str:
    return f"{seconds:.1f} s ago" if seconds < 100 else f"{seconds / 60:.0f} min ago"
