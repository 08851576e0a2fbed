"""agent wait and agent stop: until an agent is in a state, or has gone.

Exit statuses of `agent wait`: 0 it is so; GAVE_UP after --timeout; GONE if the agent ended first;
without --state also NOT_READY, where it will not come to rest before a person has done something.
"""

from __future__ import annotations

from collections.abc import Callable

from aimux.agents.kinds import shipped_kinds
from aimux.commands.agent_panes import (
    AT_REST,
    NOT_READY,
    agent_in,
    agent_pane,
    started_kind,
)
from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.numbers import seconds
from aimux.commands.records import News
from aimux.commands.send_keys import send_key
from aimux.commands.until import GAVE_UP, GONE, STATES, Check, Waiting
from aimux.errors import CommandError
from aimux.model.pane import Pane
from aimux.protocol.facts import AgentFact

STUCK = ("waiting", "error", "limited")
STOP_SECONDS = 10.0
KEY_SECONDS = 0.3
"""Between two keys that end an agent: closer ones some take for a paste or for one."""
ROUNDS = 3
"""How often the keys are pressed: the first may only interrupt a turn or close a dialog."""
ROUND_SECONDS = 1.5


def wait(call: Call) -> None:
    """`agent wait [-t pane|name] [--state state[,state ...]] [--timeout time]`."""
    given = call.arguments.get("state")
    states = tuple(given.split(",")) if given is not None else AT_REST
    unknown = [state for state in states if state not in STATES]
    if unknown:
        raise CommandError(f"unknown state: {unknown[0]} (one of {', '.join(STATES)})")
    timeout = call.arguments.get("timeout")
    limit = None if timeout is None else seconds(timeout, "timeout")
    pane = agent_pane(call)
    stuck = STUCK if given is None else ()
    Waiting(call, pane).start(_until_state(call, pane, states, stuck), limit)


def _until_state(call: Call, pane: Pane, states: tuple[str, ...], stuck: tuple[str, ...]) -> Check:
    """A check for the states; others that end the wait say so."""
    was_there = False

    def check(_news: News) -> int | None:
        nonlocal was_there
        fact = call.effects.agent(pane)
        if fact is None or (fact.state == "exited" and "exited" not in states):
            return None if not was_there and _may_come(pane, fact) else _gone(call, pane)
        was_there = True
        if fact.state in states:
            return 0
        if fact.state in stuck:
            why = f": {fact.request or fact.detail}" if fact.request or fact.detail else ""
            call.source.requester.error(f"%{pane.id} is {fact.state}{why}")
            return NOT_READY
        return None

    return check


def _may_come(pane: Pane, fact: AgentFact | None) -> bool:
    """Whether the pane's program is an agent that has not been seen yet."""
    return fact is None and started_kind(pane) is not None


def _gone(call: Call, pane: Pane) -> int:
    call.source.requester.error(f"no agent in %{pane.id}")
    return GONE


# ---- stop ----


def stop(call: Call) -> None:
    """`agent stop [-t pane|name] [--force] [--timeout time]`: the keys by which its kind ends.

    Without success after the time it fails with GAVE_UP; with `--force` its process is hung up.
    """
    pane = agent_pane(call)
    fact = agent_in(call, pane)
    timeout = call.arguments.get("timeout")
    limit = STOP_SECONDS if timeout is None else seconds(timeout, "timeout")
    if fact.state == "exited":
        raise CommandError(f"no agent in %{pane.id}")
    keys = _quit_keys(call, pane)
    waiting = Waiting(call, pane)
    waiting.start(lambda news: _has_ended(call, pane, news), None)
    _press_in_turn(call, pane, waiting, keys)
    call.effects.after(limit, lambda: _give_up(call, pane, waiting))


def _quit_keys(call: Call, pane: Pane) -> tuple[str, ...]:
    found = call.effects.agent_process(pane)
    kind = shipped_kinds().get(found.kind) if found is not None else None
    launch = kind.launch if kind is not None else None
    if launch is None:
        raise CommandError(f"how the agent in %{pane.id} is ended is not known")
    return launch.quit


def _has_ended(call: Call, pane: Pane, news: News) -> int | None:
    fact = call.effects.agent(pane)
    return 0 if news.is_gone or fact is None or fact.state == "exited" else None


def _press_in_turn(call: Call, pane: Pane, waiting: Waiting, keys: tuple[str, ...]) -> None:
    """Press the keys ROUNDS times with pauses, as long as the agent lives."""
    at = 0.0
    for _ in range(ROUNDS):
        for key in keys:
            call.effects.after(at, _press(call, pane, waiting, key))
            at += KEY_SECONDS
        at += ROUND_SECONDS


def _press(call: Call, pane: Pane, waiting: Waiting, key: str) -> Callable[[], None]:
    def press() -> None:
        if not waiting.over and _has_ended(call, pane, News()) is None:
            send_key(call, pane, key)

    return press


def _give_up(call: Call, pane: Pane, waiting: Waiting) -> None:
    if waiting.over:
        return
    if call.arguments.has("force"):
        call.effects.hang_up_agent(pane)
        waiting.end(0)
        return
    call.source.requester.error(f"the agent in %{pane.id} still runs (--force hangs it up)")
    waiting.end(GAVE_UP)


COMMANDS = (
    Command(
        name="agent stop",
        alias=None,
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-pane|name] [--force] [--timeout time]",
        target=Aim.PANE,
        run=stop,
        is_addition=True,
        long={"force": False, "timeout": True},
    ),
    Command(
        name="agent wait",
        alias=None,
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-pane|name] [--state state[,state ...]] [--timeout time]",
        target=Aim.PANE,
        flags=Flags.READ_ONLY,
        run=wait,
        is_addition=True,
        long={"state": True, "timeout": True},
    ),
)
