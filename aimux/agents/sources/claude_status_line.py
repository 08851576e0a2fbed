"""What Claude Code gives the command of its status line: the one place that tells the window."""

from aimux.agents.context import MAX_LIMITS, Context, PlanLimit
from aimux.agents.sources.fields import Record, moment, number, record, text, tokens
from aimux.security.clean import clean

_MAX_NAME = 60
_LIMITS = {"five_hour": "5h", "seven_day": "week"}


def is_status_line(fields: Record) -> bool:
    """Whether some JSON is what a status line is given, and no hook's event."""
    return "context_window" in fields and "hook_event_name" not in fields


def parse_status_line(fields: Record) -> Context:
    """Its numbers; `used` counts what was sent, as its own percentage does."""
    window = record(fields, "context_window")
    percent = number(window, "used_percentage")
    return Context(
        used=tokens(window, "total_input_tokens"),
        window=tokens(window, "context_window_size"),
        percent=None if percent is None else min(100, max(0, round(percent))),
        cost=number(record(fields, "cost"), "total_cost_usd"),
        limits=_limits(record(fields, "rate_limits")),
        model=clean(text(record(fields, "model"), "id"), limit=_MAX_NAME),
        source="status line",
    )


def _limits(fields: Record) -> tuple[PlanLimit, ...]:
    """The limits of a subscriber's plan: `five_hour`, `seven_day`."""
    found = []
    for name in list(fields)[:MAX_LIMITS]:
        limit = record(fields, name)
        percent = number(limit, "used_percentage")
        if percent is not None:
            reset = moment(limit, "resets_at")
            shown = _LIMITS.get(name, clean(name.replace("_", " "), limit=_MAX_NAME))
            found.append(PlanLimit(shown, percent, reset))
    return tuple(found)
