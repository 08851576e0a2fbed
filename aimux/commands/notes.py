"""note: what agents found out, kept in words and found by words. aimux's own."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

from aimux.agents import notes
from aimux.agents.notes import Note
from aimux.commands.callers import caller_of, namespace_of
from aimux.commands.command import Call, Command, Flags
from aimux.commands.harmless import age, harmless_json, shown_lines
from aimux.commands.numbers import number
from aimux.commands.standard_input import collect
from aimux.commands.stored import answered
from aimux.commands.verbs import Verb, Words, run_verb
from aimux.security.clean import clean

DEFAULT_COUNT = 20
STDIN = "-"


def _add(call: Call, words: Words) -> None:
    """`note add text`, standard input for `-`: prints its id."""
    if words.words == (STDIN,):
        collect(call, lambda data: _keep(call, words, data.decode("utf-8", "replace")))
    else:
        _keep(call, words, words.text(0))


def _keep(call: Call, words: Words, text: str) -> None:
    namespace = namespace_of(call, words.get("namespace"))
    exchange = call.effects.exchange
    work = partial(
        notes.add,
        caller=caller_of(call),
        namespace=namespace,
        text=text,
        now=call.effects.now(),
        leaves=exchange.fleet.notes_leave(namespace),
    )

    def tell(call: Call, made: int) -> None:
        exchange.changed()
        call.print(str(made))

    answered(call, work, tell, changes=True)


def _search(call: Call, words: Words) -> None:
    """`note search [word ...]`: without words the newest."""
    given = words.get("namespace")
    namespace = None if given is None else namespace_of(call, given)
    count = number(words.get("count") or str(DEFAULT_COUNT), "count", low=1, high=notes.MAX_FOUND)
    wanted = [word for text in words.words for word in text.split()]

    def tell(call: Call, found: list[Note]) -> None:
        if words.has("json"):
            call.print(harmless_json([asdict(one) for one in found]))
            return
        for one in found:
            call.print("\n".join(_block(one, call.effects.now())))

    work = partial(notes.search, words=wanted, namespace=namespace, limit=count)
    answered(call, work, tell)


def _block(one: Note, now: float) -> list[str]:
    who = f"{clean(one.author)} ({clean(one.agent)})" if one.agent else clean(one.author)
    head = f"#{one.id} {who} {age(now - one.written)} ago in {clean(one.namespace)}"
    return [head, *shown_lines(one.text, "    ")]


_WHERE = "[--namespace global|session|repository]"
VERBS = {
    "add": Verb(_add, (1, None), f"{_WHERE} text|-", {"namespace": True}),
    "search": Verb(
        _search,
        (0, None),
        f"{_WHERE} [--json] [--count count] [word ...]",
        {"namespace": True, "json": False, "count": True},
    ),
}


def note(call: Call) -> None:
    """`note` and one of VERBS."""
    run_verb(call, VERBS)


COMMANDS = (
    Command(
        name="note",
        alias=None,
        getopt="",
        arity=(1, None),
        usage="|".join(VERBS) + " [argument ...]",
        flags=Flags.CAN_FAIL,
        run=note,
        is_addition=True,
    ),
)
