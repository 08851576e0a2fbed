"""decision: what was decided, and how it turned out. aimux's own."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from time import localtime, strftime

from aimux.commands.callers import caller_of
from aimux.commands.command import Call, Command, Flags
from aimux.commands.harmless import harmless_json, shown_lines
from aimux.commands.numbers import number
from aimux.commands.stored import answered
from aimux.commands.verbs import Verb, Words, run_verb
from aimux.errors import CommandError
from aimux.observe import decisions
from aimux.observe.decisions import OUTCOMES, Decision, as_markdown
from aimux.security.clean import clean

DEFAULT_COUNT = 50


def _log(call: Call, words: Words) -> None:
    """`decision log --title text`: prints its id."""
    title = words.get("title") or ""
    if not title.strip():
        raise CommandError("--title is needed")
    caller = caller_of(call)
    pane = next((one for one in call.state.panes.values() if one.id == caller.pane), None)
    made = Decision(
        at=call.effects.now(),
        author=caller.address,
        agent=caller.agent,
        path=caller.path,
        title=title,
        options=words.all("option"),
        chosen=words.get("chosen") or "",
        why=words.get("why") or "",
        confidence=_confidence(words.get("confidence")),
        link=words.get("link") or "",
        command=call.effects.records.last_text(pane) if pane is not None else "",
        revision=words.get("commit") or call.effects.exchange.revision(caller.path),
    )
    if made.options and made.chosen and made.chosen not in made.options:
        raise CommandError(f"not an option: {clean(made.chosen)}")
    work = partial(decisions.log, decision=made)
    answered(call, work, lambda call, kept: call.print(str(kept)), changes=True)


def _confidence(given: str | None) -> float | None:
    """A number from 0 to 1. Raises CommandError."""
    if given is None:
        return None
    try:
        value = float(given)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= 1.0:
        raise CommandError("confidence invalid (0 to 1)")
    return value


def _outcome(call: Call, words: Words) -> None:
    """`decision outcome id ok|bad`."""
    wanted, outcome = number(words.words[0], "id", low=1), words.words[1]
    if outcome not in OUTCOMES:
        raise CommandError(f"unknown outcome: {clean(outcome)} (one of {', '.join(OUTCOMES)})")
    by, now = caller_of(call).address, call.effects.now()
    work = partial(decisions.set_outcome, number=wanted, outcome=outcome, by=by, now=now)
    answered(call, work, lambda _call, _done: None, changes=True)


def _list(call: Call, words: Words) -> None:
    """`decision list`: the newest, the oldest of them first."""
    count = words.get("count") or str(DEFAULT_COUNT)
    limit = number(count, "count", low=1, high=decisions.MAX_FOUND)

    def tell(call: Call, found: list[Decision]) -> None:
        if words.has("json"):
            call.print(harmless_json([asdict(one) for one in found]))
        elif words.has("markdown"):
            call.print(as_markdown(found, [_date(one) for one in found]))
        else:
            for one in found:
                call.print("\n".join(_block(one)))

    answered(call, partial(decisions.list_decisions, limit=limit), tell)


def _block(one: Decision) -> list[str]:
    who = f"{clean(one.author)} ({clean(one.agent)})" if one.agent else clean(one.author)
    outcome = f"  {one.outcome}" if one.outcome else ""
    chosen = f" -> {clean(one.chosen)}" if one.chosen else ""
    head = f"#{one.id}  {_date(one)}  {who}  {clean(one.title)}{chosen}{outcome}"
    return [head, *shown_lines(one.why, "    ")]


def _date(one: Decision) -> str:
    return strftime("%Y-%m-%d %H:%M", localtime(one.at))


VERBS = {
    "log": Verb(
        _log,
        (0, 0),
        "--title text [--option text] ... [--chosen text] [--why text] [--confidence 0-1]"
        " [--link text] [--commit revision]",
        dict.fromkeys(("title", "option", "chosen", "why", "confidence", "link", "commit"), True),
    ),
    "outcome": Verb(_outcome, (2, 2), "id ok|bad"),
    "list": Verb(
        _list,
        (0, 0),
        "[--json|--markdown] [--count count]",
        {"json": False, "markdown": False, "count": True},
    ),
}


def decision(call: Call) -> None:
    """`decision` and one of VERBS."""
    run_verb(call, VERBS)


COMMANDS = (
    Command(
        name="decision",
        alias=None,
        getopt="",
        arity=(1, None),
        usage="|".join(VERBS) + " [argument ...]",
        flags=Flags.CAN_FAIL,
        run=decision,
        is_addition=True,
    ),
)
