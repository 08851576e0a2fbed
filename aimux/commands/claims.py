"""claim: who works on which files. aimux's own.

A path that somebody else has claimed is refused with TAKEN, and both are told on their screens.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import PurePosixPath

from aimux.agents import claims
from aimux.agents.addresses import Caller, host_of
from aimux.agents.claims import Claim
from aimux.commands.callers import caller_of
from aimux.commands.command import Call, Command, Flags
from aimux.commands.harmless import age, harmless_json
from aimux.commands.numbers import seconds
from aimux.commands.stored import answered, answered_by
from aimux.commands.verbs import Words, words_of
from aimux.errors import CommandError
from aimux.persist.store import Store
from aimux.security.clean import clean

TAKEN = 2
"""The exit status where a path is somebody else's."""
DEFAULT_SECONDS = 3600.0


def claim(call: Call) -> None:
    """`claim path ... [--ttl time]`, `claim list [--json]`, `claim release [path ...]`."""
    words = words_of(call, {"json": False, "ttl": True})
    if not words.words:
        raise CommandError("which? (path ..., list, release [path ...])")
    verb = _VERBS.get(words.words[0], _take)
    verb(call, words)


def _take(call: Call, words: Words) -> None:
    paths = [_absolute(call, word) for word in words.words]
    caller, now, fleet = caller_of(call), call.effects.now(), call.effects.exchange.fleet
    server = fleet.claims
    ttl = seconds(words.get("ttl") or str(DEFAULT_SECONDS), "ttl")

    def work(store: Store) -> list[Claim]:
        claims.forget_expired(store, server, now=now)
        return claims.claim(store, server, caller, paths, now=now, ttl=ttl)

    def tell(call: Call, in_the_way: list[Claim]) -> None:
        for one in in_the_way:
            _warn(call, caller, one)
        if in_the_way:
            call.source.requester.fail(TAKEN)
        else:
            call.effects.exchange.claimed(now + ttl)

    answered_by(call, partial(fleet.change_claims, work), tell)


def _warn(call: Call, caller: Caller, one: Claim) -> None:
    """Tell whoever asked, and the people who look at either pane."""
    path, owner = clean(one.path), clean(one.owner)
    left = age(one.expires - call.effects.now())
    call.source.requester.error(f"{path} is claimed by {owner} for {left}")
    exchange, text = (
        call.effects.exchange,
        f"{clean(caller.address)} wants {path}, which {owner} has",
    )
    is_here = not host_of(one.owner)
    exchange.warn([pane for pane in (caller.pane, one.pane if is_here else -1) if pane >= 0], text)
    if not is_here and one.pane >= 0:
        exchange.fleet.warn_elsewhere(one.owner, one.pane, text)


def _absolute(call: Call, word: str) -> str:
    """The path that a word means from where the caller is, without `..`."""
    parts: list[str] = []
    for part in PurePosixPath(call.resolve(word)).parts[1:]:
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
    return "/" + "/".join(parts)


def _list(call: Call, words: Words) -> None:
    now, server = call.effects.now(), call.effects.exchange.fleet.claims

    def tell(call: Call, found: list[Claim]) -> None:
        if words.has("json"):
            call.print(harmless_json([asdict(one) for one in found]))
            return
        for one in found:
            left = age(one.expires - now)
            call.print(f"{clean(one.path)}  {clean(one.owner)}  {left} left")

    answered(call, partial(claims.list_claims, server=server, now=now), tell)


def _release(call: Call, words: Words) -> None:
    paths = [_absolute(call, word) for word in words.words[1:]]
    caller, now, fleet = caller_of(call), call.effects.now(), call.effects.exchange.fleet

    def tell(call: Call, released: list[str]) -> None:
        if paths and not released:
            raise CommandError("not claimed")
        for path in released:
            call.print(clean(path))

    work = partial(claims.release, server=fleet.claims, caller=caller, paths=paths, now=now)
    answered_by(call, partial(fleet.change_claims, work), tell)


_VERBS = {"list": _list, "release": _release}

COMMANDS = (
    Command(
        name="claim",
        alias=None,
        getopt="",
        arity=(1, None),
        usage="[--ttl time] path ... | list [--json] | release [path ...]",
        flags=Flags.CAN_FAIL,
        run=claim,
        is_addition=True,
        long={"json": False, "ttl": True},
    ),
)
