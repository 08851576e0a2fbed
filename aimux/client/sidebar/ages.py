"""How long ago something was, in few characters, and when that text changes."""

from __future__ import annotations

from collections.abc import Iterable

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_UNITS = ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "m"), (1, "s"))


def age_text(seconds: float) -> str:
    """`42s`, `3m`, `5h`, `2d`: whole units, rounded down; what lies ahead is `0s`."""
    whole = max(int(seconds), 0)
    for size, letter in _UNITS:
        if whole >= size:
            return f"{whole // size}{letter}"
    return "0s"


def duration_text(seconds: float) -> str:
    """How long a command ran: `12ms`, `3.4s`, `2m05s`, `1h02m`."""
    if seconds < 0.9995:
        return f"{max(round(seconds * 1000), 0)}ms"
    if seconds < 59.95:
        return f"{seconds:.1f}s"
    whole = round(seconds)
    if whole < _HOUR:
        return f"{whole // _MINUTE}m{whole % _MINUTE:02}s"
    return f"{whole // _HOUR}h{whole % _HOUR // _MINUTE:02}m"


def seconds_to_change(age: float) -> float:
    """Seconds until `age_text` says something else; above 0."""
    if age < 0:
        return 1 - age
    unit = next((size for size, _ in _UNITS if age >= size), 1)
    return unit - age % unit


def next_change(moments: Iterable[float], now: float) -> float | None:
    """Seconds until the first of several ages changes; None if there are none.

    Args:
        moments: When the ages began, in seconds since the epoch.
        now: The same clock.
    """
    return min((seconds_to_change(now - moment) for moment in moments), default=None)
