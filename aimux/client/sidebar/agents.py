"""AGENTS: every coding agent in every session, whoever needs a person first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rich.cells import chop_cells
from rich.text import Text

from aimux.client.sidebar.ages import age_text
from aimux.client.sidebar.colours import ATTENTION, FAILURE, QUIET
from aimux.client.sidebar.marks import look_of
from aimux.client.sidebar.panel import Entry, Panel, View, cut, joined, packed, spread, styled
from aimux.client.sidebar.tokens import percent_text, plan_texts, share_text
from aimux.protocol.client_messages import PaneOpened, PromptAnswered, RowAsked
from aimux.protocol.facts import AgentFact, ContextFact
from aimux.protocol.message import Message
from aimux.protocol.server_messages import Facts

KIND = "agent"
_INDENT = "  "
_MAX_BAR = 10
_MAX_REQUEST_ROWS = 4
LEAST_LIMIT = 50
"""Percent of a plan's limit from which on it stands here, too; the panel CONTEXT shows all."""


def _note(view: View) -> Text:
    agents = view.facts.agents
    waiting = sum(agent.state == "waiting" for agent in agents)
    failed = sum(agent.state == "error" for agent in agents)
    note = styled(str(len(agents)) if agents else "", QUIET)
    if waiting:
        note.append(f" {view.marks.dot} {waiting} waits", ATTENTION)
    if failed:
        note.append(f" {view.marks.dot} {failed} failed", FAILURE)
    return note


def _entries(view: View) -> list[Entry]:
    agents = sorted(view.facts.agents, key=lambda agent: (look_of(agent.state).rank, agent.since))
    return [_entry(agent, view) for agent in agents]


def _entry(agent: AgentFact, view: View) -> Entry:
    rows = [_heading(agent, view)]
    answers: dict[str, Message] = {}
    if agent.state == "waiting":
        request = _request(agent, view)
        rows += request.rows
        answers = _answers(agent) if request.is_whole else {}
    else:
        rows += _second(agent, view)
    if _is_stale(agent, view.now):
        for row in rows:
            row.stylize(QUIET)
    if agent.host:
        answers["m"] = RowAsked(KIND, agent.pane, "m", agent.host)
    return Entry(f"{agent.host}%{agent.pane}", tuple(rows), opens(agent), answers)


def opens(agent: AgentFact) -> Message:
    """What Enter on an agent asks for: its pane, or what can be done to one of another host."""
    if agent.host:
        return RowAsked(KIND, agent.pane, "Enter", agent.host)
    return PaneOpened(agent.pane)


def _heading(agent: AgentFact, view: View) -> Text:
    look = look_of(agent.state)
    name = f"{agent.name}@{agent.host}" if agent.host else agent.name
    row = joined((f"{view.marks.of(agent.state)} ", look.style), (f"{name:<7} ", look.style))
    row.append_text(styled(f"{agent.window} {agent.place}".strip(), QUIET))
    age = styled(f"{look.word} {age_text(view.now - agent.since)}".strip(), look.style)
    return spread(row, age, view.width, view.marks)


def _second(agent: AgentFact, view: View) -> list[Text]:
    """How full its context is, or else what it says of itself."""
    if agent.state == "limited" and agent.limit_reset is not None:
        at = datetime.fromtimestamp(agent.limit_reset).astimezone()
        return [styled(f"{_INDENT}until {at:%H:%M}", QUIET)]
    if agent.state != "error" and agent.context is not None:
        return [_context(agent, view), *_plan(agent.context, view)]
    text = agent.detail or agent.reason
    return [cut(styled(_INDENT + text, QUIET), view.width, view.marks)] if text else []


@dataclass(frozen=True, slots=True)
class _Request:
    """What an agent asks, as rows; `is_whole` if nothing of it is cut off."""

    rows: list[Text]
    is_whole: bool


def _request(agent: AgentFact, view: View) -> _Request:
    """The exact request and the keys that answer it.

    A person must not approve what is not seen: keys are offered beside all of the request only.
    """
    text = styled(agent.request or agent.detail or agent.reason)
    keys = joined(*(part for key, word in agent.answers for part in _answer(key, word)))
    if not text.plain:
        return _Request([], is_whole=False)
    room = max(1, view.width - len(_INDENT))
    if text.cell_len + keys.cell_len + 1 <= room:
        return _Request([spread(styled(_INDENT + text.plain), keys, view.width)], is_whole=True)
    pieces = chop_cells(text.plain, room)
    rows = [styled(_INDENT + piece) for piece in pieces[:_MAX_REQUEST_ROWS]]
    if len(pieces) > _MAX_REQUEST_ROWS:
        rows[-1] = cut(styled(_INDENT + "".join(pieces[_MAX_REQUEST_ROWS - 1 :])), view.width)
        return _Request(rows, is_whole=False)
    if agent.answers:
        rows.append(styled(_INDENT[1:]).append_text(keys))
    return _Request(rows, is_whole=True)


def _answer(key: str, word: str) -> tuple[tuple[str, str], ...]:
    return (f" {key}", ATTENTION), (f" {word}", QUIET)


def _context(agent: AgentFact, view: View) -> Text:
    context = agent.context
    if context is None:
        raise AssertionError(f"the agent in %{agent.pane} has no context")
    cost = f"${agent.cost:.2f}" if agent.cost is not None else ""
    percent, share = percent_text(context), share_text(context)
    words = f"{_INDENT}ctx  {percent}  {share}"
    room = view.width - len(words) - (len(cost) + 1 if cost else 0) - 1
    bar = view.marks.bar(context.percent or 0, max(3, min(_MAX_BAR, room))) if percent else ""
    row = f"{_INDENT}ctx {bar} {percent}  {share}" if bar else f"{_INDENT}ctx {share}"
    return spread(styled(row, QUIET), styled(cost, QUIET), view.width, view.marks)


def _plan(context: ContextFact, view: View) -> list[Text]:
    """One row: a plan's limits if they come near, or else how often it was compacted."""
    texts = plan_texts(context, view.now, least=LEAST_LIMIT)
    rows = packed(texts, view.width - len(_INDENT), view.marks)[:1]
    return [styled(_INDENT + row, QUIET) for row in rows]


def _answers(agent: AgentFact) -> dict[str, Message]:
    return {
        key: PromptAnswered(agent.pane, agent.request_id, key)
        for key, _ in (agent.answers if agent.state == "waiting" else ())
    }


def _is_stale(agent: AgentFact, now: float) -> bool:
    return agent.stale_from is not None and now >= agent.stale_from


def _moments(facts: Facts) -> Iterable[float]:
    for agent in facts.agents:
        yield agent.since
        if agent.stale_from is not None:
            yield agent.stale_from


PANEL = Panel("agents", "AGENTS", "who works, who needs you", _note, _entries, _moments)
