"""fleet: how it stands with the other hosts. aimux's own."""

from __future__ import annotations

from msgspec.structs import asdict

from aimux.commands.command import Call, Command, Flags
from aimux.commands.fleet_view import FleetStatus
from aimux.commands.harmless import harmless_json
from aimux.commands.verbs import Verb, Words, run_verb
from aimux.errors import CommandError
from aimux.security.clean import clean


def _status(call: Call, words: Words) -> None:
    """`fleet status`: fails where there is no fleet."""
    status = call.effects.exchange.fleet.status()
    if not status.bus:
        raise CommandError(status.why or "no fleet: bus-url is not set")
    call.print(harmless_json(asdict(status)) if words.has("json") else _line(status))


def _line(status: FleetStatus) -> str:
    how = "connected" if status.is_connected else f"not connected: {clean(status.why)}"
    return f"{clean(status.name)} in {clean(status.bus, limit=500)}: {how}"


VERBS = {"status": Verb(_status, (0, 0), "[--json]", {"json": False})}


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
