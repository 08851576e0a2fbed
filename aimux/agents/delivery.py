"""How a message gets to its recipient: the ways there are, and which is open now. Pure.

A message always waits in its recipient's inbox; a way is what else is done so that it is read. What
a way says of itself is no more than what it knows: something that was typed was delivered, and it
was read once the recipient has acknowledged it, or its own log shows it.

Which ways a kind of agent has, and in which order, stands in its TOML (`delivery_rules`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from aimux.agents.delivery_rules import DEFAULT_WAYS

GUESSES = frozenset({"process", "screen"})
"""Sources of an agent's state that are not the agent itself."""
FREE = frozenset({"idle", "done"})
QUEUES = FREE | {"working"}
"""States in which an agent's own queue is used: never while it asks something."""

QUIET_SECONDS = 10.0
"""Nothing is typed into a pane so soon after a person typed there."""
HOOK_SECONDS = 2.0
"""A hook may ask so long after other sources have said that the turn is over."""
RECEIPT_SECONDS = 60.0
"""What was handed to an agent that has come to rest must stand in its log so soon."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a recipient's pane at this moment.

    Attributes:
        state: Its agent's state; "" without an agent.
        is_fact: The agent itself has said so.
        in_state: Seconds since the state began.
        since_typed: Seconds since a person typed there.
        takes_pastes: Its program tells pasted text from keys.
        is_covered: Its program does not have the pane's keys: copy mode, a dead or closed pane.
        was_told: Something was handed to it, and it has not begun to work since.
        wants: What a person chose for the pane (`agent-delivery`).
        ways: Those of its kind, the best first.
        has_queue: Its program can be given a message for its session, which is known.
        has_hook: A hook of it has asked for what waits.
        asks: Its plugin waits for a message.
    """

    state: str
    is_fact: bool
    in_state: float
    since_typed: float
    takes_pastes: bool
    is_covered: bool
    was_told: bool
    wants: str = "paste"
    ways: tuple[str, ...] = DEFAULT_WAYS
    has_queue: bool = False
    has_hook: bool = False
    asks: bool = False

    @property
    def is_at_rest(self) -> bool:
        """Whether its agent has said that it waits for work."""
        return self.is_fact and self.state in FREE


@dataclass(frozen=True, slots=True)
class Way:
    """A way to hand a message over.

    Attributes:
        name: As it stands on the message.
        obstacle: Why it is closed in a situation; "" if it is open.
        is_asked_for: The agent's side asks; nothing is to be done but to wait.
    """

    name: str
    obstacle: Callable[[Situation], str]
    is_asked_for: bool = False


_Checks = tuple[tuple[bool, str], ...]


def _first(checks: _Checks) -> str:
    return next((why for holds, why in checks if holds), "")


def _unwanted(now: Situation) -> tuple[bool, str]:
    return (now.wants != "paste", "its messages wait in its inbox")


def _no_paste(now: Situation) -> str:
    """Typed text must meet an agent that waits for it, and nobody's half-written line."""
    return _first(
        (
            _unwanted(now),
            (not now.is_at_rest, "it has not said that it waits"),
            (now.since_typed < QUIET_SECONDS, "a person types there"),
            (now.since_typed < now.in_state, "a person has typed since it waits"),
            (not now.takes_pastes, "its program takes pastes for keys"),
            (now.is_covered, "its program does not have the keys"),
            (now.was_told, "it has not begun on the last message"),
        )
    )


def _no_queue(now: Situation) -> str:
    return _first(
        (
            _unwanted(now),
            (not now.has_queue, "it has no queue, or its session is not known"),
            (not now.is_fact or now.state not in QUEUES, "it asks something, or has failed"),
            (now.was_told, "it has not begun on the last message"),
        )
    )


def _no_hook(now: Situation) -> str:
    return _first(
        (
            _unwanted(now),
            (not now.has_hook, "no hook of it has asked"),
            (
                not now.is_at_rest and now.state != "working",
                "it asks something, or has failed",
            ),
            (now.is_at_rest and now.in_state >= HOOK_SECONDS, "its turn is over"),
        )
    )


def _no_plugin(now: Situation) -> str:
    return _first((_unwanted(now), (not now.asks, "its plugin does not wait")))


INBOX = Way("inbox", lambda _now: "")
PASTE = Way("paste", _no_paste)
QUEUE = Way("queue", _no_queue)
HOOK = Way("hook", _no_hook, is_asked_for=True)
PLUGIN = Way("plugin", _no_plugin, is_asked_for=True)
WAYS: Mapping[str, Way] = MappingProxyType(
    {way.name: way for way in (HOOK, PLUGIN, QUEUE, PASTE, INBOX)}
)


def best_way(now: Situation) -> Way:
    """The best way of its kind that is open; its inbox always is."""
    ways = (WAYS[name] for name in now.ways)
    return next((way for way in ways if not way.obstacle(now)), INBOX)
