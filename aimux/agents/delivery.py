"""How a message gets to its recipient: the ways there are, and which is open now. Pure.

A message always waits in its recipient's inbox; a way is what else is done so that it is read. What
a way says of itself is no more than what it knows: something that was typed was delivered, and it
was read once the recipient has acknowledged it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aimux.agents.messages import Message
from aimux.security.clean import clean

GUESSES = frozenset({"process", "screen"})
"""Sources of an agent's state that are not the agent itself."""
FREE = frozenset({"idle", "done"})

QUIET_SECONDS = 10.0
"""Nothing is typed into a pane so soon after a person typed there."""


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
        was_told: Something was typed into it, and it has not begun to work since.
        wants: What a person chose for the pane (`agent-delivery`).
    """

    state: str
    is_fact: bool
    in_state: float
    since_typed: float
    takes_pastes: bool
    is_covered: bool
    was_told: bool
    wants: str = "paste"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to hand a message over.

    Attributes:
        name: As it stands on the message.
        obstacle: Why it is closed in a situation; "" if it is open.
    """

    name: str
    obstacle: Callable[[Situation], str]


def _no_paste(now: Situation) -> str:
    """Typed text must meet an agent that waits for it, and nobody's half-written line."""
    checks = (
        (now.wants != "paste", "its messages wait in its inbox"),
        (not now.is_fact or now.state not in FREE, "it has not said that it waits"),
        (now.since_typed < QUIET_SECONDS, "a person types there"),
        (now.since_typed < now.in_state, "a person has typed since it waits"),
        (not now.takes_pastes, "its program takes pastes for keys"),
        (now.is_covered, "its program does not have the keys"),
        (now.was_told, "it has not begun on the last message"),
    )
    return next((why for holds, why in checks if holds), "")


INBOX = Way("inbox", lambda _now: "")
PASTE = Way("paste", _no_paste)
WAYS: tuple[Way, ...] = (PASTE, INBOX)
"""The best first; the last is always open."""


def best_way(now: Situation) -> Way:
    """The best way that is open."""
    return next(way for way in WAYS if not way.obstacle(now))


def pasted_text(message: Message) -> str:
    """What is typed for a message: who says it, what, and how to answer."""
    text = "\n".join(message.text.strip().splitlines())  # a CR of its own might be taken for Enter
    if message.kind == "task":
        return text
    sender = clean(message.sender)
    who = f"{sender} ({clean(message.agent)})" if message.agent else sender
    head = f"Message #{message.id} ({message.kind}) from {who}:"
    answer = f"(To answer: aimux msg reply {message.id} TEXT)"
    return f"{head}\n{text}\n{answer}"
