"""What a source says of an agent's state, and which of several sources is believed.

Pure. The order of truth is a table; a claim is believed until a newer one of the same or a higher
rank comes. What nobody claims is `unknown`, never a guess.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from aimux.agents.state_names import AgentStateName

Source = Literal["osc 7501", "registry", "hook", "transcript", "terminal", "screen", "process"]

RANKS: Mapping[Source, int] = MappingProxyType(
    {
        "osc 7501": 1,
        "registry": 2,
        "hook": 3,
        "transcript": 4,
        "terminal": 5,
        "screen": 6,
        "process": 7,
    }
)
"""The order of truth: 1 is believed first. `terminal` is a title, a notification or OSC 9;4."""

EXACT = 3
"""Sources up to this rank are told by the agent itself: they need no look at its screen."""
LAG_SECONDS = 1.0
"""A title and a screen may show a turn for so long that its transcript has ended already."""
OUTCOME_SECONDS = 10.0
"""On a busy machine an agent tells so late that a turn has ended whose transcript says how."""
SLACK_SECONDS = 2.0
"""What an agent tells of one moment in two ways comes that much apart."""

_OUTCOMES: Mapping[AgentStateName, frozenset[AgentStateName]] = MappingProxyType(
    {
        "error": frozenset({"limited"}),
        "idle": frozenset({"done", "error", "limited"}),
        "done": frozenset({"error", "limited"}),
    }
)
"""What a transcript adds to a state of a registry or a hook, which know not how a turn ended."""
_BUSY = frozenset({"working", "waiting"})
_ENDED = frozenset({"idle", "error", "limited"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source said last.

    Attributes:
        source: Who says so.
        state: What the agent does; `unknown` takes back what was said before.
        at: When it began to say so, seconds on the monotonic clock.
        detail: The question, the message or the task, clean; "" if none.
        reason: For `waiting`, on what: `permission`, `question`, `dialog`; "" if not said.
        evidence: What was seen, in a few words for people, such as `status=busy`.
        progress: 0 to 100, or `None`.
        resets_at: For `limited`, when it ends, in seconds since the epoch; `None` if not said.
    """

    source: Source
    state: AgentStateName
    at: float
    detail: str = ""
    reason: str = ""
    evidence: str = ""
    progress: int | None = None
    resets_at: float | None = None

    @property
    def rank(self) -> int:
        """Its place in the order of truth, from 1."""
        return RANKS[self.source]


def combine(claims: Iterable[Claim]) -> Claim | None:
    """The claim that is believed, or `None` if nobody says anything.

    * The highest rank that says a state counts; `waiting` of the ranks up to EXACT before others.
    * A `waiting` is over once a newer claim of the same or a higher rank says something else.
    * Hooks are silent when a person presses Escape: what the transcript or the terminal says
      later ends what a hook said.
    * A transcript tells of what has ended: who says later that the agent works or waits is right,
      though a title or a screen that shows work only once it cannot be what is left of that turn.
    * How a turn ended (an error, a limit) is known to the transcript alone: it refines rest.
    """
    every = list(claims)
    said = [one for one in every if one.state != "unknown" and not _is_over(one, every)]
    if not said:
        return None
    waiting = [one for one in said if one.state == "waiting" and one.rank <= EXACT]
    best = min(waiting or said, key=lambda one: one.rank)
    return _refined(best, every)


def is_told(claims: Iterable[Claim]) -> bool:
    """Whether the agent itself says what it does: nobody has to look at its screen for that."""
    every = list(claims)
    exact = (one for one in every if one.rank <= EXACT and one.state != "unknown")
    return any(not _is_over(one, every) for one in exact)


def is_news(claim: Claim, before: Claim | None) -> bool:
    """Whether a claim says more than the last one of the same source.

    How a turn ended is told first, that it has ended after that: a hook's `done` adds nothing to an
    error, or to a turn that was interrupted. Hooks are processes, which may overtake each other: an
    event that is older than the last one is too late. Claude Code reminds of its request without
    saying which.
    """
    if claim.source != "hook" or before is None:
        return True
    if claim.at < before.at or (claim.state == before.state == "waiting" and not claim.detail):
        return False
    return not (claim.state == "done" and before.state in _ENDED)


def outdates_rest(claim: Claim, rest: Claim | None) -> bool:
    """Whether a claim says that the rest which a screen or a transcript told of is over.

    It must not come back when the claim is withdrawn, nor tell how the next turn ended: the screen
    is looked at again, and the transcript will say more.
    """
    if rest is None or claim.source == rest.source:
        return False
    if claim.state not in _BUSY or rest.state in _BUSY:
        return False
    return rest.source == "screen" or (claim.rank <= EXACT and claim.at > rest.at)


def _is_over(claim: Claim, every: Iterable[Claim]) -> bool:
    """Whether somebody who knows better has spoken since."""
    if claim.source == "hook":
        return any(
            one.at > claim.at and (one.rank < claim.rank or _contradicts(one, claim))
            for one in every
        )
    if claim.source == "transcript":
        return any(one.at > claim.at + _lag(one) and one.state in _BUSY for one in every)
    if claim.state != "waiting":
        return False
    return any(one.at > claim.at and one.rank < claim.rank for one in every)


def _lag(claim: Claim) -> float:
    return LAG_SECONDS if claim.rank > EXACT and claim.state == "working" else 0.0


def _contradicts(one: Claim, hook: Claim) -> bool:
    if one.source == "transcript":
        return one.state in _OUTCOMES
    return one.source == "terminal" and one.state != hook.state


def _refined(best: Claim, every: Iterable[Claim]) -> Claim:
    """How the turn ended. An `idle` of OSC 7501 is told apart from `done` by the agent itself."""
    if best.rank > EXACT or (best.source == "osc 7501" and best.state == "idle"):
        return best
    is_hook = best.source == "hook"
    outcomes = _OUTCOMES.get(best.state, frozenset())
    if is_hook and best.state == "done":
        outcomes |= {"idle"}  # a hook does not know that a turn was interrupted
    for one in every:
        is_old = one.at < best.at - OUTCOME_SECONDS
        if one.source == "transcript" and one.state in outcomes and not is_old:
            return one
    return best
