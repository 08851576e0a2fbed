"""CONTEXT: how much of its window each agent has used, the fullest first."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from aimux.client.sidebar.agents import opens
from aimux.client.sidebar.colours import QUIET
from aimux.client.sidebar.panel import Entry, Panel, View, packed, spread, styled
from aimux.client.sidebar.tokens import percent_text, plan_texts, share_text, token_text
from aimux.protocol.facts import AgentFact, ContextFact
from aimux.protocol.server_messages import Facts

_BAR = 5


def _note(view: View) -> Text:
    costs = [agent.cost for agent in view.facts.agents if agent.cost is not None]
    return styled(f"${sum(costs):.2f}" if costs else "", QUIET)


def _entries(view: View) -> list[Entry]:
    told = [(agent, agent.context) for agent in view.facts.agents if agent.context is not None]
    told.sort(key=lambda pair: -(pair[1].percent or 0))
    return [_entry(agent, context, view) for agent, context in told]


def _entry(agent: AgentFact, context: ContextFact, view: View) -> Entry:
    used = f"{view.marks.bar(context.percent or 0, _BAR)} {percent_text(context):>4}"
    host = f"@{agent.host}" if agent.host else ""
    name = styled(f"{agent.name}{host} ").append_text(styled(agent.window or agent.place, QUIET))
    text = (
        f"{used} {share_text(context):>9}" if context.percent is not None else share_text(context)
    )
    rows = [spread(name, styled(text), view.width, view.marks)]
    texts = [text for text in (_turns_left(context), *plan_texts(context, view.now)) if text]
    rows += [
        spread(Text(), styled(text, QUIET), view.width, view.marks)
        for text in packed(texts, view.width - 1, view.marks)
    ]
    return Entry(f"{agent.host}%{agent.pane}", tuple(rows), opens(agent))


def _turns_left(context: ContextFact) -> str:
    """What the last turn added, and how many like it still fit."""
    if not context.growth or context.growth <= 0:
        return ""
    added = f"+{token_text(context.growth)} a turn"
    if not context.window:
        return added
    return f"{added}, room for {max(0, context.window - context.used) // context.growth} more"


def _moments(_facts: Facts) -> Iterable[float]:
    return ()


PANEL = Panel("context", "CONTEXT", "tokens used, by agent", _note, _entries, _moments)
