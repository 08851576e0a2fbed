"""What a format's modifiers ask for, once their arguments are known (tmux(1), FORMATS)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from aimux.commands.format_values import read_integer

INTEGER_MIN: Final = -(2**31)
INTEGER_MAX: Final = 2**31 - 1

Producer = Literal[
    "literal",
    "character",
    "colour",
    "sessions",
    "windows",
    "panes",
    "window-name",
    "session-name",
    "search",
    "comparison",
    "value",
]
"""How the value comes about; `value` is a condition, an expression, a format or a variable."""

Resolved = tuple[str, tuple[str, ...]]
"""A modifier's name and its expanded arguments."""


@dataclass(slots=True)
class Plan:
    """A replacement's modifiers, sorted by when they act. Built once, then only read."""

    producer: Producer = "value"
    # Producing.
    comparison: Resolved | None = None
    search: tuple[str, ...] = ()
    expression: tuple[str, ...] | None = None
    # Finding a variable.
    is_time: bool = False
    pretty: bool = False
    time_format: str | None = None
    changes: tuple[str, ...] = ()
    # Finishing; in this order.
    expand_again: Literal["", "E", "T"] = ""
    substitutions: list[tuple[str, ...]] = field(default_factory=list)
    limit: int = 0
    marker: str | None = None
    padding: int = 0
    length: bool = False
    width: bool = False
    finishes: bool = False
    """Whether anything is left to do to the value once it is produced."""


NO_MODIFIERS: Final = Plan()

# The first of these that is asked for decides.
_PRODUCERS: dict[str, Producer] = {
    "l": "literal",
    "a": "character",
    "c": "colour",
    "S": "sessions",
    "W": "windows",
    "P": "panes",
}
_PRECEDENCE: tuple[Producer, ...] = (
    *_PRODUCERS.values(),
    "window-name",
    "session-name",
    "search",
    "comparison",
)
_COMPARISONS: Final = frozenset({"m", "<", ">", "||", "&&", "==", "!=", "<=", ">="})
_CHANGES: Final = ("b", "d", "q", "h")


@lru_cache(maxsize=512)
def plan_for(modifiers: tuple[Resolved, ...]) -> Plan:
    """What `modifiers` ask for together; of two that exclude each other the later counts.

    Arguments that make no sense count as none, as in tmux.
    """
    plan = Plan()
    asked: set[str] = set()
    changes: set[str] = set()
    for name, arguments in modifiers:
        if name in _COMPARISONS:
            plan.comparison = name, arguments
            asked.add("comparison")
        elif name in _PRODUCERS:
            asked.add(_PRODUCERS[name])
        elif name in "bd":
            changes.add(name)
        elif name == "q":
            changes.update(_quoting(arguments))
        elif name == "N":
            asked.update(_named(arguments))
        else:
            _SETTERS[name](plan, arguments)
            asked.update({"search"} if name == "C" else ())
    plan.producer = next((name for name in _PRECEDENCE if name in asked), "value")
    plan.changes = tuple(change for change in _CHANGES if change in changes)
    plan.finishes = _has_finish(plan)
    return plan


def _has_finish(plan: Plan) -> bool:
    shaping = plan.limit or plan.padding or plan.length or plan.width
    return bool(plan.expand_again or plan.substitutions or shaping)


def _quoting(arguments: tuple[str, ...]) -> tuple[str, ...]:
    if not arguments:
        return ("q",)
    return ("h",) if {"e", "h"} & set(arguments[0]) else ()


def _named(arguments: tuple[str, ...]) -> tuple[Producer, ...]:
    if not arguments or "w" in arguments[0]:
        return ("window-name",)
    return ("session-name",) if "s" in arguments[0] else ()


def _set_search(plan: Plan, arguments: tuple[str, ...]) -> None:
    plan.search = arguments


def _set_substitution(plan: Plan, arguments: tuple[str, ...]) -> None:
    if len(arguments) >= 2:
        plan.substitutions.append(arguments)


def _set_limit(plan: Plan, arguments: tuple[str, ...]) -> None:
    if arguments:
        plan.limit = read_integer(arguments[0], INTEGER_MIN, INTEGER_MAX) or 0
    if len(arguments) >= 2:
        plan.marker = arguments[1]


def _set_padding(plan: Plan, arguments: tuple[str, ...]) -> None:
    if arguments:
        plan.padding = read_integer(arguments[0], INTEGER_MIN, INTEGER_MAX) or 0


def _set_expression(plan: Plan, arguments: tuple[str, ...]) -> None:
    if 1 <= len(arguments) <= 3:
        plan.expression = arguments


def _set_time(plan: Plan, arguments: tuple[str, ...]) -> None:
    plan.is_time = True
    if not arguments:
        return
    if "p" in arguments[0]:
        plan.pretty = True
    elif len(arguments) >= 2 and "f" in arguments[0]:
        plan.time_format = arguments[1]


def _set_again(plan: Plan, _arguments: tuple[str, ...]) -> None:
    plan.expand_again = "E"


def _set_again_with_time(plan: Plan, _arguments: tuple[str, ...]) -> None:
    # When both are asked for, tmux expands without the time.
    plan.expand_again = plan.expand_again or "T"


def _set_length(plan: Plan, _arguments: tuple[str, ...]) -> None:
    plan.length = True


def _set_width(plan: Plan, _arguments: tuple[str, ...]) -> None:
    plan.width = True


_SETTERS: dict[str, Callable[[Plan, tuple[str, ...]], None]] = {
    "C": _set_search,
    "s": _set_substitution,
    "=": _set_limit,
    "p": _set_padding,
    "e": _set_expression,
    "t": _set_time,
    "E": _set_again,
    "T": _set_again_with_time,
    "n": _set_length,
    "w": _set_width,
}
