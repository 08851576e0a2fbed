"""agents, agent explain, agent report: what is known of agents, and what they tell. aimux's own."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from aimux.agents.explanation import explanation_lines, explanation_record
from aimux.agents.marks import mark_of
from aimux.agents.sources.fields import parse_record
from aimux.commands.agent_handing import answer_hook
from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.standard_input import collect
from aimux.errors import CommandError
from aimux.model.pane import Pane
from aimux.protocol.facts import AgentFact
from aimux.protocol.plan_limits import compactions_text, limit_text

MAX_EVENT = 1 << 20
"""Bytes of a hook's event."""


def agents(call: Call) -> None:
    """`agents [--json] [--watch]`: every agent once; again with each turn while `--watch`.

    Those of other hosts stand behind those of this one, and are not watched.
    """
    known = [*_once(call.effects.agents()), *call.effects.exchange.fleet.agents()]
    if not call.arguments.has("watch"):
        _print(call, known)
        return
    _print_lines(call, known)
    client, release = call.source.client, call.queue.wait()

    def turned(pane: Pane) -> bool:
        if client is not None and client.id not in call.state.clients:
            release()
            return True
        fact = call.effects.agent(pane)
        _print_lines(call, [fact] if fact is not None else [])
        return False

    call.effects.agent_book.watch(turned)


def agent_explain(call: Call) -> None:
    """`agent explain [-t target-pane] [--json]`: who says what of an agent, and since when."""
    pane = _own_pane(call)
    found = call.effects.agent_book.explain(pane)
    if found is None:
        raise CommandError(f"no agent in %{pane.id}")
    if call.arguments.has("json"):
        call.print(json.dumps(explanation_record(found), ensure_ascii=False))
        return
    for line in explanation_lines(found):
        call.print(line)


def agent_report(call: Call) -> None:
    """`agent report [-t target-pane] [--inbox] kind [event]`: what a hook was given, as JSON.

    Without an event it is read from standard input. Agents read what their hooks say: nothing is
    printed, and with `--inbox` what hands the agent its messages, where its kind has a form for it.
    """
    pane = _own_pane(call)
    kind, *event = call.arguments.texts()
    if event:
        _report(call, pane, kind, event[0].encode())
    else:
        collect(call, lambda data: _report(call, pane, kind, data))


def _own_pane(call: Call) -> Pane:
    """The target, or the pane that it was typed in: not the one beside it that is active."""
    typed_in = call.source.pane
    return call.the_pane() if call.arguments.has("t") or typed_in is None else typed_in


def _report(call: Call, pane: Pane, kind: str, data: bytes) -> None:
    if len(data) > MAX_EVENT:
        raise CommandError("event too large")
    fields, book = parse_record(data), call.effects.agent_book

    def report() -> None:
        book.hooked(pane, kind, fields)

    if call.arguments.has("inbox"):
        answer_hook(call, pane, kind, fields, otherwise=report)
    else:
        report()


def _once(facts: Sequence[AgentFact]) -> list[AgentFact]:
    """Each pane's agent once, though its window is linked into several sessions."""
    return list({fact.pane: fact for fact in reversed(facts)}.values())[::-1]


def _print(call: Call, facts: Sequence[AgentFact]) -> None:
    if call.arguments.has("json"):
        call.print(json.dumps([_record(fact) for fact in facts], ensure_ascii=False))
        return
    _print_lines(call, facts)


def _print_lines(call: Call, facts: Sequence[AgentFact]) -> None:
    """A line for each, whole in itself."""
    for fact in facts:
        is_json = call.arguments.has("json")
        call.print(json.dumps(_record(fact), ensure_ascii=False) if is_json else _line(call, fact))


def _record(fact: AgentFact) -> dict[str, object]:
    fields: dict[str, object] = msgspec.structs.asdict(fact)
    context = fact.context
    fields["pane"] = _pane(fact)
    fields["answers"] = dict(fact.answers)
    fields["context"] = None
    if context is not None:
        limits = [msgspec.structs.asdict(limit) for limit in context.limits]
        fields["context"] = msgspec.structs.asdict(context) | {"limits": limits}
    return fields


def _line(call: Call, fact: AgentFact) -> str:
    """Such as `▲ %3 work:0.1 claude-code waiting (permission) 12s 4% $0.12 5h 62% touch x`."""
    why = f" ({fact.reason})" if fact.reason else ""
    age = max(0, round(call.effects.now() - fact.since))
    text = fact.request or fact.detail
    host = f"@{fact.host}" if fact.host else ""
    pane, name = f"{mark_of(fact.state)} {_pane(fact)}", f"{fact.name}{host}"
    words = (pane, fact.place, name, fact.state + why, _old(fact, call.effects.now()))
    return " ".join(filter(None, (*words, f"{age}s", *_numbers(fact, call.effects.now()), text)))


def _pane(fact: AgentFact) -> str:
    """A pane as messages reach it; no command takes one of another host for one of this."""
    return f"%{fact.pane}@{fact.host}" if fact.host else f"%{fact.pane}"


def _old(fact: AgentFact, now: float) -> str:
    """That nothing was heard for so long of the host that it is on."""
    is_old = fact.host and fact.stale_from is not None and now >= fact.stale_from
    return f"(as of {round(now - (fact.stale_from or now))}s ago)" if is_old else ""


def _numbers(fact: AgentFact, now: float) -> list[str]:
    """How full its context is, what it cost and what its plan allows; "" for what is not told."""
    context = fact.context
    if context is None:
        return []
    share = "" if context.percent is None else f"{context.percent}%"
    growth = f"+{context.growth}/turn" if context.growth and context.growth > 0 else ""
    cost = "" if fact.cost is None else f"${fact.cost:.2f}"
    limits = [limit_text(one.name, one.percent, one.resets_at, now) for one in context.limits]
    return [share, growth, compactions_text(context.compactions), cost, *limits]


COMMANDS = (
    Command(
        name="agents",
        alias=None,
        getopt="",
        arity=(0, 0),
        usage="[--json] [--watch]",
        flags=Flags.READ_ONLY,
        run=agents,
        is_addition=True,
        long={"json": False, "watch": False},
    ),
    Command(
        name="agent explain",
        alias=None,
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-pane] [--json]",
        target=Aim.PANE,
        flags=Flags.READ_ONLY,
        run=agent_explain,
        is_addition=True,
        long={"json": False},
    ),
    Command(
        name="agent report",
        alias=None,
        getopt="t:",
        arity=(1, 2),
        usage="[-t target-pane] [--inbox] kind [event]",
        target=Aim.PANE,
        run=agent_report,
        is_addition=True,
        long={"inbox": False},
    ),
)
