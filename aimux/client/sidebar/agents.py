"""AGENTS: every coding agent in every session, whoever needs a person first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.text import Text

from aimux.client.sidebar.ages import age_text
from aimux.client.sidebar.colours import ATTENTION, FAILURE, QUIET
from aimux.client.sidebar.panel import Panel, View, spread, styled
from aimux.protocol.messages import AgentFact, Facts


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is shown.

    Attributes:
        mark: One cell, so that colour is not needed to tell states apart.
        word: What stands beside the age.
        style: Colour is for what needs a person, and for nothing else.
        rank: Lower ones come first.
    """

    mark: str
    word: str
    style: str
    rank: int


_LOOKS = {
    "waiting": Look("▲", "waits", ATTENTION, 0),
    "error": Look("✗", "error", FAILURE, 1),
    "limited": Look("⏸", "limited", ATTENTION, 2),
    "working": Look("●", "working", "", 3),
    "starting": Look("◌", "starting", "", 4),
    "done": Look("✓", "done", "", 5),
    "unknown": Look("?", "", QUIET, 6),
    "idle": Look("·", "idle", QUIET, 7),
    "exited": Look("∅", "exited", QUIET, 8),
}


def look_of(state: str) -> Look:
    """The look of a state; of `unknown` for one that this version does not know."""
    return _LOOKS.get(state, _LOOKS["unknown"])


def _note(view: View) -> Text:
    agents = view.facts.agents
    waiting = sum(agent.state == "waiting" for agent in agents)
    if not agents:
        return Text()
    note = styled(str(len(agents)), QUIET)
    return note.append(f" · {waiting} waits", ATTENTION) if waiting else note


def _entries(view: View) -> list[list[Text]]:
    agents = sorted(view.facts.agents, key=lambda agent: (look_of(agent.state).rank, agent.since))
    return [_entry(agent, view) for agent in agents]


def _entry(agent: AgentFact, view: View) -> list[Text]:
    look = look_of(agent.state)
    row = styled(f"{look.mark} ", look.style)
    row.append_text(styled(f"{agent.name:<7} "))
    row.append_text(styled(agent.place, QUIET))
    age = styled(f"{look.word} {age_text(view.now - agent.since)}".strip(), look.style)
    entry = [spread(row, age, view.width)]
    if agent.detail:
        entry.append(spread(styled(f"  {agent.detail}", QUIET), Text(), view.width))
    return entry


def _moments(facts: Facts) -> Iterable[float]:
    return (agent.since for agent in facts.agents)


PANEL = Panel("AGENTS", _note, _entries, _moments, empty="none running")
