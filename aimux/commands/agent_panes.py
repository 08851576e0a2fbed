"""Which pane a subcommand of `agent` means, and whether its agent may be told something now."""

from __future__ import annotations

import re

from aimux.agents.command_lines import program_words
from aimux.agents.kinds import Kind, shipped_kinds
from aimux.agents.recognise import kind_started_by
from aimux.agents.state_claims import EXACT, RANKS
from aimux.commands.command import Aim, Call
from aimux.errors import CommandError
from aimux.model.pane import Pane
from aimux.protocol.facts import AgentFact

NAME_OPTION = "agent-name"
"""The pane option that keeps what a person called the agent."""
NOT_READY = 3
"""Exit status: the agent's state does not allow it now, or it needs a person first."""
AT_REST = ("idle", "done")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


def kind_called(word: str) -> Kind:
    """The kind that a word names: its name, or its program's. Raises CommandError."""
    kinds = shipped_kinds()
    found = kinds.get(word) or next(
        (kind for kind in kinds.values() if word in kind.process.programs), None
    )
    if found is None:
        raise CommandError(f"unknown kind: {word} (one of {', '.join(sorted(kinds))})")
    return found


def name_of(pane: Pane) -> str:
    """What a person called the pane's agent; empty if nobody did."""
    return pane.options.text(NAME_OPTION)


def new_name(call: Call, name: str) -> str:
    """A name for an agent, checked. Raises CommandError for one that is taken or is none."""
    if _NAME.fullmatch(name) is None:
        raise CommandError(f"invalid agent name: {name}")
    if _called(call, name) is not None:
        raise CommandError(f"duplicate agent name: {name}")
    return name


def agent_pane(call: Call) -> Pane:
    """The pane that `-t` names: by its agent's name, or as any pane. Raises CommandError."""
    text = call.arguments.get("t")
    named = _called(call, text) if text else None
    if named is not None:
        return named
    pane = call.find(text, Aim.PANE).pane
    if pane is None:
        raise CommandError("no current pane")
    return pane


def _called(call: Call, name: str) -> Pane | None:
    return next((pane for pane in call.state.panes.values() if name_of(pane) == name), None)


def started_kind(pane: Pane) -> Kind | None:
    """The kind that the pane's own program is by its words: known before a process is seen."""
    return kind_started_by(program_words(pane.argv)) if pane.exited is None else None


def agent_in(call: Call, pane: Pane) -> AgentFact:
    """What is known of the pane's agent. Raises CommandError where there is none."""
    fact = call.effects.agent(pane)
    if fact is None:
        raise CommandError(f"no agent in %{pane.id}")
    return fact


def is_told(fact: AgentFact) -> bool:
    """Whether the agent itself has said its state: other sources can only look at it."""
    return any(fact.source == source and rank <= EXACT for source, rank in RANKS.items())


def is_limit_over(fact: AgentFact, now: float) -> bool:
    """Whether an agent stands at its prompt behind a limit whose time is over.

    A limit is told by a transcript at best: it is what a turn ended with.
    """
    told = RANKS["transcript"]
    return (
        fact.state == "limited"
        and any(fact.source == source and rank <= told for source, rank in RANKS.items())
        and fact.limit_reset is not None
        and fact.limit_reset <= now
    )


def objection(fact: AgentFact) -> str:
    """Why nothing can be typed into an agent now; empty if it is at its prompt."""
    place = f"%{fact.pane}"
    if fact.state not in AT_REST:
        why = f": {fact.request or fact.detail}" if fact.request or fact.detail else ""
        return f"{place} is {fact.state}{why}"
    if not is_told(fact):
        return f"{place} seems {fact.state}, but the agent has not said so ({fact.source})"
    return ""
