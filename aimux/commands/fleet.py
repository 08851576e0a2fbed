"""fleet: how it stands with the other hosts. aimux's own."""

from __future__ import annotations

from functools import partial

from msgspec.structs import asdict, replace

from aimux.agents import outbox
from aimux.commands.agent_page import open_agent
from aimux.commands.command import Call, Command, Flags
from aimux.commands.fleet_view import FleetStatus
from aimux.commands.harmless import harmless_json
from aimux.commands.stored import answered
from aimux.commands.verbs import Verb, Words, run_verb
from aimux.errors import CommandError
from aimux.security.clean import clean


def _status(call: Call, words: Words) -> None:
    """`fleet status`: fails where there is no fleet."""
    exchange = call.effects.exchange
    status = exchange.fleet.status()
    if not status.bus:
        raise CommandError(status.why or "no fleet: bus-url is not set")

    def tell(call: Call, queued: int) -> None:
        now = replace(status, queued=queued)
        call.print(harmless_json(asdict(now)) if words.has("json") else "\n".join(_lines(now)))

    answered(call, partial(outbox.waiting, server=exchange.server), tell)


def _lines(status: FleetStatus) -> list[str]:
    how = "connected" if status.is_connected else f"not connected: {clean(status.why)}"
    lines = [f"{clean(status.name)} in {clean(status.bus, limit=500)}: {how}"]
    if status.hosts:
        lines.append(f"hosts: {' '.join(map(clean, status.hosts))}")
    if status.queued:
        lines.append(f"queued: {status.queued}")
    return lines


VERBS = {
    "open": Verb(open_agent, (1, 1), "agent"),
    "status": Verb(_status, (0, 0), "[--json]", {"json": False}),
}


def fleet(call: Call) -> None:
    """`fleet` and one of VERBS."""
    run_verb(call, VERBS)


COMMANDS = (
    Command(
        name="fleet",
        alias=None,
        getopt="",
        arity=(1, None),
        usage="|".join(VERBS) + " [argument ...]",
        flags=Flags.CAN_FAIL,
        run=fleet,
        is_addition=True,
    ),
)
