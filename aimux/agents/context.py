"""How full an agent's context is, what it cost, and what its plan still allows; each with a source.

Pure numbers, as the agents themselves give them: nothing is estimated. A window that stands in a
table only is marked as assumed.
"""

from dataclasses import dataclass, replace

MAX_LIMITS = 4
"""Plan limits that are kept."""


@dataclass(frozen=True, slots=True)
class PlanLimit:
    """How much of a plan's limit is used.

    Attributes:
        name: The time that it covers, such as `5h` or `week`.
        percent: Used, 0 to 100.
        resets_at: When it begins anew, seconds since the epoch; `None` if not said.
    """

    name: str
    percent: float
    resets_at: float | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """An agent's context as its newest numbers say.

    Attributes:
        used: Tokens that the last request sent.
        window: Tokens that fit; 0 where nobody says.
        percent: Of the window, as the agent itself counts, 0 to 100; `None` where not known.
        assumed: Whether the window stands in a table of ours.
        growth: Tokens that the last turn added; `None` before the second turn.
        compactions: How often the context was shortened, as far as was seen.
        cost: Dollars so far; `None` where the agent does not say.
        limits: Those of the plan, at most MAX_LIMITS.
        model: Its name, "" if not said.
        source: Where the numbers come from, such as `transcript`.
    """

    used: int
    window: int = 0
    percent: int | None = None
    assumed: bool = False
    growth: int | None = None
    compactions: int = 0
    cost: float | None = None
    limits: tuple[PlanLimit, ...] = ()
    model: str = ""
    source: str = ""


def percent_of(used: int, window: int) -> int | None:
    """How much of a window is used, 0 to 100, rounded to the nearest; `None` for no window."""
    return min(100, (200 * used + window) // (2 * window)) if window > 0 else None


def assume_window(context: Context, window: int) -> Context:
    """The same with a window of a table, where the agent told none."""
    if context.window or window <= 0:
        return context
    percent = percent_of(context.used, window)
    return replace(context, window=window, percent=percent, assumed=True)


def told_by_both(log: Context, tap: Context | None) -> Context:
    """What a transcript says, with what only a status line knows: the window, the cost, the plan.

    The window is that of the session, which its model's name does not tell.
    """
    if tap is None:
        return log
    percent = tap.percent if tap.used == log.used else percent_of(log.used, tap.window)
    return replace(
        log,
        window=tap.window or log.window,
        percent=percent if tap.window else log.percent,
        assumed=log.assumed and not tap.window,
        cost=tap.cost if tap.cost is not None else log.cost,
        limits=tap.limits or log.limits,
        source=f"{log.source}, {tap.source}",
    )
