"""How a kind of agent is given messages: `[delivery]` in its TOML.

[delivery]
ways = ["hook", "paste"]                     # the best first; `delivery.WAYS`
receipts = true                              # its log shows what it was given (`receipts`)

[delivery.hooks.Stop]                        # an event of its hooks that may answer
priority = "low"                             # the least urgent message that is handed over
unless = "stop_hook_active"                  # not while the event says so: it would go on for ever
answer = { decision = "block", reason = "{messages}" }
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from aimux.agents.messages import PRIORITIES
from aimux.errors import ParseError

MESSAGES = "{messages}"
"""Stands in an answer for the text of what is handed over."""
WAYS = ("hook", "plugin", "queue", "paste")
"""What a kind's `ways` may name. Its inbox each agent has, whatever stands there."""
DEFAULT_WAYS = ("paste",)
_KEYS = frozenset({"ways", "hooks", "receipts"})
_HOOK_KEYS = frozenset({"priority", "unless", "answer"})


@dataclass(frozen=True, slots=True)
class HandingHook:
    """An event of an agent's hooks whose answer the agent reads.

    Attributes:
        event: Its name.
        answer: The JSON that the agent is answered, MESSAGES once in it.
        priority: The lowest place in PRIORITIES that is handed over then.
        unless: A field of the event; while that is true nothing is handed over. "" for none.
    """

    event: str
    answer: Mapping[str, object]
    priority: int = 0
    unless: str = ""

    def allows(self, fields: Mapping[str, object]) -> bool:
        """Whether something may be handed over now, by what the event says."""
        return not (self.unless and fields.get(self.unless))

    def answering(self, text: str) -> str:
        """What is printed to hand a text over: JSON of printable ASCII alone, on one line."""
        return json.dumps(_filled(self.answer, text)).replace("\x7f", "\\u007f")


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """How one kind is given messages.

    Attributes:
        ways: Names of WAYS, the best first.
        hooks: By the event's name.
        has_receipts: Whether its log shows what it was given.
    """

    ways: tuple[str, ...] = DEFAULT_WAYS
    hooks: Mapping[str, HandingHook] = field(default_factory=dict)
    has_receipts: bool = False


def parse_delivery(kind: str, table: object) -> DeliveryRules:
    """The `[delivery]` of a kind's file; what every kind has if there is none.

    Raises:
        ParseError: A key or a way is unknown, a type is wrong, or an answer has no place for text.
    """
    if table is None:
        return DeliveryRules()
    if not isinstance(table, Mapping) or set(table) - _KEYS:
        raise ParseError(f"{kind}.toml: [delivery] is not a table of {sorted(_KEYS)}")
    ways, hooks = table.get("ways", list(DEFAULT_WAYS)), table.get("hooks", {})
    if not isinstance(ways, list) or not set(ways) <= set(WAYS):
        raise ParseError(f"{kind}.toml: delivery.ways is not a list of {', '.join(WAYS)}")
    receipts = table.get("receipts", False)
    if not isinstance(hooks, Mapping) or not isinstance(receipts, bool):
        raise ParseError(f"{kind}.toml: delivery.hooks is not a table, or receipts not a truth")
    found = {event: _hook(kind, event, one) for event, one in hooks.items()}
    return DeliveryRules(tuple(ways), MappingProxyType(found), receipts)


def _hook(kind: str, event: str, table: object) -> HandingHook:
    where = f"{kind}.toml: delivery.hooks.{event}"
    if not isinstance(table, Mapping) or set(table) - _HOOK_KEYS:
        raise ParseError(f"{where} is not a table of {sorted(_HOOK_KEYS)}")
    priority, unless = table.get("priority", PRIORITIES[0]), table.get("unless", "")
    answer = table.get("answer")
    if priority not in PRIORITIES or not isinstance(unless, str):
        raise ParseError(f"{where}: priority or unless is wrong")
    if not isinstance(answer, Mapping) or _places(answer) != 1:
        raise ParseError(f"{where}: answer is no table with {MESSAGES} once in it")
    return HandingHook(event, answer, PRIORITIES.index(priority), unless)


def _places(value: object) -> int:
    if isinstance(value, Mapping):
        return sum(map(_places, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return sum(map(_places, value))
    return int(value == MESSAGES)


def _filled(value: object, text: str) -> object:
    if isinstance(value, Mapping):
        return {name: _filled(one, text) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_filled(one, text) for one in value]
    return text if value == MESSAGES else value
