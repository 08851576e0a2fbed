"""The state of the agent in one pane, from what its sources claim and whether its process lives.

Pure: reports, claims, sightings and prompts come in with the time. A state is a fact with a source,
never a guess: an agent that says nothing is `starting`, then `unknown`, and never `idle`. Which
source is believed is `claims`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aimux.agents.kinds import Kind, shipped_kinds
from aimux.agents.osc7501 import AgentReport
from aimux.agents.recognise import Recognised
from aimux.agents.state_claims import Claim, Source, combine, is_news, outdates_rest
from aimux.agents.state_names import AgentStateName

STARTING_SECONDS = 10.0
"""How long an agent that has reported nothing counts as starting; the slowest seen took 4."""
RESTS: tuple[Source, ...] = ("screen", "transcript")
"""Who tells that an agent is at rest, and may be slow to tell that it is no more."""
MAX_PARTS = 64
"""Things that an agent runs and reports by id; more are not followed."""

_STATES: Mapping[str, AgentStateName] = {
    "starting": "starting",
    "working": "working",
    "blocked": "waiting",
    "done": "done",
    "idle": "idle",
    "error": "error",
    "limited": "limited",
}


@dataclass(frozen=True, slots=True)
class AgentState:
    """What an agent does, and how that is known.

    Attributes:
        name: The kind's name, such as `codex`, or what a program unknown to us calls itself.
        state: What it does. `done` is finished and not looked at since; `unknown` is said where
            no source tells.
        detail: The question, the message or the task, clean; "" if none.
        reason: For `waiting`, on what, in the agent's word: `permission`, `question`; else "".
        progress: 0 to 100, or `None`.
        since: When this state began, seconds on the monotonic clock.
        source: Who says so.
        evidence: What was seen, in a few words for people.
        resets_at: For `limited`, when it ends, in seconds since the epoch; `None` if not said.
    """

    name: str
    state: AgentStateName
    detail: str
    since: float
    source: Source
    reason: str = ""
    progress: int | None = None
    evidence: str = ""
    resets_at: float | None = None


class AgentTracker:
    """Follows the agent of one pane. Times are seconds on the monotonic clock, never decreasing."""

    def __init__(self, kinds: Mapping[str, Kind] | None = None) -> None:
        """Nothing runs yet; `kinds` are by name, `None` means those that come with aimux."""
        known = shipped_kinds() if kinds is None else kinds
        self._names = {app: kind.name for kind in known.values() for app in kind.reports_as}
        self._recognised: Recognised | None = None
        self._own: AgentReport | None = None
        self._parts: dict[str, AgentReport] = {}
        self._claims: dict[Source, Claim] = {}
        self._seen_at = 0.0
        self._looked_at = -1.0
        self._has_spoken = False
        self._has_exited = False
        self._at_prompt = False
        self._current: AgentState | None = None

    @property
    def recognised(self) -> Recognised | None:
        """The agent's process, as long as it lives."""
        return self._recognised

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What each source said last, the most trusted first."""
        return tuple(sorted(self._claims.values(), key=lambda claim: claim.rank))

    def reported(self, report: AgentReport, now: float) -> AgentState | None:
        """Take a report by OSC 7501, and give the state after it."""
        if report.id:
            self._part_reported(report)
        elif report.is_clear:
            self._own = None
            self._parts.clear()
        else:
            self._own = report
            self._has_exited = self._at_prompt = False
        speaking = self._speaking()
        if speaking is None:
            self._claims.pop("osc 7501", None)
        else:
            self._take(_claim_of(speaking, now))
        return self.state(now)

    def claimed(self, claim: Claim, now: float) -> AgentState | None:
        """Take what a source says, and give the state after it; nothing without a live agent."""
        if self._recognised is not None:
            self._take(claim)
        return self.state(now)

    def withdrawn(self, source: Source, now: float) -> AgentState | None:
        """A source says nothing any more."""
        self._claims.pop(source, None)
        return self.state(now)

    def looked_at(self, now: float) -> AgentState | None:
        """A person looks at the pane: what has finished is no news any more."""
        self._looked_at = now
        return self.state(now)

    def saw(self, recognised: Recognised | None, now: float) -> AgentState | None:
        """Take what `recognise` found among the pane's processes, and give the state after it."""
        before, self._recognised = self._recognised, recognised
        if recognised is None:
            if before is not None:
                self._gone(before, now)
        elif before is None or before.pid != recognised.pid:
            self._arrived(recognised, before, now)
        return self.state(now)

    def prompt_returned(self, now: float) -> AgentState | None:
        """The pane's shell drew its prompt (trusted OSC 133;A): what has exited is forgotten.

        An agent whose process lives is kept: it was stopped by ctrl-z or put in the background.
        """
        self._at_prompt = True
        if self._recognised is None:
            self._forget()
        return self.state(now)

    def command_started(self) -> None:
        """The pane's shell runs a command (trusted OSC 133;C): it is not at its prompt."""
        self._at_prompt = False

    def state(self, now: float) -> AgentState | None:
        """The state at a time, or `None` if no agent runs in the pane.

        Ask again when `STARTING_SECONDS` have passed since an agent came: nothing else changes
        without an input.
        """
        found = self._find(now)
        current = self._current
        if found is not None and current is not None and _is_same(found, current):
            found = replace(found, since=current.since)
        self._current = found
        return found

    def _take(self, claim: Claim) -> None:
        before = self._claims.get(claim.source)
        if not is_news(claim, before):
            return
        if before is not None and _says_the_same(before, claim):
            claim = replace(claim, at=before.at)
        self._claims[claim.source] = claim
        for source in RESTS:
            if outdates_rest(claim, self._claims.get(source)):
                del self._claims[source]
        self._has_spoken = self._has_spoken or claim.state != "unknown"

    def _part_reported(self, report: AgentReport) -> None:
        if report.is_clear:
            self._parts.pop(report.id, None)
        elif report.id in self._parts or len(self._parts) < MAX_PARTS:
            self._parts[report.id] = report

    def _arrived(self, recognised: Recognised, before: Recognised | None, now: float) -> None:
        """A process is there that was not. What was reported before may be its first word."""
        own = self._own
        is_its_own = own is not None and self._name(own) == recognised.kind.name
        if before is not None or not is_its_own:
            self._own = None
            self._parts.clear()
            self._claims.clear()
            self._has_spoken = False
        self._seen_at = now
        self._has_exited = self._at_prompt = False

    def _gone(self, before: Recognised, now: float) -> None:
        self._own = None
        self._parts.clear()
        self._claims.clear()
        if self._at_prompt:
            self._forget()
            return
        self._has_exited = True
        self._current = AgentState(before.kind.name, "exited", "", now, "process")

    def _forget(self) -> None:
        self._own = self._current = None
        self._parts.clear()
        self._claims.clear()
        self._has_exited = False

    def _find(self, now: float) -> AgentState | None:
        if self._has_exited:
            return self._current
        claim = combine(self._claims.values()) or self._claims.get("osc 7501")
        if claim is not None:
            return self._from_claim(claim)
        if self._recognised is None:
            return None
        starting = not self._has_spoken and now - self._seen_at < STARTING_SECONDS
        name = self._recognised.kind.name
        return AgentState(name, "starting" if starting else "unknown", "", now, "process")

    def _speaking(self) -> AgentReport | None:
        """The report that counts: of a part that waits for a person, else the agent's own."""
        waiting = [part for part in self._parts.values() if _STATES.get(part.state) == "waiting"]
        own = self._own
        if waiting and (own is None or _STATES.get(own.state) != "waiting"):
            return waiting[0]
        return own

    def _from_claim(self, claim: Claim) -> AgentState:
        is_seen = claim.state == "done" and claim.at <= self._looked_at
        name = self._name(self._own or AgentReport("", ""))
        return AgentState(
            name=self._recognised.kind.name if self._recognised else name,
            state="idle" if is_seen else claim.state,
            detail=claim.detail,
            since=claim.at,
            source=claim.source,
            reason=claim.reason,
            progress=claim.progress,
            evidence=claim.evidence,
            resets_at=claim.resets_at,
        )

    def _name(self, report: AgentReport) -> str:
        return self._names.get(report.app, report.app or "agent")


def _claim_of(report: AgentReport, now: float) -> Claim:
    return Claim(
        source="osc 7501",
        state=_STATES.get(report.state, "unknown"),
        at=now,
        detail=report.message or report.title,
        reason=report.kind,
        evidence=f"state={report.state}",
        progress=report.progress,
    )


def _says_the_same(before: Claim, claim: Claim) -> bool:
    if (before.state, before.reason) != (claim.state, claim.reason):
        return False
    return claim.state != "waiting" or before.detail == claim.detail


def _is_same(new: AgentState, old: AgentState) -> bool:
    """Whether nothing began anew; a second question of a waiting agent does begin anew."""
    if (new.name, new.state) != (old.name, old.state):
        return False
    return new.state != "waiting" or new.detail == old.detail
