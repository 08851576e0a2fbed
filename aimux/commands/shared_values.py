"""kv: values that agents share, each with its author and version. aimux's own.

`kv cas` exits with LOST where the version was another one.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

from aimux.agents import messages, shared_values
from aimux.agents.addresses import Caller
from aimux.agents.shared_values import ABSENT, Shared, Written
from aimux.commands.callers import caller_of, namespace_of
from aimux.commands.command import Call, Command, Flags
from aimux.commands.exchange import VALUES
from aimux.commands.harmless import harmless_json, shown_lines
from aimux.commands.numbers import number, seconds
from aimux.commands.standard_input import collect
from aimux.commands.stored import answered, answered_by
from aimux.commands.value_watch import value_line, watch
from aimux.commands.verbs import Verb, Words, run_verb
from aimux.errors import CommandError
from aimux.patterns.globs import glob_matches
from aimux.persist.store import Store
from aimux.security.clean import clean

LOST = 2
"""The exit status of `kv cas` for another version."""
STDIN = "-"
QUEUED = "queued"
"""Printed for a version while the other hosts cannot be reached."""


def _set(call: Call, words: Words) -> None:
    """`kv set key value`, standard input for `-`: prints the new version."""
    if words.words[1:] == (STDIN,):
        collect(call, lambda data: _write(call, words, data.decode("utf-8", "replace")))
    else:
        _write(call, words, words.text(1))


def _write(call: Call, words: Words, value: str, expected: int | None = None) -> None:
    place = (namespace_of(call, words.get("namespace")), words.words[0])
    given, fleet = words.get("ttl"), call.effects.exchange.fleet
    ttl = None if given is None else seconds(given, "ttl")
    caller, now = caller_of(call), call.effects.now()

    if fleet.shares(place[0]):
        shared_values.check(place[1], value)
        record = _record(caller, place, value, now=now, ttl=ttl)
        told = partial(_tell_written, place=place)
        answered_by(call, partial(fleet.write_value, record, expected), told)
        return

    def work(store: Store) -> Written:
        server = fleet.values_of(place[0])
        if expected is None:
            version: int | None = shared_values.set_value(
                store, server, caller, place, value, now=now, ttl=ttl
            )
        else:
            version = shared_values.compare_and_set(
                store, server, caller, place, expected, value, now=now, ttl=ttl
            )
        return Written(version)

    answered(call, work, partial(_tell_written, place=place), changes=True)


def _record(
    caller: Caller, place: tuple[str, str], value: str, *, now: float, ttl: float | None
) -> Shared:
    expires = None if ttl is None else now + ttl
    name, text = messages.storable(place[1]), messages.storable(value)
    return Shared(place[0], name, text, caller.address, caller.agent, now, ABSENT, expires)


def _tell_written(call: Call, written: Written, *, place: tuple[str, str]) -> None:
    if written.version is None and not written.is_queued:
        call.source.requester.error(f"{clean(place[1])} has another version")
        call.source.requester.fail(LOST)
        return
    call.effects.exchange.changed(VALUES)
    call.print(QUEUED if written.is_queued else str(written.version))


def _compare_and_set(call: Call, words: Words) -> None:
    """`kv cas key version value`: 0 is the version of what is not there."""
    expected = number(words.words[1], "version", low=ABSENT)
    _write(call, words, words.text(2), expected)


def _get(call: Call, words: Words) -> None:
    """`kv get key`."""
    place = (namespace_of(call, words.get("namespace")), words.words[0])
    now, server = call.effects.now(), call.effects.exchange.fleet.values_of(place[0])

    def tell(call: Call, found: Shared | None) -> None:
        if found is None:
            raise CommandError(f"no key {clean(place[1])}")
        if words.has("json"):
            call.print(harmless_json(asdict(found)))
        elif words.has("raw"):
            call.source.requester.raw(found.value)
        else:
            call.print("\n".join(shown_lines(found.value, "")))

    answered(call, partial(shared_values.get, server=server, place=place, now=now), tell)


def _list(call: Call, words: Words) -> None:
    """`kv list [pattern]`."""
    namespace = namespace_of(call, words.get("namespace"))
    pattern = words.text(0) or "*"
    now, server = call.effects.now(), call.effects.exchange.fleet.values_of(namespace)

    def tell(call: Call, found: list[Shared]) -> None:
        kept = [one for one in found if glob_matches(pattern, one.name)]
        if words.has("json"):
            call.print(harmless_json([asdict(one) for one in kept]))
            return
        for one in kept:
            call.print(value_line(one, now))

    answered(
        call,
        partial(shared_values.list_values, server=server, namespace=namespace, now=now),
        tell,
    )


def _delete(call: Call, words: Words) -> None:
    """`kv del key`."""
    place = (namespace_of(call, words.get("namespace")), words.words[0])
    now, exchange = call.effects.now(), call.effects.exchange
    fleet = exchange.fleet

    def tell(_call: Call, written: Written) -> None:
        if written.version is None:
            raise CommandError(f"no key {clean(place[1])}")
        exchange.changed(VALUES)

    if fleet.shares(place[0]):
        record = _record(caller_of(call), place, "", now=now, ttl=None)
        answered_by(call, partial(fleet.delete_value, record), tell)
        return

    def work(store: Store) -> Written:
        server = fleet.values_of(place[0])
        was_there = shared_values.delete(store, server, place, now=now)
        return Written(shared_values.newest_version(store, server) if was_there else None)

    answered(call, work, tell, changes=True)


_PLACE = {"namespace": True}
_WHERE = "[--namespace global|session|repository]"
VERBS = {
    "set": Verb(_set, (2, None), f"{_WHERE} [--ttl time] key value|-", {**_PLACE, "ttl": True}),
    "get": Verb(
        _get,
        (1, 1),
        f"{_WHERE} [--json|--raw] key",
        {**_PLACE, "json": False, "raw": False},
    ),
    "list": Verb(_list, (0, 1), f"{_WHERE} [--json] [pattern]", {**_PLACE, "json": False}),
    "watch": Verb(
        watch,
        (0, 1),
        f"{_WHERE} [--json] [--count count] [--timeout time] [pattern]",
        {**_PLACE, "json": False, "count": True, "timeout": True},
    ),
    "cas": Verb(
        _compare_and_set,
        (3, None),
        f"{_WHERE} [--ttl time] key version value",
        {**_PLACE, "ttl": True},
    ),
    "del": Verb(_delete, (1, 1), f"{_WHERE} key", _PLACE),
}


def kv(call: Call) -> None:
    """`kv` and one of VERBS."""
    run_verb(call, VERBS)


COMMANDS = (
    Command(
        name="kv",
        alias=None,
        getopt="",
        arity=(1, None),
        usage="|".join(VERBS) + " [argument ...]",
        flags=Flags.CAN_FAIL,
        run=kv,
        is_addition=True,
    ),
)
