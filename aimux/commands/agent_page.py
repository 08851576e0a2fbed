"""An agent of another host: all that is known of it, and what can be done to it from here."""

from __future__ import annotations

from aimux.agents.marks import mark_of
from aimux.commands.command import Call
from aimux.commands.exchange_pages import AGENT_KEYS, moment_text, open_page
from aimux.commands.harmless import age
from aimux.commands.verbs import Words
from aimux.errors import CommandError
from aimux.model.page import PageLine
from aimux.protocol.facts import AgentFact
from aimux.security.clean import clean


def open_agent(call: Call, words: Words) -> None:
    """`fleet open agent`: one of another host, by name or pane: `bob@beta`, `%3@beta`."""
    fact, now = _find(call, words.words[0]), call.effects.now()
    lines = agent_lines(fact, now)
    page = open_page(call, f"{fact.name}@{fact.host}", AGENT_KEYS, f"{fact.pane}@{fact.host}")
    if page is not None:
        page.show(lines)
    else:
        call.print("\n".join(f"{line.label:<10}{line.text}".rstrip() for line in lines))


def _find(call: Call, word: str) -> AgentFact:
    for one in call.effects.exchange.fleet.agents():
        if word in (f"%{one.pane}@{one.host}", f"{one.name}@{one.host}"):
            return one
    raise CommandError(f"no agent {clean(word)} on another host")


def agent_lines(fact: AgentFact, now: float) -> list[PageLine]:
    """What is told of it; everything in it is clean."""
    why = f" ({fact.reason})" if fact.reason else ""
    is_old = fact.stale_from is not None and now >= fact.stale_from
    told = {
        "host": f"{fact.host}, nothing heard for {age(now - (fact.stale_from or now))}"
        if is_old
        else fact.host,
        "pane": f"%{fact.pane}  {fact.place}  {fact.window}".rstrip(),
        "state": f"{mark_of(fact.state)} {fact.state}{why}, since {moment_text(fact.since, now)}",
        "asks": fact.request,
        "says": fact.detail if fact.detail != fact.request else "",
        "progress": f"{fact.progress}%" if fact.progress is not None else "",
        "context": _context(fact),
        "cost": f"${fact.cost:.2f}" if fact.cost is not None else "",
    }
    lines = [PageLine(text, label) for label, text in told.items() if text]
    if fact.state == "waiting":
        lines += [PageLine(""), PageLine(f"It is answered on {fact.host}, in its pane.")]
    return lines


def _context(fact: AgentFact) -> str:
    context = fact.context
    if context is None:
        return ""
    share = f"{context.percent}%, " if context.percent is not None else ""
    window = f" of {context.window}" if context.window else ""
    return f"{share}{context.used}{window} tokens"
